"""What cannot be meant by a requirement, field by field, and what is possible but may surprise.

Slots of one layer may overlap: all of them hold, so that "3 at any time" and "5 on Friday evening" stand side by side
and the strictest counts. What is refused is the same window twice on the same day: nobody knows which number was meant.
"""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.errors import BadFact
from people.models.fields import is_zone
from policies.coverage.windows import FIRST_YEAR, LAST_YEAR, window
from policies.models import Layer, Requirement, RequirementKind
from policies.selectors import families_of
from policies.services.drafts import TEXTS, RequirementDraft, SlotDraft
from policies.services.staffing import BadInputs, inputs_from
from ui import words

MOST_SLOTS, MOST_DATES, MOST_NAMED = 200, 400, 3
MOST_COUNTED = 99_999
A_YEAR = timedelta(days=366)


class Fault(NamedTuple):
    """A field (``slots.2.number`` for the third slot) and a sentence that names the value and the remedy."""

    field: str
    message: str


class RequirementRefused(BadFact):
    """A draft that cannot be saved. ``faults`` are all that is wrong; ``unmeetable`` are those that somebody may
    accept on purpose (see ``policies.services.unmeetable``), empty where something else is wrong."""

    def __init__(self, faults: Sequence[Fault], unmeetable: Sequence = ()) -> None:
        self.faults, self.unmeetable = list(faults), list(unmeetable)
        super().__init__(self.faults[0].field, "", self.faults[0].message)


def faults_of(draft: RequirementDraft) -> list[Fault]:
    """Everything wrong with a draft that is ``tidied``, in the order of its fields. One query where it has a team."""
    found = [*_texts(draft), *_scope(draft), *_clock(draft), *_period(draft), *_staffing(draft)]
    if draft.kind not in RequirementKind.values:
        sentence = _("The kind “%(value)s” is not known. Choose one of: %(known)s.")
        known = ", ".join(RequirementKind.values)
        return [*found, Fault("kind", sentence % {"value": str(draft.kind)[:40], "known": known})]
    return [*found, *_slots(draft)]


def _texts(draft: RequirementDraft) -> Iterator[Fault]:
    for name in TEXTS:
        text = getattr(draft, name)
        longest = Requirement._meta.get_field(name).max_length
        if not text and name not in ("zone", "article"):
            yield Fault(name, _("This text is missing. Write one; it is what people read of the requirement."))
        elif len(text) > longest:
            sentence = _("“%(value)s…” has %(count)s characters; %(most)s are possible. Shorten it.")
            yield Fault(name, sentence % {"value": text[:30], "count": len(text), "most": longest})


def _scope(draft: RequirementDraft) -> Iterator[Fault]:
    if draft.entity is None:
        yield Fault("entity", _("No entity is named. Choose the one whose people are counted."))
    elif draft.team and not _is_within(draft.team.entity_id, draft.entity.pk):
        sentence = _("The team “%(team)s” is not one of %(entity)s. Choose a team of it, or another entity.")
        yield Fault("team", sentence % {"team": draft.team.name, "entity": draft.entity.name})


def _is_within(entity: int, above: int) -> bool:
    return entity == above or entity in families_of([above])[0][above]


def _clock(draft: RequirementDraft) -> Iterator[Fault]:
    if draft.zone and not is_zone(draft.zone):
        sentence = _("“%(value)s” is no time zone. Write one such as Europe/Paris.")
        yield Fault("zone", sentence % {"value": draft.zone[:40]})
    elif not draft.clock:
        yield Fault("zone", _("No site and no team says whose clock is meant. Choose one, or give a time zone."))


def _period(draft: RequirementDraft) -> Iterator[Fault]:
    first, last = draft.first_day, draft.last_day
    if first is None:
        yield Fault("first_day", _("The first day is missing. Give the day from which the requirement holds."))
        return
    for name, day in (("first_day", first), ("last_day", last)):
        if day and not FIRST_YEAR < day.year < LAST_YEAR:
            yield Fault(name, _("The year %(year)s is out of reach. Check it.") % {"year": day.year})
    if last and last < first:
        sentence = _("The requirement ends on %(last)s, before it begins on %(first)s. Exchange the two days.")
        yield Fault("last_day", sentence % {"last": told_day(last), "first": told_day(first)})


