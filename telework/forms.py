"""The forms of telework that an agreement knows (ordinary, occasional, exceptional …), as one chooses among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from policies.core.document import Agreement
from policies.core.facts import ORDINARY
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


def form_label(agreement: Agreement | None, code: str) -> str:
    """The words for a form of telework: those of the agreement, where it has any."""
    if not code and (agreement is None or ORDINARY not in agreement.labels):
        return _("ordinary telework")
    return agreement.label(code or ORDINARY).lang(language()) if agreement else code
