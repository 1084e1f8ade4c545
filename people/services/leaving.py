"""The last day of somebody: what is dated ends with it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Contract, Membership, Person, PersonSkill
from people.services.calendars import calendar_changed, lock_person


@transaction.atomic
def end_employment(person: Person, *, last_day: date, by: Person, now: datetime) -> None:
    """End contract, teams and skills of somebody with their last day; what would begin later is taken away.

    Access ends the day after (``end_access``), telework booked after it by the telework side.
    """
    lock_person(person)
    contract = person.contracts.filter(Q(end=None) | Q(end__gte=last_day), start__lte=last_day).first()
    if contract is None:
        first = person.contracts.order_by("start").first()
        last = person.contracts.order_by("-start").first()
        if first is None:
            raise BadFact("last_day", last_day, _("%(name)s has no contract to end.") % {"name": person.name})
        if last_day < first.start:
            sentence = _("The first contract begins on %(day)s; somebody cannot leave before.")
            raise BadFact("last_day", last_day, sentence % {"day": date_format(first.start, "DATE_FORMAT")})
        sentence = _("The last contract ended on %(day)s. Give that day or an earlier one.")
        raise BadFact("last_day", last_day, sentence % {"day": date_format(last.end or last.start, "DATE_FORMAT")})
    Contract.objects.filter(person=person, start__gt=last_day).delete()
    if contract.end != last_day:
        contract.end = last_day
        contract.trial_end = min(contract.trial_end, last_day) if contract.trial_end else None
        contract.save(update_fields=["end", "trial_end"])
    for model in (Membership, PersonSkill):
        rows = model.objects.filter(person=person)
        rows.filter(first_day__gt=last_day).delete()
        rows.filter(Q(last_day=None) | Q(last_day__gt=last_day)).update(last_day=last_day)
    record(by, "person.leaving", person, now, last=last_day.isoformat())
    calendar_changed([person.pk])
