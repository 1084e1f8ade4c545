"""The files of people: who is there, contracts, teams, absences, shifts."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import access
from people.exports.kinds import Ask, Kind, Rows, register
from people.models import Absence, Contract, Membership, MembershipRole, Person, Shift
from people.standing import memberships_in_force

AT_ONCE = 2000
PEOPLE, CONTRACTS, PLANNING = "export_people", "export_contracts", "export_planning"
WHO = (
    ("number", _("Staff number")),
    ("last_name", _("Last name")),
    ("first_name", _("First name")),
)
_WHO = ("person__number", "person__last_name", "person__first_name")


def _people(ask: Ask) -> Rows:
    people = ask.people(PEOPLE)
    open_to_me = set(access.people_for(ask.actor, "view_people").values_list("pk", flat=True)) | {ask.actor.pk}
    teams, managers = _teams_and_managers(ask, open_to_me)
    columns = ("pk", "number", "last_name", "first_name", "email", "entity__name", "site__name", "job_title", "job",
               "hired_on")  # fmt: skip

    def rows() -> Iterator[list]:
        for pk, number, last, first, email, entity, site, title, job, hired in people.order_by(
            "last_name", "first_name", "pk"
        ).values_list(*columns):
            own = pk in open_to_me
            yield [number if own else "", last, first, email, entity, site, title, job, hired if own else None,
                   teams.get(pk, ""), managers.get(pk, "")]  # fmt: skip

    return Rows(people.count(), rows(), _keys(people))


def _teams_and_managers(ask: Ask, numbered: set[int]) -> tuple[dict[int, str], dict[int, str]]:
    """By person, the team they have been in longest and its manager, by number, else by address; “teams” tells all.

    One team a person, so that an import reads it back. Two queries.
    """
    in_force = Membership.objects.filter(memberships_in_force(ask.today))
    heads: dict[int, tuple[int, str]] = {}
    leading = in_force.filter(role=MembershipRole.MANAGER).order_by("first_day", "pk")
    for team, person, number, email in leading.values_list("team_id", "person_id", "person__number", "person__email"):
        heads.setdefault(team, (person, (number if person in numbered else "") or email))
    teams, managers = {}, {}
    held = in_force.filter(role=MembershipRole.MEMBER, person__in=ask.people(PEOPLE)).order_by("first_day", "pk")
    for person, team, name in held.values_list("person_id", "team_id", "team__name"):
        if person in teams:
            continue
        teams[person] = name
        head, called = heads.get(team, (None, ""))
        if head != person:
            managers[person] = called
    return teams, managers


def _contracts(ask: Ask) -> Rows:
    held = Contract.objects.filter(person__in=ask.people(CONTRACTS)).order_by(*_BY_NAME, "start")
    columns = (*_WHO, "start", "end", "status", "rate", "pattern__name", "rostered", "trial_end")
    return _rows(held, columns, ask.people(CONTRACTS))


def _memberships(ask: Ask) -> Rows:
    held = Membership.objects.filter(person__in=ask.people(PEOPLE)).order_by(*_BY_NAME, "first_day", "pk")
    if ask.team:
        held = held.filter(team=ask.team)
    columns = (*_WHO, "team__name", "team__entity__name", "role", "first_day", "last_day")
    wide = numbers_known(ask)
    found = _rows(held, ("person_id", *columns), ask.people(PEOPLE))
    return Rows(found.count, _own_numbers(found.values, wide), found.people)


def _absences(ask: Ask) -> Rows:
    """The kind stands only where the actor plans rosters, or is the person: for managers somebody is just away."""
    held = Absence.objects.filter(
        person__in=ask.people(PLANNING), first_day__lte=ask.last, last_day__gte=ask.first
    ).order_by(*_BY_NAME, "first_day", "pk")
    told = set(access.people_for(ask.actor, "edit_roster").values_list("pk", flat=True)) | {ask.actor.pk}
    wide = numbers_known(ask) | told
    columns = ("person_id", *_WHO, "first_day", "last_day", "halves", "start", "end", "kind")
    found = _rows(held, columns, ask.people(PLANNING))

    def rows() -> Iterator[list]:
        for person, number, *values, kind in found.values:
            yield [number if person in wide else "", *values, kind if person in told else ""]

    return Rows(found.count, rows(), found.people)


def _shifts(ask: Ask) -> Rows:
    held = Shift.objects.filter(person__in=ask.people(PLANNING), day__range=(ask.first, ask.last))
    held = held.order_by("day", *_BY_NAME, "start")
    wide = numbers_known(ask) | set(access.people_for(ask.actor, "edit_roster").values_list("pk", flat=True))
    columns = ("person_id", *_WHO, "day", "start", "end", "zone", "site__name", "skill__code")
    found = _rows(held, columns, ask.people(PLANNING))
    return Rows(found.count, _own_numbers(found.values, wide), found.people)


_BY_NAME = ("person__last_name", "person__first_name", "person_id")


def _rows(held: QuerySet, columns, people: QuerySet[Person]) -> Rows:
    return Rows(held.count(), held.values_list(*columns).iterator(chunk_size=AT_ONCE), _keys(people))


def numbers_known(ask: Ask) -> set[int]:
    """Those whose staff number the actor may know: human resources', and one's own."""
    return set(access.people_for(ask.actor, "view_people").values_list("pk", flat=True)) | {ask.actor.pk}


def _own_numbers(rows, wide: set[int]) -> Iterator[list]:
    """Rows that begin with the person, without it; the number left out where it is not the actor's to know."""
    for person, number, *values in rows:
        yield [number if person in wide else "", *values]


def _keys(people: QuerySet[Person]):
    return list(people.order_by().values_list("pk", flat=True))


register(
    Kind(
        "people", _("People"), _("Who is there, where, in which team, and who manages it."),
        (*WHO, ("email", _("Work address")), ("entity", _("Entity")), ("site", _("Site")), ("job_title", _("Post")),
         ("job", _("Activity code")), ("hired_on", _("Hired on")), ("team", _("Team")), ("manager", _("Manager"))),
        PEOPLE, _people,
    ),
    Kind(
        "contracts", _("Contracts"), _("Dates, kind, rate and working days."),
        (*WHO, ("start", _("First day")), ("end", _("Last day")), ("status", _("Kind of contract")),
         ("rate", _("Rate")), ("pattern", _("Working days")), ("rostered", _("By roster")),
         ("trial_end", _("End of the trial"))),
        CONTRACTS, _contracts,
    ),
    Kind(
        "teams", _("Teams"), _("Who is in a team, manages it or stands in, and since when."),
        (*WHO, ("team", _("Team")), ("entity", _("Entity")), ("role", _("Place in the team")),
         ("first_day", _("First day")), ("last_day", _("Last day"))),
        PEOPLE, _memberships,
    ),
    Kind(
        "absences", _("Absences"), _("Days and hours away; the kind only for those who plan."),
        (*WHO, ("first_day", _("First day")), ("last_day", _("Last day")), ("halves", _("Halves")),
         ("start", _("Start")), ("end", pgettext_lazy("time", "End")), ("kind", _("Kind"))),
        PLANNING, _absences, dated=True,
    ),
    Kind(
        "shifts", _("Shifts"), _("Posts by day, with start and end."),
        (*WHO, ("date", _("Date")), ("start", _("Start")), ("end", pgettext_lazy("time", "End")),
         ("zone", _("Time zone")), ("site", _("Site")), ("skill", _("Skill"))),
        PLANNING, _shifts, dated=True,
    ),
)  # fmt: skip
