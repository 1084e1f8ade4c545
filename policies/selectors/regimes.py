"""Exceptional days in force: for whom, as facts of people; and whom a population holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from people.models import Contract, Entity, Membership, Person, Site, Team
from people.prepared import prepared
from policies.core.facts import RegimeFacts
from policies.models import Regime, RegimePerson, RegimeTerm
from policies.selectors.requirements import families_of

IN_FORCE = Q(confirmed_at__isnull=False, dismissed_at=None)
ONE_DAY = timedelta(days=1)


class Population(NamedTuple):
    """Whom exceptional days are for: an entity with those below it, drawn closer where more is given."""

    entity: Entity
    site: Site | None = None
    team: Team | None = None
    job: str = ""
    listed: frozenset[int] | None = None  # these people (primary keys) alone


class _Term(NamedTuple):
    regime: int
    first: date
    last: date
    entity: int
    site: int | None
    team: int | None
    job: str
    listed: bool
    cause: str
    off_quota: bool


def regimes_of(people: Collection[Person], first: date, last: date) -> dict[int, tuple[RegimeFacts, ...]]:
    """Exceptional days that touch ``first`` to ``last``, by person (primary key), each with its whole dates.

    One query where none is open; four at most otherwise.
    """
    return {person: tuple(_joined(held)) for person, held in _held(people, first, last).items()}


def regimes_concerning(people: Collection[Person], first: date, last: date) -> set[int]:
    """Primary keys of the exceptional days that hold for one of these people from ``first`` to ``last``."""
    return {term.regime for held in _held(people, first, last).values() for term in held}


def _held(people: Collection[Person], first: date, last: date) -> dict[int, list[_Term]]:
    terms = [_Term(*row) for row in _terms(first, last)]
    if not terms:
        return {}
    above = families_of(())[1]
    listed = _listed({term.regime for term in terms if term.listed})
    stays = _stays({person.pk for person in people}, {term.team for term in terms if term.team})
    found: dict[int, list[_Term]] = {}
    for person in people:
        reach = above.get(person.entity_id, ())
        for term in terms:
            if term.entity in reach and _concerns(term, person, listed):
                cut = _within(term, stays[person.pk, term.team]) if term.team else (term,)
                found.setdefault(person.pk, []).extend(cut)
    return {person: held for person, held in found.items() if held}


@prepared
def _terms(first: date, last: date) -> QuerySet:
    touching = RegimeTerm.objects.filter(IN_FORCE, first_day__lte=last, last_day__gte=first)
    terms = RegimeTerm.objects.filter(IN_FORCE, regime__in=touching.values("regime"))
    scope = ("entity", "site", "team", "job", "listed", "cause", "off_quota")
    return terms.order_by("regime", "first_day").values_list(
        "regime", "first_day", "last_day", *(f"regime__{name}" for name in scope)
    )


def _concerns(term: _Term, person: Person, listed: dict[int, set[int]]) -> bool:
    if term.listed:
        return person.pk in listed[term.regime]
    return (not term.site or term.site == person.site_id) and (not term.job or term.job == person.job)


def _listed(regimes: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    if regimes:
        for regime, person in RegimePerson.objects.filter(regime__in=regimes).values_list("regime", "person"):
            found[regime].add(person)
    return found


def _stays(people: Collection[int], teams: Collection[int]) -> dict[tuple[int, int], list[tuple[date, date | None]]]:
    found: dict[tuple[int, int], list] = defaultdict(list)
    if teams:
        rows = Membership.objects.filter(person__in=people, team__in=teams)
        for person, team, first, last in rows.values_list("person", "team", "first_day", "last_day"):
            found[person, team].append((first, last))
    return found


def _within(term: _Term, stays: Iterable[tuple[date, date | None]]) -> Iterable[_Term]:
    """The term cut to the dates at which somebody is in its team."""
    for first, last in stays:
        begin, end = max(first, term.first), min(last or term.last, term.last)
        if begin <= end:
            yield term._replace(first=begin, last=end)


def _joined(terms: Sequence[_Term]) -> list[RegimeFacts]:
    """Terms of one regime that follow one another are one: its length runs on."""
    found: list[tuple[int, RegimeFacts]] = []
    for term in sorted(terms, key=lambda term: (term.regime, term.first)):
        facts = RegimeFacts(term.cause, term.first, term.last, term.off_quota)
        if found and found[-1][0] == term.regime and term.first <= found[-1][1].last + ONE_DAY:
            before = found.pop()[1]
            facts = RegimeFacts(term.cause, before.first, max(before.last, term.last), term.off_quota)
        found.append((term.regime, facts))
    return [facts for _regime, facts in found]


def people_of(population: Population, first: date, last: date) -> QuerySet[Person]:
    """Everybody of a population under contract on a day from ``first`` to ``last``, by name."""
    working = Contract.objects.filter(Q(end=None) | Q(end__gte=first), start__lte=last)
    below = families_of([population.entity.pk])[0][population.entity.pk]
    found = Person.objects.filter(pk__in=working.values("person"), entity__in=below)
    if population.listed is not None:
        return found.filter(pk__in=population.listed)
    if population.site:
        found = found.filter(site=population.site)
    if population.job:
        found = found.filter(job=population.job)
    if population.team:
        stays = Membership.objects.filter(Q(last_day=None) | Q(last_day__gte=first), first_day__lte=last)
        found = found.filter(pk__in=stays.filter(team=population.team).values("person"))
    return found


def population_of(regime: Regime) -> Population:
    """Whom a regime is for."""
    listed = frozenset(regime.people.values_list("person", flat=True)) if regime.listed else None
    return Population(regime.entity, regime.site, regime.team, regime.job, listed)
