"""Who is in a team and who leads it, over dates."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Membership, MembershipRole, Person, Team
from people.services.calendars import calendar_changed, lock_person
from people.services.chains import chain_in_a_circle

ONE_DAY = timedelta(days=1)
LEADING = (MembershipRole.MANAGER, MembershipRole.DEPUTY)


@transaction.atomic
def join_team(
    person: Person, team: Team, *, first_day: date, by: Person, now: datetime, role: str = MembershipRole.MEMBER
) -> Membership:
    """Put somebody in a team, or at its head (``role`` manager or deputy), from a day on."""
    lock_person(person)
    if role not in MembershipRole.values:
        sentence = _("“%(value)s” is no place in a team. Choose one of: %(known)s.")
        known = ", ".join(MembershipRole.values)
        raise BadFact("role", role, sentence % {"value": role[:40], "known": known})
    held = _in_force_from(first_day).filter(person=person, team=team, role=role).first()
    if held:
        sentence = _("%(name)s is already there since %(day)s. End that first, or begin after it.")
        told = {"name": person.name, "day": date_format(held.first_day, "DATE_FORMAT")}
        raise BadFact("first_day", first_day, sentence % told)
    membership = Membership.objects.create(person=person, team=team, role=role, first_day=first_day)
    _check_circle(person, team, first_day)
    record(by, "membership.begun", person, now, **_told(membership))
    calendar_changed([person.pk])
    return membership


@transaction.atomic
def move_team(person: Person, team: Team, *, first_day: date, by: Person, now: datetime) -> Membership:
    """Put somebody in another team from a day on; the teams they are a member of by then end the day before."""
    lock_person(person)
    members = _in_force_from(first_day).filter(person=person, role=MembershipRole.MEMBER).exclude(team=team)
    for membership in members.select_related("person", "team"):
        end_membership(membership, last_day=first_day - ONE_DAY, by=by, now=now)
    return join_team(person, team, first_day=first_day, by=by, now=now)


@transaction.atomic
def end_membership(membership: Membership, *, last_day: date, by: Person, now: datetime) -> None:
    """Give a place in a team its last day; one that would not have begun by then is taken away."""
    person = membership.person
    if membership.last_day and membership.last_day < last_day:
        sentence = _("This ends on %(day)s already. Give an earlier day.")
        raise BadFact("last_day", last_day, sentence % {"day": date_format(membership.last_day, "DATE_FORMAT")})
    told = _told(membership) | {"last": last_day.isoformat()}
    if last_day < membership.first_day:
        membership.delete()
    else:
        membership.last_day = last_day
        membership.save(update_fields=["last_day"])
    record(by, "membership.ended", person, now, **told)
    calendar_changed([person.pk])


def without_manager(team: Team, day: date) -> bool:
    """Whether nobody manages a team on a day. One query."""
    return not _in_force_from(day).filter(team=team, role=MembershipRole.MANAGER, first_day__lte=day).exists()


def _check_circle(person: Person, team: Team, day: date) -> None:
    """``BadFact`` where a manager would be led by those they lead: A by B, and B by A. One query."""
    members, managers, heads = defaultdict(set), defaultdict(set), defaultdict(set)
    names: dict[int, str] = {}
    rows = _in_force_from(day).select_related("person").only("team", "role", "person__first_name", "person__last_name")
    for row in rows:
        names[row.person_id] = row.person.name
        by_role = members if row.role == MembershipRole.MEMBER else heads
        by_role[row.team_id].add(row.person_id)
        if row.role == MembershipRole.MANAGER:
            managers[row.team_id].add(row.person_id)
    leaders = defaultdict(set)
    for led, held in members.items():
        for pk in held - heads[led]:  # those at the head of a team are not led in it
            leaders[pk] |= managers[led]
    changed = {person.pk} | (members[team.pk] - heads[team.pk])
    for start in sorted(changed):
        if way := chain_in_a_circle(leaders, start):
            sentence = _("%(way)s: that would be a circle. Somebody else must lead one of these teams.")
            raise BadFact("role", "", sentence % {"way": " → ".join(names[pk] for pk in way)})


def _in_force_from(day: date):
    """What holds on a day or later."""
    return Membership.objects.filter(Q(last_day=None) | Q(last_day__gte=day))


def _told(membership: Membership) -> dict[str, str]:
    return {
        "team": str(membership.team.uid),
        "role": str(membership.role),
        "first": membership.first_day.isoformat(),
    }
