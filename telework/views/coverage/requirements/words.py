"""A requirement in a sentence: "At least 3 supervisors on site, every day, round the clock." """

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.coverage.explain import Whom
from policies.models import Layer, Requirement, RequirementKind, Slot
from telework.views.coverage.requirements.rows import WEEK, clock
from telework.wording import language
from ui import words

MOST_TOLD = 3


def sentence_of(requirement: Requirement, slots: Sequence[Slot]) -> str:
    """What it asks for in the weeks, and that other numbers hold on holidays or dates."""
    weekly = sorted((slot for slot in slots if slot.layer == Layer.WEEKLY), key=_widest)
    if not weekly:
        return _("Only on public holidays or on dates of its own.") if slots else _("It has no numbers yet.")
    first, *rest = weekly
    told = [_asked(requirement, first.number) + ", " + _when(first)]
    told += [f"{_number(slot.number, requirement.kind)} {_when(slot)}" for slot in rest[: MOST_TOLD - 1]]
    if len(weekly) > MOST_TOLD:
        more = len(weekly) - MOST_TOLD
        told.append(ngettext("%(count)s more line", "%(count)s more lines", more) % {"count": more})
    return f"{_semicolon().join(told)}. {_layers(slots)}".strip()


def _layers(slots: Sequence[Slot]) -> str:
    layers = {slot.layer for slot in slots}
    if {Layer.HOLIDAY, Layer.DATED} <= layers:
        return _("Other numbers on public holidays and on some dates.")
    if Layer.HOLIDAY in layers:
        return _("Other numbers on public holidays.")
    return _("Other numbers on some dates.") if Layer.DATED in layers else ""


def _widest(slot: Slot) -> tuple[int, int]:
    """The line that says most of the week comes first."""
    start, end = (one.hour * 60 + one.minute if one else 0 for one in (slot.start, slot.end))
    return -len(slot.days or WEEK) * ((end - start) % 1440 or 1440), slot.pk or 0


def _asked(requirement: Requirement, number) -> str:
    lang = language()
    fr = lang == "fr"
    whom = Whom(requirement.one_fr, requirement.many_fr) if fr else Whom(requirement.one_en, requirement.many_en)
    found = {"number": _number(number, requirement.kind), "whom": whom.counted(int(number), lang), "many": whom.many}
    return _shape(requirement) % found


def _shape(requirement: Requirement) -> str:
    match RequirementKind(requirement.kind):
        case RequirementKind.MINIMUM:
            if requirement.counts_remote or requirement.counts_on_call:
                return _("At least %(number)s %(whom)s on duty")
            return _("At least %(number)s %(whom)s on site")
        case RequirementKind.SHARE_AT_ONCE:
            return _("At most %(number)s of the %(many)s remote at the same time")
        case RequirementKind.SHARE_OF_PEOPLE:
            return _("At most %(number)s of the day’s %(many)s remote")
        case RequirementKind.SHARE_OF_MINUTES:
            return _("At most %(number)s of the day’s hours of the %(many)s remote")
    return _("At most %(number)s %(whom)s remote in a day")


def _number(number, kind: str) -> str:
    text = words.number(number, language())
    if kind in (RequirementKind.MINIMUM, RequirementKind.PEOPLE_REMOTE):
        return text
    return f"{text}\u202f%" if language() == "fr" else f"{text}%"


def _when(slot: Slot) -> str:
    days = week_words(slot.days or WEEK)
    return f"{days}, {hours_words(slot.start, slot.end)}" if slot.start else days


def hours_words(start, end) -> str:
    """22:00–06:00, or "round the clock"."""
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return f"{clock(first)}–{clock(last, end=True)}" if first or last else _("round the clock")


def week_words(days: Collection[int]) -> str:
    """Weekdays: "every day", "Monday to Friday", "Saturday and Sunday"."""
    names, ordered = words.WEEKDAYS[language()], sorted(days)
    if len(ordered) == 7:
        return _("every day")
    if len(ordered) == 1:
        return names[ordered[0]]
    ends = {"first": names[ordered[0]], "last": names[ordered[-1]]}
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return _("%(first)s to %(last)s") % ends
    ends["first"] = ", ".join(names[day] for day in ordered[:-1])
    return _("%(first)s and %(last)s") % ends


def held_words(requirement: Requirement, today: date) -> str:
    """Since when and until when it holds."""
    lang, first, last = language(), requirement.first_day, requirement.last_day
    ends = {"first": words.plain_day(first, lang), "last": words.plain_day(last, lang) if last else ""}
    if last:
        return _("from %(first)s to %(last)s") % ends
    return (_("since %(first)s") if first <= today else _("from %(first)s")) % ends


def where_words(requirement: Requirement) -> str:
    """Whom it counts, by team, skill and site."""
    parts = (requirement.team or requirement.entity, requirement.skill, requirement.site)
    return " · ".join(str(part) for part in parts if part)


def _semicolon() -> str:
    return "\u202f; " if language() == "fr" else "; "