def _staffing(draft: RequirementDraft) -> Iterator[Fault]:
    if draft.staffing:
        try:
            inputs_from(draft.staffing)
        except BadInputs as bad:
            yield from (Fault(f"staffing.{name}", sentence) for name, sentence in bad.faults)


def _slots(draft: RequirementDraft) -> Iterator[Fault]:
    if not draft.slots:
        yield Fault("slots", _("No number is given. Add at least one line that says how many, and when."))
    if len(draft.slots) > MOST_SLOTS:
        sentence = _("%(count)s lines; %(most)s are possible. Join some, or write several requirements.")
        yield Fault("slots", sentence % {"count": len(draft.slots), "most": MOST_SLOTS})
        return
    for place, slot in enumerate(draft.slots):
        where = f"slots.{place}"
        if slot.layer not in Layer.values:
            sentence = _("The layer “%(value)s” is not known. Choose weekly, holiday or dated.")
            yield Fault(f"{where}.layer", sentence % {"value": slot.layer})
            continue
        yield from _days(draft, slot, where)
        yield from _times(draft, slot, where)
        yield from _number(draft, slot, where)
    yield from _twice(draft.slots)


def _days(draft: RequirementDraft, slot: SlotDraft, where: str) -> Iterator[Fault]:
    wrong = [day for day in slot.days if day not in range(7)]
    if wrong:
        sentence = _("“%(value)s” is no day of the week. Write 0 for Monday to 6 for Sunday.")
        yield Fault(f"{where}.days", sentence % {"value": wrong[0]})
    if slot.layer != Layer.DATED:
        if slot.dates:
            told = {"day": told_day(slot.dates[0])}
            sentence = (
                _("%(day)s stands on a line of every week. Put it on a line of dates, or remove it.")
                if slot.layer == Layer.WEEKLY
                else _("%(day)s stands on a line for public holidays, which are known. Put it on a line of dates.")
            )
            yield Fault(f"{where}.dates", sentence % told)
        return
    if not slot.dates:
        yield Fault(f"{where}.dates", _("A line for some dates names none. Add a date, or remove the line."))
    if slot.days:
        yield Fault(f"{where}.days", _("A line for some dates has weekdays as well. Leave the weekdays empty."))
    if len(slot.dates) > MOST_DATES:
        sentence = _("%(count)s dates on one line; %(most)s are possible. Write several lines.")
        yield Fault(f"{where}.dates", sentence % {"count": len(slot.dates), "most": MOST_DATES})
    yield from _outside(draft, slot, where)


def _outside(draft: RequirementDraft, slot: SlotDraft, where: str) -> Iterator[Fault]:
    first, last = draft.first_day, draft.last_day
    for day in slot.dates:
        if (first and day < first) or (last and day > last):
            sentence = _("%(day)s lies outside the days of the requirement. Remove it, or change these days.")
            yield Fault(f"{where}.dates", sentence % {"day": told_day(day)})
            return


def _times(draft: RequirementDraft, slot: SlotDraft, where: str) -> Iterator[Fault]:
    if not draft.by_the_minute:
        if slot.start is not None or slot.end is not None:
            sentence = _("This kind is about whole dates; %(value)s is a time. Leave the times empty.")
            yield Fault(f"{where}.start", sentence % {"value": _time(slot.start or slot.end)})
        return
    for name in ("start", "end"):
        moment = getattr(slot, name)
        if moment is None:
            sentence = _("The time is missing. Write from when to when; 00:00 to 00:00 is a whole day.")
            yield Fault(f"{where}.{name}", sentence)
        elif moment.second or moment.microsecond or moment.tzinfo:
            sentence = _("“%(value)s” is more than hours and minutes. Write it as 07:30, without seconds and offset.")
            yield Fault(f"{where}.{name}", sentence % {"value": moment})
    if slot.start and slot.end and slot.dates and is_zone(draft.clock):
        yield from _skipped_dates(draft, slot, where)


