"""The facts beyond the plain ones, for all people at once: what was decided of them, and what the agreements look at.

Each of the latter is read only where an agreement concerned has a clause that looks at it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from people.models import Membership, MembershipRole, Person
from policies.core import needs as asked
from policies.core.facts import WHOLE_DAY
from policies.core.needs import Needs, Quota
from policies.selectors.charters import settings_of
from policies.selectors.terms import carriers_of
from telework.models import ACTIVE, Booking
from telework.terms_facts import decided_of
from telework.working import Work, booked_halves, workdays_of_many

More = dict[int, dict[str, object]]
ONE_DAY = timedelta(days=1)


def facts_around(
    people: Collection[Person], needs: Needs, work: Work, booked: Mapping[int, Mapping[date, int]], *, today: date
) -> More:
    """Values for ``Facts`` by primary key of the person; the number of queries depends on ``needs`` alone."""
    decided = decided_of(people, work.first, work.last) if people else {}
    more: More = {person.pk: dict(decided.get(person.pk, ())) for person in people}
    if asked.FORMS in needs:
        _add_forms(more, work)
    if asked.ELSEWHERE in needs:
        _add_countries(more, work)
    if asked.ABSENCES in needs or asked.AWAY in needs:
        _add_absences(more, work)
    if asked.IN_POST in needs:
        for person in people:
            more[person.pk]["in_post_since"] = person.in_post_since
    if asked.SETTINGS in needs:
        for person, fixed in settings_of(people, today).items():
            more[person]["settings"] = fixed
    if asked.UNITS in needs:
        _add_units(more, today)
    if asked.UNIT_SIZES in needs:
        _add_unit_sizes(more, today)
    if asked.COLLECTIVE in needs:
        _add_collective(more, people, needs.quotas, today)
    if asked.TEAM_DAYS in needs:
        _add_team_days(more, work, today)
    return more


def _held(people: Collection[int], first: date, last: date) -> QuerySet[Booking]:
    return Booking.objects.filter(person__in=people, day__range=(first, last), state__in=ACTIVE).order_by()


def _add_forms(more: More, work: Work) -> None:
    rows = _held(work.pks, work.first, work.last).exclude(form="")
    for person, day, form in rows.values_list("person_id", "day", "form"):
        more[person].setdefault("forms", {})[day] = form


def _add_countries(more: More, work: Work) -> None:
    rows = _held(work.pks, work.first, work.last).exclude(place=None).exclude(place__country="")
    for person, day, country in rows.values_list("person_id", "day", "place__country"):
        more[person].setdefault("elsewhere", {})[day] = country


def _add_absences(more: More, work: Work) -> None:
    """The code of each day of absence; days are drawn to the dates gathered."""
    for person, spans in work.kinds.items():
        codes = more[person].setdefault("absence_codes", {})
        for first, last, code in spans:
            day = max(first, work.first)
            while day <= min(last, work.last):
                codes[day] = code
                day += ONE_DAY


def _add_units(more: More, today: date) -> None:
    """The codes of a person's entity and of the teams they are in."""
    for pk, slug in Person.objects.filter(pk__in=more).order_by().values_list("pk", "entity__slug"):
        more[pk]["units"] = (slug,)
    for person, codes in _memberships(more, today).values_list("person_id", "team__codes"):
        more[person]["units"] = tuple(dict.fromkeys((*more[person].get("units", ()), *codes)))


def _memberships(people: Collection[int], today: date) -> QuerySet[Membership]:
    in_force = Q(first_day__lte=today) & (Q(last_day=None) | Q(last_day__gte=today))
    rows = Membership.objects.filter(in_force, person__in=list(people), role=MembershipRole.MEMBER)
    return rows.order_by("team_id")


def teams_of(people: Collection[int], today: date) -> dict[int, int]:
    """The team of each person today: the one that was there first where there are several. One query."""
    teams: dict[int, int] = {}
    for person, team in _memberships(people, today).values_list("person_id", "team_id"):
        teams.setdefault(person, team)
    return teams


