"""Places of telework: declared and ended by their person, agreed by those who may."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Person, Place, PlaceKind
from people.services.calendars import calendar_changed


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


def _clean(text: str, field: str, longest: int, *, needed: bool = True) -> str:
    text = " ".join(text.replace("\0", " ").split())
    if needed and not text:
        raise BadFact(field, text, _("Write a name for the place."))
    if len(text) > longest:
        sentence = _("%(count)d characters are too many; %(longest)d at most.")
        raise BadFact(field, text, sentence % {"count": len(text), "longest": longest})
    return text
