"""Whether the coming roster can meet a requirement if nobody teleworks. Reads only; nothing is refused for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Max
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from people.models import Shift
from policies.coverage.explain import sentence
from policies.coverage.findings import joined
from policies.coverage.minutecount import MinuteCount
from policies.coverage.presence import stretches
from policies.coverage.requirements import Gap
from policies.coverage.rows import Bookings
from policies.coverage.yearmap import CoverageMap
from policies.facts import Need, need_of
from policies.models import RequirementKind
from policies.selectors import people_who_could
from policies.services import Fault, RequirementDraft
from policies.services.requirements import unsaved
from telework.coverage.ground import Ground, ground_of
from telework.models import ACTIVE, Booking
from ui import words

AHEAD, FARTHEST = timedelta(weeks=8), timedelta(days=366)
MOST_NAMED = 3


def thin_hours(draft: RequirementDraft, *, today: date) -> list[Fault]:
    """For each slot of a minimum the windows of the coming weeks in which the roster alone has too few, the first of
    them named. ``draft`` has no fault. A constant number of queries."""
    first, last = max(today, draft.first_day), min(today + AHEAD, draft.last_day or date.max)
    if draft.kind != RequirementKind.MINIMUM or last < first:
        return []
    need = need_of(*unsaved(draft), first, last)
    ground = ground_of([need], first, last)
    planned = _planned_until(ground, first)
    if planned is None:
        sentence = _("Nobody who counts has working hours in the coming weeks. Plan them, or check who counts.")
        return [Fault("slots", sentence)]
    return list(_thin(need, ground, first, min(last, planned)))


def planned_until(draft: RequirementDraft, *, today: date) -> date:
    """The last date worth looking at: until then shifts are planned or telework is booked. Without any shift the
    patterns of contracts tell, and half a year is looked at. Four queries."""
    people = people_who_could(draft, today, draft.last_day).values("pk")
    shifts = Shift.objects.filter(person__in=people, day__gte=today).aggregate(last=Max("day"))["last"]
    booked = Booking.objects.filter(person__in=people, day__gte=today, state__in=ACTIVE).aggregate(last=Max("day"))
    known = [day for day in (shifts or today + FARTHEST / 2, booked["last"]) if day]
    return min(max(known), today + FARTHEST)


def _planned_until(ground: Ground, first: date) -> date | None:
    """The last date on which somebody has work, if there is any from ``first`` on."""
    days = ground.roster.shifts.day
    last = int(days.max()) if len(days) else 0
    return date.fromordinal(last) if last >= first.toordinal() else None


def _thin(need: Need, ground: Ground, first: date, last: date) -> Iterator[Fault]:
    roster = replace(ground.roster, bookings=Bookings.of(()))
    counted = CoverageMap(need.rules, ground.staff, first=first, last=last).fill(stretches(roster))
    for count in counted.counts:
        gaps = joined(count.gaps())
        if gaps:
            place = count.rule.name.rpartition(" ")[2]
            yield Fault(f"slots.{place}", _told(need, count, gaps))


def _told(need: Need, count: MinuteCount, gaps: Sequence[Gap]) -> str:
    lang = words.language(get_language())
    short, every = len({gap.day for gap in gaps}), len(count.windows)
    firsts = " · ".join(
        f"{words.plain_day(gap.day, lang)} – {sentence(gap, lang, need.whom(lang)).rstrip('.')}"
        for gap in gaps[:MOST_NAMED]
    )
    if short == every:
        template = _("Even without telework the coming roster never has enough people here: %(firsts)s.")
    else:
        template = ngettext(
            "Even without telework the roster has too few people here on %(short)s day of %(every)s: %(firsts)s.",
            "Even without telework the roster has too few people here on %(short)s days of %(every)s: %(firsts)s.",
            short,
        )
    return template % {"short": short, "every": every, "firsts": firsts}
