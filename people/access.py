"""The only door to a person or a team. What one may not know of is not found, exactly like what does not exist.

``actor`` is the person signed in (None for an account without one). Who may do what stands in ``roles.toml``; here it
is only applied. The actor's own teams and grants are read once and kept on the object for the length of a request.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from people import clock, confirming
from people.models import Account, Entity, Membership, Person, Role, Site, Team
from people.prepared import prepared
from people.roles import DEPUTY, MANAGER, ROLES, Circle, circles
from people.selectors import sites_of
from people.standing import Standing, memberships_in_force, standing_of

Target = Person | Team | Entity
# Asked about in place of what is not there, so that it costs what somebody of another entity costs: nobody reads off
# the time that a uid means something elsewhere.
NOBODY, NO_TEAM, NO_ENTITY = Person(pk=0, entity_id=0), Team(pk=0, entity_id=0), Entity(pk=0)


def actor(request: HttpRequest) -> Person:
    """The person signed in; not found for an account that is nobody's."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise Http404
    return person


def owner_of(request: HttpRequest) -> Person | Account:
    """Whose own data it is about: the person signed in, else the account itself."""
    return getattr(request.user, "person", None) or request.user


def today_of(actor: Person) -> date:
    """Today by the clock of the actor's site."""
    return clock.today(actor.site.zone)


def person_for(actor: Person | None, uid: UUID | str, operation: str, *, day: date | None = None) -> Person:
    """The person called ``uid``, with site, entity and account, if ``actor`` may do ``operation`` on them; else 404."""
    people = Person.objects.select_related("site", "entity", "account")
    return _let_in(actor, people.filter(uid=read_uid(uid)).first() or NOBODY, operation, day)


def team_for(actor: Person | None, uid: UUID | str, operation: str, *, day: date | None = None) -> Team:
    """The team called ``uid``, with site and entity, if ``actor`` may do ``operation`` on it; else 404."""
    teams = Team.objects.select_related("site", "entity")
    return _let_in(actor, teams.filter(uid=read_uid(uid)).first() or NO_TEAM, operation, day)


def may(actor: Person | None, operation: str, target: Target, *, day: date | None = None) -> bool:
    """Whether ``actor`` may do ``operation`` on a person, a team or an entity."""
    if actor is None or not _may(actor, operation, target, day):
        return False
    confirming.ask(operation)
    return True


def _may(actor: Person, operation: str, target: Target, day: date | None) -> bool:
    standing = standing_of(actor, day or today_of(actor))
    allowed = {role: circles(operation, role) for role in ROLES}
    if isinstance(target, Person) and target.pk == actor.pk:
        return any(Circle.OWN in allowed[role] for role in standing.roles)
    teams = _teams_of(target, standing.day) if any(Circle.OWN_TEAM in found for found in allowed.values()) else set()
    entity = target.pk if isinstance(target, Entity) else target.entity_id
    return any(standing.circle(role, entity=entity, teams=teams) in allowed[role] for role in standing.roles)


def may_each(actor: Person, operation: str, people: Collection[Person], *, day: date | None = None) -> bool:
    """Whether ``actor`` may do ``operation`` on every one of these people. One query, besides those on the actor."""
    standing, others = standing_of(actor, day or today_of(actor)), {person.pk: person for person in people}
    allowed = {role: circles(operation, role) for role in standing.roles}
    teams = defaultdict(set)
    for pk, team in _teams_of_many(others.keys() - {actor.pk}, standing.day):
        teams[pk].add(team)

    def circle(role: str, person: Person) -> Circle:
        if person.pk == actor.pk:
            return Circle.OWN
        return standing.circle(role, entity=person.entity_id, teams=teams[person.pk])

    return all(any(circle(role, person) in allowed[role] for role in allowed) for person in others.values())


def people_for(actor: Person | None, operation: str, *, day: date | None = None) -> QuerySet[Person]:
    """Everybody on whom ``actor`` may do ``operation``. One query, besides those on the actor."""
    if actor is None:
        return Person.objects.none()
    standing = standing_of(actor, day or today_of(actor))
    if any(circles(operation, role) for role in standing.roles):
        confirming.ask(operation)
    allowed = Q(pk__in=())
    for role in standing.roles:
        mates = Q(pk__in=_members(standing.teams(role), standing.day))
        allowed |= _in_circles(standing, role, circles(operation, role), mates, Q(pk=actor.pk))
    return Person.objects.filter(allowed)


def teams_for(actor: Person | None, operation: str, *, day: date | None = None) -> QuerySet[Team]:
    """Every team on which ``actor`` may do ``operation``, by name."""
    if actor is None:
        return Team.objects.none()
    standing = standing_of(actor, day or today_of(actor))
    if any(circles(operation, role) for role in standing.roles):
        confirming.ask(operation)
    allowed = Q(pk__in=())
    for role in standing.roles:
        own = Q(pk__in=standing.teams(role))
        allowed |= _in_circles(standing, role, circles(operation, role), own, Q(pk__in=()))
    return Team.objects.filter(allowed).select_related("site", "entity").order_by("name", "pk")


