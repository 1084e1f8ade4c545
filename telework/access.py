"""The only door to bookings and series. What one may not know of is not found, exactly like what does not exist."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from people.access import NO_ENTITY, NO_TEAM, NOBODY, entities_for, is_manager, may, people_for, roles_of, teams_for
from people.models import Person, Place, Role
from policies.access import WRITE as WRITE_AGREEMENT
from policies.models import PersonalTerm, Requirement
from telework.models import Booking, LabRun, Series
from telework.selectors import bookings_shown, series_shown


def booking_for(actor: Person, uid: UUID | str, operation: str) -> Booking:
    """The booking called ``uid`` if ``actor`` may do ``operation`` on its person; else 404."""
    found = bookings_shown().filter(uid=_uid(uid)).first()
    if not may(actor, operation, found.person if found else NOBODY) or found is None:
        raise Http404
    return found


def bookings_for(actor: Person, uids: Iterable[UUID | str], operation: str) -> list[Booking]:
    """The bookings called ``uids``, in that order; 404 if one of them is not ``actor``'s to do ``operation`` on."""
    wanted = [_uid(uid) for uid in dict.fromkeys(uids)]
    known = bookings_shown().filter(uid__in=wanted, person__in=people_for(actor, operation))
    found = {booking.uid: booking for booking in known}
    if len(found) != len(wanted):
        raise Http404
    return [found[uid] for uid in wanted]


def bookings_visible_to(actor: Person) -> QuerySet[Booking]:
    """All bookings of people whose days ``actor`` may see."""
    return bookings_shown().filter(person__in=people_for(actor, "view_year"))


def series_for(actor: Person, uid: UUID | str, operation: str) -> Series:
    """The series called ``uid`` if ``actor`` may do ``operation`` on its person; else 404."""
    found = series_shown().filter(uid=_uid(uid)).first()
    if not may(actor, operation, found.person if found else NOBODY) or found is None:
        raise Http404
    return found


def requirement_for(actor: Person, uid: UUID | str, operation: str) -> Requirement:
    """The requirement called ``uid`` if ``actor`` may do ``operation`` on its team, else on its entity; else 404."""
    named = Requirement.objects.select_related("entity", "site", "team__site", "team__entity", "skill")
    found = named.filter(uid=_uid(uid)).first()
    if not may(actor, operation, (found.team or found.entity) if found else NO_TEAM) or found is None:
        raise Http404
    return found


def requirements_for(actor: Person, operation: str) -> QuerySet[Requirement]:
    """Every requirement of a team, or of an entity as a whole, on which ``actor`` may do ``operation``, by name."""
    teams, entities = teams_for(actor, operation).order_by(), entities_for(actor, operation).order_by()
    own = Q(team__in=teams.values("pk")) | Q(team=None, entity__in=entities.values("pk"))
    named = Requirement.objects.filter(own).select_related("entity", "site", "team__site", "team__entity", "skill")
    return named.order_by("name_fr", "pk")


def people_with_balances(actor: Person, today: date) -> QuerySet[Person]:
    """Everybody whose balance ``actor`` may see; not found for those who may see nobody's but their own."""
    if not is_manager(actor, today) and Role.HR not in roles_of(actor):
        raise Http404
    return people_for(actor, "view_balances")


def run_for(actor: Person | None, uid: UUID | str) -> LabRun:
    """The run called ``uid``, if ``actor`` may write the agreements of its entity; else not found."""
    rows = LabRun.objects.select_related("version__agreement__entity", "entity", "asked_by").filter(uid=_uid(uid))
    run = rows.defer("text", "partial", "refused").first()
    if not may(actor, WRITE_AGREEMENT, run.entity if run else NO_ENTITY) or run is None:
        raise Http404
    return run


def term_for(actor: Person, uid: UUID | str, operation: str) -> PersonalTerm:
    """What was decided of a person, called ``uid``, if ``actor`` may do ``operation`` on them; else not found."""
    found = PersonalTerm.objects.select_related("person__site", "person__entity").filter(uid=_uid(uid)).first()
    if not may(actor, operation, found.person if found else NOBODY) or found is None:
        raise Http404
    return found


def place_for(person: Person, uid: UUID | str) -> Place:
    """One of the person's own places; else 404."""
    found = Place.objects.filter(person=person, uid=_uid(uid)).first()
    if found is None:
        raise Http404
    return found


def _uid(uid: UUID | str) -> UUID:
    try:
        return uid if isinstance(uid, UUID) else UUID(str(uid))
    except ValueError as error:
        raise Http404 from error
