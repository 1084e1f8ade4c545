"""From where: the place of telework that a booking names."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from people.models import Person, Place
from policies.core.facts import PlaceFacts
from telework.errors import BadWish


def places_for(person: Person, days: Iterable[date], chosen: Place | None) -> dict[date, Place | None]:
    """The place for each day: the chosen one, else the person's first declared place valid on that day."""
    days = list(days)
    if chosen is not None:
        for day in days:
            _check(person, chosen, day)
        return dict.fromkeys(days, chosen)
    places = list(person.places.defer("commune"))
    return {day: next((place for place in places if is_valid(place, day)), None) for day in days}


def _check(person: Person, place: Place, day: date) -> None:
    if place.person_id != person.pk:
        raise BadWish(
            "place", place.uid, _("This place is not among the person’s declared places. Choose one of them.")
        )
    if not is_valid(place, day):
        remedy = _("“%(place)s” is not declared on %(day)s. Choose another place or declare this one again.")
        raise BadWish("place", place.label, remedy % {"place": place.label, "day": day.isoformat()})


def is_valid(place: Place | PlaceFacts, day: date) -> bool:
    """Is the place declared on that day?"""
    return place.declared_on <= day and (place.until is None or day <= place.until)