def _add_unit_sizes(more: More, today: date) -> None:
    """Heads of the person's team from each date on which they changed."""
    teams = teams_of(more, today)
    changes: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    rows = Membership.objects.filter(team__in=set(teams.values()), role=MembershipRole.MEMBER).order_by()
    for team, first, last in rows.values_list("team_id", "first_day", "last_day"):
        changes[team][first] += 1
        if last is not None and last < date.max:
            changes[team][last + ONE_DAY] -= 1
    sizes = {team: tuple(_added_up(steps)) for team, steps in changes.items()}
    for person, team in teams.items():
        more[person]["unit_sizes"] = sizes.get(team, ())


def _added_up(steps: Mapping[date, int]) -> Iterator[tuple[date, int]]:
    size = 0
    for day in sorted(steps):
        size += steps[day]
        yield day, size


def _add_collective(more: More, people: Collection[Person], quotas: Collection[Quota], today: date) -> None:
    """How many others of the entity each quota counts, and its head count; one counts oneself in when one asks.

    Counted are those who carry the quota's code, else those who telework this year; never those it leaves out.
    """
    entities = {person.pk: person.entity_id for person in people}
    heads = dict(
        Person.objects.filter(_employed(today), entity__in=set(entities.values())).order_by()
        .values("entity_id").annotate(heads=Count("pk", distinct=True)).values_list("entity_id", "heads")
    )  # fmt: skip
    year = Q(day__range=(date(today.year, 1, 1), date(today.year, 12, 31)))
    held = Booking.objects.filter(year, person__entity__in=set(entities.values()), state__in=ACTIVE).order_by()
    working: dict[int, set[int]] = defaultdict(set)
    for entity, person in held.values_list("person__entity_id", "person_id").distinct():
        working[entity].add(person)
    codes = {code for quota in quotas for code in (quota.counted_as, *quota.not_counted) if code}
    carriers = carriers_of(codes, set(entities.values()), today)
    counted = {
        (quota, entity): _counted(quota, entity, working[entity], carriers)
        for quota in quotas
        for entity in set(entities.values())
    }
    for person, entity in entities.items():
        more[person]["collective"] = {
            quota.group: (len(counted[quota, entity] - {person}), heads.get(entity, 0)) for quota in quotas
        }


def _counted(quota: Quota, entity: int, working: set[int], carriers: Mapping[tuple[str, int], set[int]]) -> set[int]:
    """The people of an entity whom a quota counts, as far as their recorded terms tell."""
    counted = carriers.get((quota.counted_as, entity), set()) if quota.counted_as else working
    return counted.difference(*(carriers.get((code, entity), set()) for code in quota.not_counted))


def _employed(day: date) -> Q:
    return Q(contracts__start__lte=day) & (Q(contracts__end=None) | Q(contracts__end__gte=day))


def _add_team_days(more: More, work: Work, today: date) -> None:
    """For each date, how many of the person's team work, and how many of these at a distance."""
    teams = teams_of(more, today)
    rows = Membership.objects.filter(team__in=set(teams.values()), role=MembershipRole.MEMBER).order_by()
    rows = rows.filter(Q(last_day=None) | Q(last_day__gte=work.first), first_day__lte=work.last)
    spans = list(rows.values_list("team_id", "person_id", "first_day", "last_day"))
    mates = Person.objects.filter(pk__in={person for _, person, *_ in spans}).select_related("site")
    days = workdays_of_many(mates, work.first, work.last)
    booked, _pending = booked_halves(list(days), work.first, work.last)
    found: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    for team, person, first, last in spans:
        held, counts = booked.get(person, {}), found[team]
        for day, workday in days[person].items():
            if workday.available and first <= day and (last is None or day <= last):
                due, remote = counts.get(day, (0, 0))
                counts[day] = due + 1, remote + bool(held.get(day, 0) & workday.available & WHOLE_DAY)
    for person, team in teams.items():
        more[person]["team_days"] = found[team]
