"""The reasons for which an agreement lets one ask for telework, as one chooses among them; kept only as their code."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from policies.core.document import Agreement
from policies.core.facts import Request

from .errors import BadWish, language


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    """One reason that may be stated: its code, its words, and whether it is the one looked at."""

    code: str
    label: str
    chosen: bool = False


class WrongReason(BadWish):
    """A reason that is missing or not admitted: the sentence names those admitted in words, the data their codes."""

    def __init__(self, value: str, remedy: str, known: Sequence[str]) -> None:
        super().__init__("reason", value, remedy)
        self.known = list(known)

    def data(self) -> Mapping[str, object]:
        return {**super().data(), "known": self.known}


def reason_choices(agreement: Agreement | None, day: date, form: str = "", chosen: str = "") -> list[ReasonChoice]:
    """The reasons that clauses in force that day admit for that form; empty where none need be stated.

    They are those of the clause on requests, and the causes of the circumstances for which a form is meant.
    """
    codes = dict.fromkeys(_codes(agreement, day, form)) if agreement and agreement.is_in_force(day) else ()
    return [ReasonChoice(code, agreement.label(code).lang(language()), code == chosen) for code in codes]


def _codes(agreement: Agreement, day: date, form: str) -> Iterator[str]:
    for kind, key in (("request_form", "reasons"), ("exceptional_regime", "causes")):
        for clause in agreement.clauses(kind):
            value = clause.on(day) if clause.covers(form) else None
            meant = kind == "request_form" or (clause.forms and form)
            if meant and value is not None and value.applies:
                yield from value.params[key]


def wrong_reason(request: Request, agreement: Agreement) -> BadWish | None:
    """The fault of a reason that is missing, or is none of those that may be stated; None where it will do."""
    choices = reason_choices(agreement, request.day, request.form)
    known = [choice.code for choice in choices]
    if request.reason in known or (not known and not request.reason):
        return None
    if not known:
        remedy = _("“%(reason)s” is not asked for: the agreement wants no reason for this day. Leave it out.")
        return BadWish("reason", request.reason, remedy % {"reason": request.reason[:40]})
    if not request.reason:
        remedy = _("The agreement wants a reason for this day. Choose one of: %(known)s.")
        return WrongReason("", remedy % {"known": _words(choices)}, known)
    remedy = _("“%(reason)s” is no reason of this agreement. Choose one of: %(known)s.")
    return WrongReason(request.reason, remedy % {"reason": request.reason[:40], "known": _words(choices)}, known)


def _words(choices: Iterable[ReasonChoice]) -> str:
    return ", ".join(choice.label for choice in choices)
