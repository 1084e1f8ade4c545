"""Balances of many people: entitlement by the engine, once a shape of contract; bookings summed by the database.

Where more than contracts and bookings tells a balance (a cap of another kind, days given back, something decided of a
person), it is told from the facts of these people, as their own page tells it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When

from people.models import Contract, Membership, MembershipRole, Person
from policies import core
from policies.core.document import Agreement
from policies.core.facts import ContractFacts, Facts, Part
from policies.core.needs import TRAITS, needs_of
from policies.core.situation import half_is_whole
from policies.core.taken import READING
from policies.selectors import agreement_for, timeline_for
from telework.boards import in_force
from telework.facts import asked_between, facts_of_many, window
from telework.forms import ordinary_balance
from telework.models import ACTIVE, Booking, State
from telework.terms_facts import decided_of

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A person and their year; ``entitlement`` is None where no agreement, or no cap over so long a time, tells it.

    The days then are those of the civil year."""

    uid: UUID
    name: str
    sort_name: str
    team: str
    rate: Decimal | None
    entitlement: core.Entitlement | None
    done: Decimal = ZERO
    booked: Decimal = ZERO
    pending: Decimal = ZERO

    @property
    def due(self) -> Decimal | None:
        return self.entitlement.total if self.entitlement else None

    @property
    def left(self) -> Decimal | None:
        return self.due - self.done - self.booked - self.pending if self.entitlement else None


def balances_of(people: QuerySet[Person], *, today: date, team: int | None = None) -> list[BalanceRow]:
    """Everybody among ``people`` with a contract today. Queries do not grow with people or bookings."""
    if team:
        members = Membership.objects.filter(in_force(today, today), team=team, role=MembershipRole.MEMBER)
        people = people.filter(pk__in=members.values("person"))
    everybody = [Somebody(*row) for row in people.order_by("last_name", "first_name", "pk").values_list(*_COLUMNS)]
    pks = [one.pk for one in everybody]
    contracts = _contracts(pks)
    teams = _teams(pks, today)
    engine = _Engine(today)
    told = _told_by_facts(everybody, engine, today)
    found = []
    for one in everybody:
        held = contracts.get(one.pk, ())
        now = next((each for each in held if each.start <= today and (each.end is None or today <= each.end)), None)
        if now is None:
            continue
        own = told.get(one.pk)
        if own is None and one.pk not in told:
            due = engine.entitlement(one.entity_id, one.job, held)
        else:
            due = own.entitlement if own else None
        found.append((one, due, (one.uid, one.name, one.sort_name, teams.get(one.pk, ""), now.rate, due)))
    summed = [(one.pk, one.entity_id, due is not None) for one, due, _values in found if told.get(one.pk) is None]
    sums = _sums_by_agreement(summed, engine, today)
    sums |= {pk: (own.done, own.booked, own.pending) for pk, own in told.items() if own}
    return [BalanceRow(*values, *sums.get(one.pk, ())) for one, _due, values in found]


def sorted_rows(rows: Iterable[BalanceRow], sort: str) -> list[BalanceRow]:
    """Rows by a column; what has no number comes last, equal ones by name."""
    name, reverse_order = sort.removeprefix("-"), sort.startswith("-")
    by_name = sorted(rows, key=lambda row: row.sort_name)
    if name == "name":
        return by_name[::-1] if reverse_order else by_name
    known = [row for row in by_name if getattr(row, name) is not None]
    unknown = [row for row in by_name if getattr(row, name) is None]
    return sorted(known, key=lambda row: getattr(row, name), reverse=reverse_order) + unknown


_COLUMNS = ("pk", "uid", "first_name", "last_name", "job", "entity_id", "site_id")


class Somebody(NamedTuple):
    """What a row of balances needs of a person."""

    pk: int
    uid: UUID
    first_name: str
    last_name: str
    job: str
    entity_id: int
    site_id: int

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def sort_name(self) -> str:
        return f"{self.last_name} {self.first_name}".casefold()


def _told_by_facts(everybody: Collection[Somebody], engine: "_Engine", today: date) -> dict[int, core.Balance | None]:
    """Balances that only a person's own facts tell, by primary key; None for those who have none.

    Queries grow with such entities alone."""
    if not everybody:
        return {}
    year = window(today, today)
    decided = decided_of(everybody, *year)
    meant: dict[int, list[int]] = defaultdict(list)
    for one in everybody:
        if one.pk in decided or engine.is_personal(one.entity_id):
            meant[one.entity_id].append(one.pk)
    told: dict[int, core.Balance | None] = {}
    for entity, pks in meant.items():
        agreement = engine.agreement(entity)
        people = Person.objects.filter(pk__in=pks).select_related("site")
        asked = asked_between([timeline_for(entity)], today, today)
        facts = facts_of_many(people, today=today, first=today, last=today, **asked) if agreement else {}
        told |= {pk: _balance(known, agreement, today) for pk, known in facts.items()}
    return told


