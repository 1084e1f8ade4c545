"""Contracts by hand. What has held stays as it was: another rate or rhythm is a new contract from a day on."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Contract, ContractStatus, Person, WorkPattern
from people.services.calendars import calendar_changed, lock_person
from people.services.versions import check_version

ONE_DAY = timedelta(days=1)
EARLIEST, LATEST = date(1950, 1, 1), date(2150, 12, 31)


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """The terms of a person over dates, both included. ``rate`` in percent of full time; ``end`` None while open."""

    start: date
    end: date | None = None
    status: str = ContractStatus.PERMANENT
    rate: Decimal = Decimal(100)
    pattern: WorkPattern | None = None
    rostered: bool = False
    trial_end: date | None = None


FIELDS = tuple(ContractDraft.__dataclass_fields__)


def draft_of(contract: Contract) -> ContractDraft:
    """A contract as a draft, to change some of it."""
    return ContractDraft(**{name: getattr(contract, name) for name in FIELDS})


@transaction.atomic
def add_contract(person: Person, draft: ContractDraft, *, by: Person, now: datetime) -> Contract:
    """Write a contract from a day on; an open one that holds then ends the day before. Other overlaps are refused."""
    lock_person(person)
    draft = _checked(person, draft)
    before = person.contracts.filter(start__lt=draft.start, end=None).order_by("-start").first()
    if before:
        _end(before, draft.start - ONE_DAY, by=by, now=now)
    _check_free(person, draft)
    contract = Contract.objects.create(person=person, **{name: getattr(draft, name) for name in FIELDS})
    record(by, "contract.added", person, now, **_told(contract))
    calendar_changed([person.pk])
    return contract


@transaction.atomic
def change_contract(
    contract: Contract, draft: ContractDraft, *, by: Person, now: datetime, version: str = ""
) -> list[str]:
    """Correct what was written wrongly; returns the names of the fields that differ."""
    lock_person(contract.person)
    held = Contract.objects.select_related("person", "pattern").get(pk=contract.pk)
    check_version(held, version)
    draft = _checked(held.person, draft)
    _check_free(held.person, draft, without=held)
    changed = [name for name in FIELDS if getattr(held, name) != getattr(draft, name)]
    if changed:
        for name in changed:
            setattr(held, name, getattr(draft, name))
        held.save(update_fields=changed)
        record(by, "contract.changed", held.person, now, fields=changed, **_told(held))
        calendar_changed([held.person_id])
    return changed


def end_contract(contract: Contract, last_day: date, *, by: Person, now: datetime) -> None:
    """Give a contract its last day."""
    change_contract(contract, replace(draft_of(contract), end=last_day), by=by, now=now)


@transaction.atomic
def remove_contract(contract: Contract, *, today: date, by: Person, now: datetime) -> None:
    """Take away a contract that has not begun; one that has held is ended instead."""
    lock_person(contract.person)
    if contract.start <= today:
        raise BadFact("contract", contract.start, _("This contract has begun. Give it a last day instead."))
    told, person = _told(contract), contract.person
    contract.delete()
    record(by, "contract.removed", person, now, **told)
    calendar_changed([person.pk])


def _end(contract: Contract, last_day: date, *, by: Person, now: datetime) -> None:
    contract.end = last_day
    contract.save(update_fields=["end"])
    record(by, "contract.ended", contract.person, now, **_told(contract))


def _checked(person: Person, draft: ContractDraft) -> ContractDraft:
    for name in ("start", "end", "trial_end"):
        day = getattr(draft, name)
        if day and not EARLIEST <= day <= LATEST:
            raise BadFact(name, day, _("The year %(year)s is out of reach. Check it.") % {"year": day.year})
    if draft.end and draft.end < draft.start:
        raise BadFact("end", draft.end, _("The last day lies before the first; exchange them."))
    if draft.trial_end and not draft.start <= draft.trial_end <= (draft.end or LATEST):
        raise BadFact("trial_end", draft.trial_end, _("The trial ends within the contract. Give a day between."))
    if draft.status not in ContractStatus.values:
        sentence = _("“%(value)s” is no kind of contract. Choose one of: %(known)s.")
        known = ", ".join(ContractStatus.values)
        raise BadFact("status", draft.status, sentence % {"value": draft.status[:40], "known": known})
    if not draft.rate.is_finite() or not 0 < draft.rate <= 100 or draft.rate != round(draft.rate, 2):
        sentence = _("%(value)s is no rate. Give a percentage of full time above 0, 100 at most, like 80 or 62.5.")
        raise BadFact("rate", draft.rate, sentence % {"value": draft.rate})
    if person.hired_on and draft.start < person.hired_on:
        sentence = _("%(name)s was hired on %(day)s. Begin on that day or later, or correct the hiring first.")
        told = {"name": person.name, "day": date_format(person.hired_on, "DATE_FORMAT")}
        raise BadFact("start", draft.start, sentence % told)
    if draft.pattern is None and not draft.rostered:
        sentence = _("Working days are missing. Choose a week, or say that a roster tells them.")
        raise BadFact("pattern", "", sentence)
    return draft


def _check_free(person: Person, draft: ContractDraft, *, without: Contract | None = None) -> None:
    """No day has two contracts."""
    others = person.contracts.filter(Q(end=None) | Q(end__gte=draft.start))
    if draft.end:
        others = others.filter(start__lte=draft.end)
    other = others.exclude(pk=without.pk if without else None).order_by("start").first()
    if other is None:
        return
    told = {"first": date_format(other.start, "DATE_FORMAT")}
    if other.end is None and other.start <= draft.start:
        sentence = _("The contract since %(first)s is open. Give it a last day first, or begin after it.")
    elif other.start > draft.start:
        told["before"] = date_format(other.start - ONE_DAY, "DATE_FORMAT")
        sentence = _("Another contract begins on %(first)s. End this one on %(before)s at the latest.")
        raise BadFact("end", draft.end or "", sentence % told)
    else:
        told["last"] = date_format(other.end, "DATE_FORMAT")
        sentence = _("The contract from %(first)s runs until %(last)s. Begin after it, or shorten it first.")
    raise BadFact("start", draft.start, sentence % told)


def _told(contract: Contract) -> dict[str, str | None]:
    """What the audit keeps: dates, rate and kind."""
    return {
        "contract": str(contract.uid),
        "first": contract.start.isoformat(),
        "last": contract.end.isoformat() if contract.end else None,
        "rate": str(contract.rate),
        "status": str(contract.status),
    }