def entities_for(actor: Person | None, operation: str, *, day: date | None = None) -> QuerySet[Entity]:
    """Every entity as a whole on which ``actor`` may do ``operation``, by name."""
    if actor is None:
        return Entity.objects.none()
    standing = standing_of(actor, day or today_of(actor))
    if any(circles(operation, role) for role in standing.roles):
        confirming.ask(operation)
    allowed = Q(pk__in=())
    for role in standing.roles:
        allowed |= _in_circles(standing, role, circles(operation, role), Q(pk__in=()), Q(pk__in=()), entity="pk")
    return Entity.objects.filter(allowed).order_by("name", "pk")


def entities_organised(actor: Person) -> QuerySet[Entity]:
    """The entities that the actor organises; not found for whoever organises none."""
    found = entities_for(actor, "edit_organisation")
    if not found.exists():
        raise Http404
    return found


def sites_organised(actor: Person) -> list[tuple[Site, bool]]:
    """Sites of the actor's entities, and whether nobody of another entity would be touched by a change."""
    reach = entities_organised(actor)
    pks = list(reach.values_list("pk", flat=True))
    strangers = Q(people__isnull=False) & ~Q(people__entity__in=pks)
    others = Site.objects.filter(strangers | Q(teams__isnull=False) & ~Q(teams__entity__in=pks))
    shared = set(others.values_list("pk", flat=True))
    return [(site, site.pk not in shared) for site in sites_of(reach)]


def teams_visible_to(actor: Person | None, *, day: date | None = None) -> QuerySet[Team]:
    """Teams whose month ``actor`` may see."""
    return teams_for(actor, "view_team_month", day=day)


def teams_managed_by(actor: Person | None, day: date) -> QuerySet[Team]:
    """Teams that ``actor`` leads on ``day``, as manager or deputy, by name."""
    pks = standing_of(actor, day).led if actor else ()
    return Team.objects.filter(pk__in=pks).select_related("site", "entity").order_by("name", "pk")


def people_managed_by(actor: Person | None, day: date) -> QuerySet[Person]:
    """Other people of the teams that ``actor`` leads on ``day``."""
    if actor is None:
        return Person.objects.none()
    return Person.objects.filter(pk__in=_members(standing_of(actor, day).led, day)).exclude(pk=actor.pk)


def leaders_of(person: Person, day: date) -> QuerySet[Person]:
    """Managers and deputies in force of the teams of ``person``, themselves left out."""
    teams = _in_force_on(day).filter(person=person).values("team")
    leading = _in_force_on(day).filter(team__in=teams, role__in=(MANAGER, DEPUTY)).values("person")
    return Person.objects.filter(pk__in=leading).exclude(pk=person.pk)


def is_manager(actor: Person | None, day: date | None = None) -> bool:
    """Whether ``actor`` leads a team, as manager or deputy."""
    return actor is not None and bool(standing_of(actor, day or today_of(actor)).led)


def roles_of(actor: Person | None, *, day: date | None = None) -> frozenset[str]:
    """Every role ``actor`` holds somewhere."""
    return standing_of(actor, day or today_of(actor)).roles if actor else frozenset()


def entities_of_role(actor: Person | None, role: Role | str) -> frozenset[int]:
    """Primary keys of the entities on which ``actor`` was granted ``role``, with all those below."""
    return standing_of(actor, today_of(actor)).reach.get(str(role), frozenset()) if actor else frozenset()


def _let_in(actor: Person | None, target, operation: str, day: date | None):
    if not may(actor, operation, target, day=day) or not target.pk:
        raise Http404
    return target


def read_uid(uid: UUID | str) -> UUID:
    try:
        return uid if isinstance(uid, UUID) else UUID(uid)
    except (ValueError, AttributeError, TypeError) as error:
        raise Http404 from error


def _in_circles(
    standing: Standing, role: str, allowed: frozenset[Circle], mates: Q, own: Q, *, entity: str = "entity"
) -> Q:
    inside = Q(**{f"{entity}__in": standing.inside(role)})
    found = {
        Circle.OWN: own,
        Circle.OWN_TEAM: mates & ~own,
        Circle.OTHER_TEAM: inside & ~mates & ~own,
        Circle.OTHER_ENTITY: ~inside & ~mates & ~own,
    }
    return reduce(or_, (found[circle] for circle in allowed), Q(pk__in=()))


def _teams_of(target: Target, day: date) -> set[int]:
    if isinstance(target, Entity):
        return set()
    if isinstance(target, Team):
        return {target.pk}
    return {team for _person, team in _teams_of_many([target.pk], day)}


@prepared
def _teams_of_many(people: Collection[int], day: date) -> QuerySet:
    return _in_force_on(day).filter(person__in=people).values_list("person", "team")


def _in_force_on(day: date) -> QuerySet[Membership]:
    return Membership.objects.filter(memberships_in_force(day))


def _members(teams: frozenset[int], day: date) -> QuerySet:
    return _in_force_on(day).filter(team__in=teams).values("person")