def _skipped_dates(draft: RequirementDraft, slot: SlotDraft, where: str) -> Iterator[Fault]:
    for day in slot.dates:
        if _is_empty(day, slot.start, slot.end, draft.clock):
            sentence = _("On %(day)s the clock jumps over %(start)s–%(end)s. Remove the date, or choose other times.")
            told = {"day": told_day(day), "start": _time(slot.start), "end": _time(slot.end)}
            yield Fault(f"{where}.start", sentence % told)
            return


def _number(draft: RequirementDraft, slot: SlotDraft, where: str) -> Iterator[Fault]:
    number, field = slot.number, f"{where}.number"
    told = {"value": str(number)[:40], "most": MOST_COUNTED}
    if number is None or number == "":
        yield Fault(field, _("The number is missing. Write how many."))
    elif not isinstance(number, Decimal) or not number.is_finite():
        yield Fault(field, _("“%(value)s” is not a number. Write one, such as 3.") % told)
    elif number < 0:
        yield Fault(field, _("%(value)s is negative. Write 0 or more.") % told)
    elif draft.in_percent and number > 100:
        yield Fault(field, _("%(value)s%% is more than everybody. Write 0 to 100.") % told)
    elif draft.in_percent and number.as_tuple().exponent < -3:
        yield Fault(field, _("%(value)s has too many decimals. Write three at most.") % told)
    elif not draft.in_percent and number != number.to_integral_value():
        yield Fault(field, _("%(value)s is no whole number of people. Round it up or down.") % told)
    elif number > MOST_COUNTED:
        yield Fault(field, _("%(value)s is out of reach; %(most)s is the most. Check the number.") % told)
    elif number == 0 and draft.kind == RequirementKind.MINIMUM and slot.layer == Layer.WEEKLY:
        sentence = _("0 asks for nobody. Remove the line, or write 1 or more; on holidays and dates, 0 lifts the rule.")
        yield Fault(field, sentence)


def _twice(slots: Sequence[SlotDraft]) -> Iterator[Fault]:
    """The same window of one layer twice on one day; otherwise overlapping is meant, and the strictest holds."""
    seen: dict[tuple, int] = {}
    for place, slot in enumerate(slots):
        when = slot.dates if slot.layer == Layer.DATED else slot.days or range(7)
        for day in when:
            key = slot.layer, day, slot.start, slot.end
            if key in seen:
                sentence = _("Line %(line)s says the same hours of the same day already. Keep one of the two.")
                yield Fault(f"slots.{place}", sentence % {"line": seen[key] + 1})
                break
            seen[key] = place


def remarks_on(draft: RequirementDraft, *, today: date) -> list[Fault]:
    """What is possible and may surprise: hours that a clock change skips in the coming year, and shares that limit
    nothing. Never a reason to refuse."""
    found = []
    for place, slot in enumerate(draft.slots):
        if draft.in_percent and slot.number == 100 and slot.layer == Layer.WEEKLY:
            found.append(Fault(f"slots.{place}.number", _("100% limits nothing: everybody may be remote then.")))
        if draft.by_the_minute and slot.layer != Layer.DATED:
            for day in _skipped_days(draft, slot, today):
                sentence = _("On %(day)s the clock jumps over %(start)s–%(end)s: nothing is asked that day.")
                told = {"day": told_day(day), "start": _time(slot.start), "end": _time(slot.end)}
                found.append(Fault(f"slots.{place}.start", sentence % told))
    return found


def _skipped_days(draft: RequirementDraft, slot: SlotDraft, today: date) -> list[date]:
    first = max(today, draft.first_day)
    last = min(first + A_YEAR, draft.last_day or date.max)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    days = slot.days or range(7)
    return [
        day for day in every if day.weekday() in days and _is_empty(day, slot.start, slot.end, draft.clock)
    ][:MOST_NAMED]  # fmt: skip


def _is_empty(day: date, start: time, end: time, zone: str) -> bool:
    found = window(day, start, end, zone)
    return found.start >= found.end


def told_day(day: date) -> str:
    """7 June 2026, « 7 juin 2026 »."""
    return words.plain_day(day, words.language(get_language()))


def _time(moment: time) -> str:
    return f"{moment:%H:%M}"
