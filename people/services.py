"""Writes about people: each checks what it is told, writes the fact and one audit event, in one transaction."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Absence, AbsenceKind, Person, Place, PlaceKind, Shift, Site, Skill

LONGEST_SHIFT = timedelta(hours=24)
ALL_HALVES = 3


def calendar_changed(person_pks: Collection[int]) -> None:
    """Tell the feeds of these people that what they show has changed. One query."""
    Person.objects.filter(pk__in=person_pks).update(calendar_version=F("calendar_version") + 1)


@transaction.atomic
def validate_autonomy(person: Person, *, by: Person, on: date, now: datetime) -> None:
    """Note that ``by`` judges ``person`` able to work at a distance from ``on`` on."""
    if person.autonomy_validated_on:
        told = date_format(person.autonomy_validated_on, "DATE_FORMAT")
        raise BadFact("autonomy", on, _("Autonomy has been validated since %(day)s; nothing to do.") % {"day": told})
    if person.hired_on and on < person.hired_on:
        told = date_format(person.hired_on, "DATE_FORMAT")
        raise BadFact(
            "on", on, _("Autonomy cannot be validated before the hiring; give %(day)s or later.") % {"day": told}
        )
    _set_autonomy(person, on, by)
    record(by, "autonomy.validated", person, now, on=on.isoformat())


@transaction.atomic
def withdraw_autonomy(person: Person, *, by: Person, now: datetime) -> None:
    """Take the validation back; days already booked stay until somebody decides on them."""
    if not person.autonomy_validated_on:
        raise BadFact("autonomy", None, _("Autonomy is not validated; nothing to take back."))
    _set_autonomy(person, None, None)
    record(by, "autonomy.withdrawn", person, now)


def _set_autonomy(person: Person, on: date | None, by: Person | None) -> None:
    person.autonomy_validated_on, person.autonomy_validated_by = on, by
    person.save(update_fields=["autonomy_validated_on", "autonomy_validated_by"])


@transaction.atomic
def declare_place(
    person: Person,
    *,
    label: str,
    commune: str,
    declared_on: date,
    secure_internet: bool,
    insured_until: date | None,
    by: Person,
    now: datetime,
    kind: str = PlaceKind.HOME,
    country: str = "",
) -> Place:
    """Declare a place of telework, valid from ``declared_on`` on. The audit never holds where it is.

    ``country``: two letters, "" for the country of the agreement."""
    _check_place(kind, country)
    label, commune = _clean(label, "label", 60), _clean(commune, "commune", 100, needed=False)
    if insured_until and insured_until < declared_on:
        sentence = _("The insurance ended before the declaration; give the last day it covers, %(day)s or later.")
        raise BadFact("insured_until", insured_until, sentence % {"day": date_format(declared_on, "DATE_FORMAT")})
    place = Place.objects.create(
        person=person,
        label=label,
        commune=commune,
        declared_on=declared_on,
        secure_internet=secure_internet,
        insured_until=insured_until,
        kind=kind,
        country=country.upper(),
    )
    record(by, "place.declared", place, now)
    return place


def agree_place(place: Place, *, agreed: bool, by: Person, now: datetime) -> Place:
    """Say that the employer admits a place though the agreement's list does not, or take it back."""
    if place.agreed != agreed:
        place.agreed = agreed
        place.save(update_fields=["agreed"])
        record(by, "place.agreed" if agreed else "place.not_agreed", place, now)
        calendar_changed({place.person_id})
    return place


def set_in_post_since(person: Person, day: date | None, *, today: date, by: Person, now: datetime) -> None:
    """Keep the first day in the present post, None where it is not known; neither before hiring nor after ``today``."""
    if day is not None and not (person.hired_on or date.min) <= day <= today:
        sentence = _("%(day)s is no day between hiring and today. Give the first day in the present post, or none.")
        raise BadFact("in_post_since", day, sentence % {"day": day.isoformat()})
    if person.in_post_since != day:
        person.in_post_since = day
        person.save(update_fields=["in_post_since"])
        record(by, "person.in_post_since", person, now)
        calendar_changed([person.pk])


def _check_place(kind: str, country: str) -> None:
    if kind not in PlaceKind.values:
        known = ", ".join(PlaceKind.values)
        sentence = _("“%(kind)s” is no kind of place. Choose one of: %(known)s.")
        raise BadFact("kind", kind, sentence % {"kind": kind[:40], "known": known})
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        sentence = _("“%(country)s” is no country. Write its two letters, like PT; leave it out for the usual country.")
        raise BadFact("country", country, sentence % {"country": country[:40]})


@transaction.atomic
def end_place(place: Place, *, last_day: date, by: Person, now: datetime) -> None:
    """Give ``place`` its last day."""
    if last_day < place.declared_on:
        sentence = _("This place was declared on %(day)s; it cannot end before.")
        raise BadFact("last_day", last_day, sentence % {"day": date_format(place.declared_on, "DATE_FORMAT")})
    place.until = last_day
    place.save(update_fields=["until"])
    record(by, "place.ended", place, now, last_day=last_day.isoformat())


@transaction.atomic
def add_shift(
    person: Person, *, start: datetime, end: datetime, site: Site, by: Person, now: datetime, skill: Skill | None = None
) -> Shift:
    """Plan a post from one instant to another; it belongs to the date of its start on the site's clock."""
    _check_order(start, end, "end")
    if end - start > LONGEST_SHIFT:
        raise BadFact("end", end, _("A shift of more than 24 hours; check its end, or write several shifts."))
    _lock(person)
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
    _lock(person)
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


def _clean(text: str, field: str, longest: int, *, needed: bool = True) -> str:
    text = " ".join(text.replace("\0", " ").split())
    if needed and not text:
        raise BadFact(field, text, _("Write a name for the place."))
    if len(text) > longest:
        sentence = _("%(count)d characters are too many; %(longest)d at most.")
        raise BadFact(field, text, sentence % {"count": len(text), "longest": longest})
    return text


def _lock(person: Person) -> None:
    """Two writers on one person's days wait for each other (PostgreSQL; SQLite has one writer at a time)."""
    Person.objects.select_for_update(of=("self",)).only("pk").get(pk=person.pk)
