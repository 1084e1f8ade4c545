"""“Three days a week or 60 % of the month”: another rule may stand for one, as the reading ``either_limit`` says."""

from collections.abc import Callable, Mapping

from ..limits import holding
from ..schema import Param
from ..situation import Situation
from ..text import both
from .base import ALLOWED, Answer, say
from .naming import named

# By kind: has that rule room for the request, whatever may stand for it? None where it says nothing of it.
_ROOM: dict[str, Callable[[Situation, Mapping[str, object]], bool | None]] = {}
KINDS = ("cap", "share", "minimum_on_site")
OR_ELSE = Param(
    "strings",
    both(
        fr="ou ces règles (name : cap, share, minimum_on_site), selon la lecture either_limit",
        en="or these rules (name: cap, share, minimum_on_site), as the reading either_limit says",
    ),
    required=False,
    default=(),
)
READING = ("either_limit", "has_other", True)
INSTEAD = say("{span:span} : « {other_fr} » suffit", "{span:span}: “{other_en}” is enough")


def may_stand(kind: str):
    """The function that tells whether a rule of that kind has room; it may stand for others then."""

    def kept(has_room: Callable[[Situation, Mapping[str, object]], bool | None]):
        _ROOM[kind] = has_room
        return has_room

    return kept


def other_with_room(s: Situation, p: Mapping[str, object]) -> str:
    """The name of a rule that may stand for the one being judged, and that has room; "" where none has."""
    if not p["has_other"] or s.reading("either_limit").choice != "either":
        return ""
    for kind in KINDS:
        for clause in s.agreement.clauses(kind):
            if clause.name not in p["or_else"]:
                continue
            values = holding(s.facts, s.agreement, clause, s.day, s.form)
            if values is not None and _ROOM[kind](_before(s, clause), values):
                return clause.name
    return ""


def _before(s: Situation, clause) -> Situation:
    """The same request before another clause."""
    other = Situation(s.facts, s.agreement, s.day, s.halves, s.planning, s.request, is_glance=True)
    other.clause, other.form = clause, s.form
    return other


def instead(s: Situation, p: Mapping[str, object], answer: Answer) -> Answer:
    """The answer of a rule; where it does not allow and another has room, that the other is enough."""
    if answer is None or answer[0] is ALLOWED or not (other := other_with_room(s, p)):
        return answer
    return ALLOWED, "instead", {**answer[2], **named(s, "other", [other])}, ""
