"""Writes on rosters beside files: exchange two shifts, take an entry away, let shifts alone tell the working days."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Absence, Contract, Person, PersonSkill, Shift
from people.services import calendar_changed

POST = ("day", "end", "zone", "site_id", "skill_id", "breaks")


@transaction.atomic
def swap_shifts(one: Shift, other: Shift, *, by: Person, now: datetime, reason: str = "") -> None:
    """Two people exchange a shift each: both change together, or nothing does. One audit event a shift.

    ``reason``: why it is done although it leaves one of them less rest than the law asks for; the audit keeps it.
    """
    if one.person_id == other.person_id:
        raise BadFact("other", other.uid, _("Both shifts are of the same person. Choose a shift of somebody else."))
    people = Person.objects.filter(pk__in=(one.person_id, other.person_id)).order_by("pk")
    list(people.select_for_update(of=("self",)).values_list("pk"))
    one, other = (Shift.objects.select_related("person").get(pk=shift.pk) for shift in (one, other))
    for taker, given, taken in ((one.person, one, other), (other.person, other, one)):
        _check_free(taker, given, taken)
        _check_skill(taker, taken)
    first, second = one.person, other.person
    if one.start == other.start:  # a person has one shift a start: the posts change hands instead
        kept = {name: getattr(one, name) for name in POST}
        _become(one, {name: getattr(other, name) for name in POST})
        _become(other, kept)
    else:
        one.person, other.person = second, first
        one.save(update_fields=["person"])
        other.save(update_fields=["person"])
    for shift, giver, taker in ((one, first, second), (other, second, first)):
        told = {"day": shift.day.isoformat(), "giver": str(giver.uid), "taker": str(taker.uid)}
        record(by, "shift.swapped", shift, now, **told, **({"reason": reason} if reason else {}))
    calendar_changed([first.pk, second.pk])


def _become(shift: Shift, post: dict[str, object]) -> None:
    for name, value in post.items():
        setattr(shift, name, value)
    shift.save(update_fields=[name.removesuffix("_id") for name in post])


def _check_free(person: Person, given: Shift, taken: Shift) -> None:
    met = Shift.objects.filter(person=person, start__lt=taken.end, end__gt=taken.start).exclude(pk=given.pk).first()
    if met:
        sentence = _("%(name)s already has a shift on %(day)s at that time. Choose another one to exchange.")
        raise BadFact("other", met.day, sentence % {"name": person.name, "day": met.day.isoformat()})


def _check_skill(person: Person, taken: Shift) -> None:
    """The taker has the skill that the post asks for; where the giver has it no more than they, nothing is lost."""
    if taken.skill_id is None:
        return
    on = Q(last_day=None) | Q(last_day__gte=taken.day)
    able = PersonSkill.objects.filter(on, skill=taken.skill_id, first_day__lte=taken.day)
    holders = set(able.filter(person__in=(person.pk, taken.person_id)).values_list("person", flat=True))
    if taken.person_id in holders and person.pk not in holders:
        sentence = _("%(name)s does not have the skill “%(skill)s” on %(day)s. Choose somebody who has.")
        named = {"name": person.name, "skill": taken.skill.name, "day": taken.day.isoformat()}
        raise BadFact("other", taken.skill.code, sentence % named)


@transaction.atomic
def remove_entry(entry: Shift | Absence, *, by: Person, now: datetime) -> None:
    """Take one shift or one absence away; the audit keeps its days, never the kind of an absence."""
    name = "shift" if isinstance(entry, Shift) else "absence"
    first, last = (entry.day, entry.day) if name == "shift" else (entry.first_day, entry.last_day)
    record(by, f"{name}.removed", entry, now, first_day=first.isoformat(), last_day=last.isoformat())
    entry.delete()
    calendar_changed([entry.person_id])


@transaction.atomic
def roster_from(people: Collection[Person], day: date, *, by: Person, now: datetime) -> list[Person]:
    """From ``day`` on only shifts tell the working days of these people: a day without one is off.

    A contract that follows a pattern ends the day before and goes on with the same terms. Answers those it changed.
    """
    open_then = Q(end=None) | Q(end__gte=day)
    changed = []
    for contract in Contract.objects.filter(open_then, person__in=people, start__lte=day, rostered=False):
        person = next(each for each in people if each.pk == contract.person_id)
        if contract.start < day:
            Contract.objects.filter(pk=contract.pk).update(end=day - timedelta(days=1))
            Contract.objects.create(
                person=person,
                start=day,
                end=contract.end,
                status=contract.status,
                rate=contract.rate,
                pattern=contract.pattern,
                rostered=True,
                trial_end=contract.trial_end,
            )
        else:
            Contract.objects.filter(pk=contract.pk).update(rostered=True)
        record(by, "contract.rostered", person, now, day=day.isoformat())
        changed.append(person)
    calendar_changed([person.pk for person in changed])
    return changed
