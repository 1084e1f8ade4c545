"""One shift or one absence, written by hand."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Absence, AbsenceKind, Person, Shift, Site, Skill
from people.services.calendars import calendar_changed, lock_person

LONGEST_SHIFT = timedelta(hours=24)
ALL_HALVES = 3


@transaction.atomic
def add_shift(
    person: Person, *, start: datetime, end: datetime, site: Site, by: Person, now: datetime, skill: Skill | None = None
) -> Shift:
    """Plan a post from one instant to another; it belongs to the date of its start on the site's clock."""
    _check_order(start, end, "end")
    if end - start > LONGEST_SHIFT:
        raise BadFact("end", end, _("A shift of more than 24 hours; check its end, or write several shifts."))
    lock_person(person)
    day = start.astimezone(ZoneInfo(site.zone)).date()
    other = Shift.objects.filter(person=person, start__lt=end, end__gt=start).first()
    if other:
        sentence = _("%(name)s already has a shift on %(day)s that overlaps; move or remove one of them.")
        raise BadFact("start", start, sentence % {"name": person.name, "day": date_format(other.day, "DATE_FORMAT")})
    shift = Shift.objects.create(person=person, day=day, start=start, end=end, zone=site.zone, site=site, skill=skill)
    record(by, "shift.added", shift, now, day=day.isoformat())
    calendar_changed([person.pk])
    return shift


@transaction.atomic
def add_absence(
    person: Person,
    *,
    first_day: date,
    last_day: date,
    by: Person,
    now: datetime,
    kind: str = AbsenceKind.OTHER,
    halves: int = ALL_HALVES,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Absence:
    """Note days off, whole or by half, or the exact hours of one day when ``start`` and ``end`` are given."""
    _check_absence(kind, first_day, last_day, halves, start, end)
    lock_person(person)
    _check_free(person, first_day, last_day, halves, start, end)
    absence = Absence.objects.create(
        person=person, kind=kind, first_day=first_day, last_day=last_day, halves=halves, start=start, end=end
    )
    record(by, "absence.added", absence, now, first_day=first_day.isoformat(), last_day=last_day.isoformat())
    calendar_changed([person.pk])
    return absence


def _check_absence(kind, first_day: date, last_day: date, halves: int, start, end) -> None:
    if kind not in AbsenceKind.values:
        known = ", ".join(AbsenceKind.values)
        raise BadFact(
            "kind", kind, _("The kind “%(kind)s” is not known; use %(known)s.") % {"kind": kind, "known": known}
        )
    if halves not in (1, 2, ALL_HALVES):
        raise BadFact("halves", halves, _("halves is 1 (first half), 2 (second half) or 3 (whole day)."))
    if last_day < first_day:
        raise BadFact("last_day", last_day, _("The last day lies before the first; exchange them."))
    if (start is None) != (end is None):
        raise BadFact("start" if start is None else "end", None, _("Exact hours need both a start and an end."))
    if start:
        _check_order(start, end, "end")
        if end - start > LONGEST_SHIFT:
            raise BadFact("end", end, _("More than 24 hours off; give whole days instead of hours."))


def _check_free(person: Person, first_day: date, last_day: date, halves: int, start, end) -> None:
    near = Absence.objects.filter(person=person, first_day__lte=last_day, last_day__gte=first_day)
    for other in near:
        both_by_hours = start and other.start
        overlap = other.start < end and start < other.end if both_by_hours else other.halves & halves
        if overlap and bool(start) == bool(other.start):
            sentence = _("%(name)s is already absent on %(day)s; change that absence instead.")
            day = date_format(max(first_day, other.first_day), "DATE_FORMAT")
            raise BadFact("first_day", first_day, sentence % {"name": person.name, "day": day})


def _check_order(start: datetime, end: datetime, field: str) -> None:
    if start.tzinfo is None or end.tzinfo is None:
        raise BadFact("start", start, _("A time without its zone; give an offset such as +02:00."))
    if end <= start:
        raise BadFact(field, end, _("The end is not after the start; check the date of the end, too."))
