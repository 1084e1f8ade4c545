"""The forms of telework that an agreement knows (ordinary, occasional, exceptional …), as one chooses among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from policies import core
from policies.core.document import Agreement
from policies.core.facts import ORDINARY, Facts
from policies.core.needs import forms_of

from .errors import language


@dataclass(frozen=True, slots=True)
class FormChoice:
    """One form of telework: its code ("" for the ordinary one), its words, and whether it is the one looked at."""

    code: str
    label: str
    chosen: bool = False


def form_choices(agreement: Agreement | None, day: date, chosen: str = "") -> list[FormChoice]:
    """The ordinary form and those that clauses in force that day name; empty where there is nothing to choose."""
    codes = forms_of(agreement, day) if agreement else ()
    if not codes:
        return []
    chosen = chosen if chosen in codes else ""
    return [FormChoice(code, form_label(agreement, code), code == chosen) for code in ("", *codes)]


def chosen_form(choices: Sequence[FormChoice]) -> str:
    """The code of the form looked at, "" for the ordinary one."""
    return next((choice.code for choice in choices if choice.chosen), "")


def counts_ordinary_days(agreement: Agreement, cap: str) -> bool:
    """Is the cap of that name ("" for the yearly cap) one of ordinary telework, rather than of another form alone?"""
    clauses = [clause for clause in agreement.clauses("cap") if clause.name == cap] if cap else []
    return not clauses or any(clause.covers("") for clause in clauses)


def ordinary_balance(facts: Facts, agreement: Agreement, day: date) -> core.Balance | None:
    """The balance of ordinary telework; None where the agreement tells none. Raises NoValueInForce."""
    held = core.balance(facts, agreement, day)
    return held if held and counts_ordinary_days(agreement, held.entitlement.name) else None


def forms_counted(agreement: Agreement, cap: str) -> list[str]:
    """The words for the forms that the cap of that name is for, where it is not for ordinary telework."""
    if counts_ordinary_days(agreement, cap):
        return []
    forms = {form for clause in agreement.clauses("cap") if clause.name == cap for form in clause.forms}
    return [form_label(agreement, form) for form in sorted(forms)]


def form_label(agreement: Agreement | None, code: str) -> str:
    """The words for a form of telework: those of the agreement, where it has any."""
    if not code and (agreement is None or ORDINARY not in agreement.labels):
        return _("ordinary telework")
    return agreement.label(code or ORDINARY).lang(language()) if agreement else code
