"""What somebody can do, over dates: requirements count it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Person, PersonSkill, Skill
from people.services.calendars import calendar_changed, lock_person


@transaction.atomic
def give_skill(person: Person, skill: Skill, *, first_day: date, by: Person, now: datetime) -> PersonSkill:
    """Note that somebody has a skill from a day on."""
    lock_person(person)
    held = person.skills.filter(Q(last_day=None) | Q(last_day__gte=first_day), skill=skill).first()
    if held:
        sentence = _("%(skill)s is already noted since %(day)s.")
        told = {"skill": skill.name, "day": date_format(held.first_day, "DATE_FORMAT")}
        raise BadFact("skill", skill.code, sentence % told)
    held = PersonSkill.objects.create(person=person, skill=skill, first_day=first_day)
    record(by, "skill.given", person, now, skill=skill.code, first=first_day.isoformat())
    calendar_changed([person.pk])
    return held


@transaction.atomic
def end_skill(held: PersonSkill, *, last_day: date, by: Person, now: datetime) -> None:
    """Give a skill its last day; one that has not begun by then is taken away."""
    person = held.person
    if last_day < held.first_day:
        held.delete()
    else:
        held.last_day = last_day
        held.save(update_fields=["last_day"])
    record(by, "skill.ended", person, now, skill=held.skill.code, last=last_day.isoformat())
    calendar_changed([person.pk])