def _balance(facts: Facts, agreement: Agreement, today: date) -> core.Balance | None:
    try:
        return ordinary_balance(facts, agreement, today)
    except core.NoValueInForce:
        return None


def _contracts(people: Collection[int]) -> dict[int, tuple[ContractFacts, ...]]:
    rows = Contract.objects.filter(person__in=people).order_by("start")
    held: dict[int, tuple[ContractFacts, ...]] = {}
    for person, start, end, status, rate in rows.values_list("person_id", "start", "end", "status", "rate"):
        held[person] = (*held.get(person, ()), ContractFacts(start, end, rate, status))
    return held


def _teams(people: Collection[int], day: date) -> dict[int, str]:
    rows = Membership.objects.filter(in_force(day, day), person__in=people, role=MembershipRole.MEMBER)
    names: dict[int, str] = {}
    for person, name in rows.order_by("team__name").values_list("person_id", "team__name"):
        names[person] = f"{names[person]}, {name}" if person in names else name
    return names


class _Engine:
    """Entitlements on one day, remembered by entity, job and the contracts as far as they touch the period."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.agreements: dict[int, object] = {}
        self.periods: dict[int, tuple[date, date]] = {}
        self.known: dict[tuple, core.Entitlement | None] = {}

    def entitlement(self, entity: int, job: str, contracts: tuple[ContractFacts, ...]) -> core.Entitlement | None:
        if entity in self.periods:
            contracts = _clipped(contracts, *self.periods[entity])
        key = (entity, job, contracts)
        if key not in self.known:
            self.known[key] = due = self._ask(entity, job, contracts)
            if due:
                self.periods.setdefault(entity, (due.first, due.last))
        return self.known[key]

    def agreement(self, entity: int):
        if entity not in self.agreements:
            self.agreements[entity] = agreement_for(entity, self.today)
        return self.agreements[entity]

    def is_personal(self, entity: int) -> bool:
        """Does a balance under the entity's agreement depend on more than contracts and sums of days?"""
        agreement = self.agreement(entity)
        if agreement is None:
            return False
        return bool(agreement.clauses("cap") or READING in agreement.readings or TRAITS in needs_of(agreement))

    def _ask(self, entity: int, job: str, contracts: tuple[ContractFacts, ...]) -> core.Entitlement | None:
        agreement = self.agreement(entity)
        if agreement is None:
            return None
        try:
            return core.entitlement(Facts(self.today, contracts=contracts, job=job), agreement, self.today)
        except core.NoValueInForce:
            return None


def _clipped(contracts: tuple[ContractFacts, ...], first: date, last: date) -> tuple[ContractFacts, ...]:
    """Contracts as far as they lie in the period: people hired in other years then look alike."""
    return tuple(
        replace(one, start=max(one.start, first), end=one.end if one.end and one.end < last else None)
        for one in contracts
        if one.start <= last and (one.end is None or one.end >= first)
    )


def _sums_by_agreement(people: Collection[tuple[int, int, bool]], engine: _Engine, today: date) -> dict[int, tuple]:
    """(done, booked, pending) of people given with their entity and whether days are due. Two queries an entity.

    Where none are due, those of the civil year."""
    by_entity: dict[tuple[int, bool], list[int]] = {}
    for person, entity, is_due in people:
        by_entity.setdefault((entity, is_due), []).append(person)
    sums: dict[int, tuple] = {}
    civil = date(today.year, 1, 1), date(today.year, 12, 31)
    for (entity, is_due), members in by_entity.items():
        whole = is_due and half_is_whole(engine.agreement(entity))
        sums |= _sums(members, engine.periods[entity] if is_due else civil, today, halves_count_whole=whole)
    return sums


_KINDS = ("done", "booked", "pending")


def _sums(people: Collection[int], period: tuple[date, date], today: date, *, halves_count_whole: bool) -> dict:
    """(done, booked, pending) in days by person. One query."""
    rows = Booking.objects.filter(person__in=people, day__range=period, state__in=ACTIVE).order_by()
    past, granted = Q(day__lt=today), Q(state=State.APPROVED)
    kinds = {"done": granted & past, "booked": granted & ~past, "pending": ~granted}
    if halves_count_whole:
        sums = {name: Count("day", filter=kind, distinct=True) for name, kind in kinds.items()}
        scale = 1
    else:
        weight = Case(When(part=Part.FULL, then=Value(2)), default=Value(1))
        sums = {name: Sum(weight, filter=kind, default=0) for name, kind in kinds.items()}
        scale = 2
    found = rows.values("person_id").annotate(**sums).values_list("person_id", *_KINDS)
    return {person: tuple(Decimal(count) / scale for count in counts) for person, *counts in found}
