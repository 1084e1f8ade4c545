"""A person as human resources keep them: added and changed by hand, with what was read held against what is there."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Entity, Person, Site
from people.services.calendars import calendar_changed
from people.services.versions import check_version
from people.texts import tidy

JOB = re.compile(r"[a-z0-9_-]{1,60}")
LENGTHS = {"number": 40, "first_name": 80, "last_name": 80, "job_title": 80}


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Who somebody is and where they belong. ``job`` is the activity code that agreements name, "" for none."""

    entity: Entity
    site: Site
    first_name: str
    last_name: str
    number: str = ""
    email: str = ""
    job: str = ""
    job_title: str = ""
    hired_on: date | None = None


FIELDS = tuple(PersonDraft.__dataclass_fields__)


def draft_of(person: Person) -> PersonDraft:
    """A person as a draft, to change some of it."""
    return PersonDraft(**{name: getattr(person, name) for name in FIELDS})


@transaction.atomic
def create_person(draft: PersonDraft, *, by: Person, now: datetime) -> Person:
    """Add a person, without account, contract or team yet. ``BadFact`` names the field."""
    draft = checked(draft)
    person = Person.objects.create(**{name: getattr(draft, name) for name in FIELDS})
    record(by, "person.added", person, now)
    return person


@transaction.atomic
def change_person(person: Person, draft: PersonDraft, *, by: Person, now: datetime, version: str = "") -> list[str]:
    """Write what differs; returns the names of the fields. ``Stale`` when the person is no longer what was read.

    The address with which somebody signs in stays: it belongs to the account.
    """
    held = Person.objects.select_for_update(of=("self",)).select_related("entity", "site").get(pk=person.pk)
    check_version(held, version)
    draft = checked(draft, person=held)
    changed = [name for name in FIELDS if getattr(held, name) != getattr(draft, name)]
    if changed:
        for name in changed:
            setattr(held, name, getattr(draft, name))
            setattr(person, name, getattr(draft, name))
        held.save(update_fields=changed)
        record(by, "person.changed", held, now, fields=changed)
        calendar_changed([held.pk])
    return changed


def checked(draft: PersonDraft, *, person: Person | None = None) -> PersonDraft:
    """The same draft with tidy texts; ``BadFact`` for the first value that cannot be kept. Two queries."""
    texts = {name: tidy(getattr(draft, name), name, longest) for name, longest in LENGTHS.items()}
    if not texts["first_name"]:
        raise BadFact("first_name", "", _("The first name is missing. Write it."))
    if not texts["last_name"]:
        raise BadFact("last_name", "", _("The last name is missing. Write it."))
    texts |= {"email": _address(draft.email), "job": _job(draft.job)}
    found = PersonDraft(entity=draft.entity, site=draft.site, hired_on=draft.hired_on, **texts)
    _check_alone(found, person)
    return found


def _address(text: str) -> str:
    email = tidy(text, "email", 254).lower()
    if email:
        try:
            validate_email(email)
        except ValidationError as wrong:
            sentence = _("“%(value)s” is no mail address. Write one such as camille.moreau@example.org.")
            raise BadFact("email", email, sentence % {"value": email[:60]}) from wrong
    return email


def _job(text: str) -> str:
    job = tidy(text, "job", 60)
    if job and not JOB.fullmatch(job):
        sentence = _("“%(value)s” is no activity code. Use small letters, digits, _ and -, such as client_relations.")
        raise BadFact("job", job, sentence % {"value": job[:60]})
    return job


def _check_alone(draft: PersonDraft, person: Person | None) -> None:
    """A number is given once in an entity, an address once in the house."""
    others = Person.objects.exclude(pk=person.pk) if person else Person.objects.all()
    if draft.number and others.filter(entity=draft.entity, number=draft.number).exists():
        sentence = _("The number %(value)s belongs to somebody else at %(entity)s. Check it.")
        raise BadFact("number", draft.number, sentence % {"value": draft.number, "entity": draft.entity.name})
    if draft.email and others.filter(email__iexact=draft.email).exists():
        sentence = _("The address %(value)s belongs to somebody else. Check it.")
        raise BadFact("email", draft.email, sentence % {"value": draft.email})
    first = person and person.contracts.order_by("start").values_list("start", flat=True).first()
    if first and draft.hired_on and draft.hired_on > first:
        sentence = _("A contract begins on %(day)s, before the hiring. Give that day or an earlier one.")
        raise BadFact("hired_on", draft.hired_on, sentence % {"day": date_format(first, "DATE_FORMAT")})
