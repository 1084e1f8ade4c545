"""What is said of a person at work: that they can work at a distance, since when they are in their post."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Person
from people.services.calendars import calendar_changed


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
