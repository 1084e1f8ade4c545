"""The working days of a contract as a form asks for them: one of those in use, a roster, or a week of its own."""

import hashlib
import re
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from people import access
from people.errors import BadFact
from people.models import Contract, Person, WorkPattern
from ui import words
from ui.templatetags.ui import lang

ROSTER, OTHER_WEEK = "roster", "week"
A_MONDAY = date(2024, 1, 1)
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def weekdays() -> list[tuple[str, str]]:
    """Monday to Sunday, as codes 1 to 7 with their names."""
    return [(str(number), words.WEEKDAYS[lang()][number - 1]) for number in range(1, 8)]


def pattern_choices(actor: Person, held: Contract | None) -> list[tuple[str, str]]:
    """Patterns that contracts in reach of ``actor`` use, or none does; the roster; another week."""
    named = [(code_of(row), row.name) for row in offered_patterns(actor, held)]
    return [*named, (ROSTER, _("as the roster tells")), (OTHER_WEEK, _("another week, given below"))]


def code_of(pattern: WorkPattern) -> str:
    """The name of a pattern in a form: neither its order nor its number."""
    return hashlib.sha256(f"pattern {pattern.pk} {pattern.name}".encode()).hexdigest()[:12]


def pattern_meant(form: dict[str, str], actor: Person, held: Contract | None) -> WorkPattern | None:
    """The pattern that a form means; a week of its own is written once and used again. Call it inside the change."""
    chosen = form["pattern"]
    if chosen == ROSTER:
        return None
    if chosen != OTHER_WEEK:
        found = next((row for row in offered_patterns(actor, held) if code_of(row) == chosen), None)
        if found is None:
            raise BadFact("pattern", chosen, _("Nothing is chosen for the working days. Choose a week."))
        return found
    return _week_meant(form)


def offered_patterns(actor: Person, held: Contract | None) -> QuerySet[WorkPattern]:
    """The patterns that somebody may give: those used in their reach, unused ones, and that of the contract held."""
    reach = access.people_for(actor, "edit_people").values("pk")
    used = Q(contracts__person__in=reach) | Q(contracts=None)
    if held and held.pattern_id:
        used |= Q(pk=held.pattern_id)
    return WorkPattern.objects.filter(used).distinct().order_by("name", "pk")


def _week_meant(form: dict[str, str]) -> WorkPattern:
    worked = [number for number in range(1, 8) if str(number) in form["week"].split()]
    if not worked:
        raise BadFact("week", "", _("No day of the week is chosen. Choose the days worked."))
    for name in ("from", "to"):
        if not HOUR.fullmatch(form[name]):
            sentence = _("“%(value)s” is not a time. Write it as 07:30.")
            raise BadFact(name, form[name], sentence % {"value": form[name][:40]})
    return written_week(worked, form["from"], form["to"])


def written_week(worked: list[int], start: str, end: str) -> WorkPattern:
    """The week of these days (1 Monday to 7 Sunday) and hours, written once and used again."""
    if start == end:
        raise BadFact("to", end, _("The end is not after the start. Give another hour."))
    days = [{"start": start, "end": end} if number in worked else None for number in range(1, 8)]
    name = _week_name(worked, start, end)
    same = [row for row in WorkPattern.objects.filter(anchor=A_MONDAY, name=name) if row.days == days]
    return same[0] if same else WorkPattern.objects.create(name=name, anchor=A_MONDAY, days=days)


def _week_name(worked: list[int], start: str, end: str) -> str:
    short = [words.SHORT_WEEKDAYS[lang()][number - 1] for number in worked]
    return f"{', '.join(short)}, {start}–{end}"[:80]
