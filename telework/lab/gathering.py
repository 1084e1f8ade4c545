"""The people of a run and what they asked for: rows → facts and requests, in a constant number of queries a chunk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Contract, Membership, MembershipRole, Person, Place
from people.rows import as_text, raw_rows, read_date, read_instant
from policies.core import Facts
from policies.core.document import Agreement
from policies.core.facts import Part, PlaceFacts, Purpose, Request
from policies.core.replay import Asked
from policies.core.situation import contract_on
from policies.models import AgreementVersion, VersionState
from policies.selectors import Timeline, families_of, parents_of_entities
from telework.facts import asked_between, facts_of_many, place_facts
from telework.models import ACTIVE, Booking

BANDS = (100, 80, 50, 0)  # of the contract rate, from so many percent on
PARTS = {part.value: part for part in Part}


@dataclass(frozen=True, slots=True)
class Subject:
    """One person: what is known of them, what they asked for in the order of asking, and the groups they are in."""

    facts: Facts
    asked: tuple[Asked, ...]
    groups: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Always:
    """The same agreement on every day, as a timeline of one version."""

    agreement: Agreement
    days: Sequence[date] = ()

    def on(self, day: date) -> Agreement:
        return self.agreement


def people_under(entity: int, first: date, last: date) -> QuerySet[Person]:
    """Everybody with a contract in a period whose agreement is that of the entity (primary key)."""
    contracts = Contract.objects.filter(Q(end=None) | Q(end__gte=first), person=OuterRef("pk"), start__lte=last)
    return Person.objects.filter(Exists(contracts), entity__in=_entities_under(entity)).order_by("pk")


def _entities_under(entity: int) -> list[int]:
    """The entity and those below it that have no agreement of their own in force."""
    parents = parents_of_entities()
    own = set(
        AgreementVersion.objects.filter(state=VersionState.IN_FORCE).values_list("agreement__entity", flat=True)
    ) | {entity}

    def holder(pk: int | None) -> int | None:
        while pk is not None and pk not in own:
            pk = parents[pk]
        return pk

    return [pk for pk in families_of([entity])[0][entity] if holder(pk) == entity]


def subjects_of(
    people: Collection[int], timelines: Iterable[Timeline | Always], *, first: date, last: date
) -> list[Subject]:
    """These people (primary keys) with their facts over the period as the rows are now."""
    rows = list(Person.objects.filter(pk__in=people).select_related("site", "entity").order_by("pk"))
    asked = asked_between(timelines, first, last)
    facts = facts_of_many(rows, today=last, first=first, last=last, **asked)
    teams, requests = _teams(people, last), _requests(rows, first, last)
    found = []
    for person in rows:
        on = _last_day_of_contract(facts[person.pk], first, last)
        groups = ("all", _band(facts[person.pk], on), f"team {teams.get(person.pk, '')}")
        found.append(Subject(facts[person.pk], tuple(requests.get(person.pk, ())), groups, on))
    return found


def _last_day_of_contract(facts: Facts, first: date, last: date) -> date:
    """The day on which the two entitlements are compared: the last of the period that the person has a contract."""
    ends = [min(c.end or last, last) for c in facts.contracts if c.start <= last and (c.end or last) >= first]
    return max(ends, default=last)


def _band(facts: Facts, on: date) -> str:
    contract = contract_on(facts, on)
    rate = contract.rate if contract else 0
    return f"rate {next(band for band in BANDS if rate >= band)}"


def _teams(people: Collection[int], day: date) -> dict[int, int]:
    """The team of each person on a day, by primary key: that with the first name where there are several."""
    in_force = Q(first_day__lte=day) & (Q(last_day=None) | Q(last_day__gte=day))
    rows = Membership.objects.filter(in_force, person__in=people, role=MembershipRole.MEMBER)
    teams: dict[int, int] = {}
    for person, team in rows.order_by("team__name", "team").values_list("person", "team"):
        teams.setdefault(person, team)
    return teams


def _requests(people: Collection[Person], first: date, last: date) -> dict[int, list[Asked]]:
    """What each person (primary key) asked for and holds, in the order of asking. Two queries."""
    zones = {person.pk: ZoneInfo(person.site.zone) for person in people}
    held = Booking.objects.filter(person__in=zones, day__range=(first, last), state__in=ACTIVE)
    columns = ("pk", "person_id", as_text("day"), "part", "form", "correction", as_text("requested_at"), "place_id")
    rows = raw_rows(held.order_by("person", "requested_at", "day", "pk").values_list(*columns))
    places = _places({row[7] for row in rows if row[7]})
    found: dict[int, list[Asked]] = defaultdict(list)
    for pk, person, day, part, form, correction, instant, place in rows:
        purpose = Purpose.CORRECTION if correction else Purpose.PLANNING
        request = Request(read_date(day), PARTS[part], purpose, form, places.get(place))
        found[person].append(Asked(request, _local_day(instant, zones[person]), pk))
    return found


@lru_cache(maxsize=32768)
def _local_day(instant: str, zone: ZoneInfo) -> date:
    return read_instant(instant).astimezone(zone).date()


def _places(places: Collection[int]) -> dict[int, PlaceFacts]:
    return {place.pk: place_facts(place) for place in Place.objects.filter(pk__in=places)} if places else {}
