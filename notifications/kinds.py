"""Who puts a message into words: upper rooms register a renderer for each kind, so that none is imported from here."""

from collections.abc import Callable
from dataclasses import dataclass, field

from notifications.models import Message


@dataclass(frozen=True, slots=True)
class Calendar:
    """An iMIP part (RFC 6047): the bytes of a calendar object and its method, REQUEST or CANCEL."""

    content: bytes
    method: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A message in the recipient's language, ready for a channel."""

    subject: str
    text: str
    html: str
    calendars: tuple[Calendar, ...] = field(default=())


Renderer = Callable[[Message], Mail | None]
Topics = Callable[[Message], str | None]
_renderers: dict[str, Renderer] = {}
_topics: dict[str, Topics] = {}


def register(kind: str, renderer: Renderer, *, topic: str | Topics | None = None) -> None:
    """Name the renderer of a kind; it answers None when there is nothing to tell any more.

    ``topic``: the name in ``people.mails`` under which one may do without these mails, or what tells it of a message;
    None for a kind that always comes.
    """
    if _renderers.get(kind, renderer) is not renderer:
        raise ValueError(f"The kind {kind!r} has a renderer already.")
    _renderers[kind] = renderer
    if topic is not None:
        _topics[kind] = topic if callable(topic) else lambda message: topic


def topic_of(message: Message) -> str | None:
    """The topic of ``people.mails`` that a message belongs to; None for one that always comes."""
    tell = _topics.get(message.kind)
    return tell(message) if tell else None


def render(message: Message) -> Mail | None:
    """Put a message into words; ``LookupError`` for a kind that nobody registered."""
    if message.kind not in _renderers:
        raise LookupError(f"Nobody renders messages of kind {message.kind!r}.")
    return _renderers[message.kind](message)
