"""Balances of many people: entitlement by the engine, once a shape of contract; bookings summed by the database."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When

from people.models import Contract, Membership, MembershipRole, Person
from policies import core
from policies.core.facts import ContractFacts, Facts, Part
from policies.core.situation import half_is_whole
from policies.selectors import agreement_for
from telework.boards import in_force
from telework.models import ACTIVE, Booking, State

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A person and their year in days; ``entitlement`` is None where no agreement or no yearly cap tells it."""

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
    rows = list(
        people.order_by("last_name", "first_name", "pk").values_list(
            "pk", "uid", "first_name", "last_name", "job", "entity_id"
        )
    )
    pks = [row[0] for row in rows]
    contracts = _contracts(pks)
    teams = _teams(pks, today)
    engine = _Engine(today)
    found = []
    for pk, uid, first_name, last_name, job, entity in rows:
        held = contracts.get(pk, ())
        now = next((one for one in held if one.start <= today and (one.end is None or today <= one.end)), None)
        if now is None:
            continue
        due = engine.entitlement(entity, job, held)
        name = f"{first_name} {last_name}".strip()
        sort_name = f"{last_name} {first_name}".casefold()
        found.append((pk, entity, (uid, name, sort_name, teams.get(pk, ""), now.rate, due)))
    sums = _sums_by_agreement([(pk, entity) for pk, entity, values in found if values[-1]], engine, today)
    return [BalanceRow(*values, *sums.get(pk, ())) for pk, _entity, values in found]


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


def _sums_by_agreement(people: Collection[tuple[int, int]], engine: _Engine, today: date) -> dict[int, tuple]:
    """(done, booked, pending) of people given with their entity. One query an entity."""
    by_entity: dict[int, list[int]] = {}
    for person, entity in people:
        by_entity.setdefault(entity, []).append(person)
    sums: dict[int, tuple] = {}
    for entity, members in by_entity.items():
        whole = half_is_whole(engine.agreement(entity))
        sums |= _sums(members, engine.periods[entity], today, halves_count_whole=whole)
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
