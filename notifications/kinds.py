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
_renderers: dict[str, Renderer] = {}


def register(kind: str, renderer: Renderer) -> None:
    """Name the renderer of a kind; it answers None when there is nothing to tell any more."""
    if _renderers.get(kind, renderer) is not renderer:
        raise ValueError(f"The kind {kind!r} has a renderer already.")
    _renderers[kind] = renderer


def render(message: Message) -> Mail | None:
    """Put a message into words; ``LookupError`` for a kind that nobody registered."""
    if message.kind not in _renderers:
        raise LookupError(f"Nobody renders messages of kind {message.kind!r}.")
    return _renderers[message.kind](message)
