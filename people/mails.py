"""Which mails one may do without. Answers to one's own requests, recalls, and what protects the account always come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import access
from people.errors import BadFact
from people.models import Account
from people.roles import EMPLOYEE


@dataclass(frozen=True, slots=True)
class Topic:
    """``words`` for the page; ``of_roles``: sent to whoever leads a team or was granted a role only."""

    words: str | Promise
    of_roles: bool


TOPICS: Mapping[str, Topic] = {
    "notes": Topic(gettext_lazy("A message that somebody writes on a day"), of_roles=False),
    "charters": Topic(gettext_lazy("A new charter of my team"), of_roles=False),
    "requests": Topic(gettext_lazy("Requests that wait for my answer, and reminders of them"), of_roles=True),
    "coverage": Topic(gettext_lazy("Gaps and exceptions in the coverage that I plan or answer for"), of_roles=True),
}


def topics_of(account: Account) -> list[str]:
    """The topics about which ``account`` may receive mails at present."""
    leads = bool(access.roles_of(getattr(account, "person", None)) - {EMPLOYEE})
    return [name for name, topic in TOPICS.items() if leads or not topic.of_roles]


def wants(account: Account | None, topic: str | None) -> bool:
    """Whether a mail about ``topic`` (None: one that always comes) is to be sent to the owner of ``account``."""
    return topic is None or account is None or topic not in account.mails_off


def keep_mails(account: Account, wanted: Mapping[str, bool]) -> None:
    """Switch the named topics on or off, the others stay; ``BadFact`` for one that there is not."""
    check_topics(wanted)
    off = {name for name in TOPICS if not wanted.get(name, name not in account.mails_off)}
    if off != set(account.mails_off):
        account.mails_off = sorted(off)
        account.save(update_fields=["mails_off"])


def check_topics(named: Collection[str]) -> None:
    """``BadFact`` for the first name that is no topic."""
    for name in named:
        if name not in TOPICS:
            sentence = _("“%(value)s” is not a choice here. Choose one of: %(known)s.")
            raise BadFact("mails", name, sentence % {"value": str(name)[:40], "known": ", ".join(TOPICS)})
