"""The charter of a team in force on a day, and what it fixes for its people."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from people.models import Membership, MembershipRole, Person, Team
from people.standing import memberships_in_force
from policies.models import TeamCharter


def charter_of(team: Team, day: date) -> TeamCharter | None:
    """The charter in force in a team on a day."""
    return TeamCharter.objects.filter(team=team, first_day__lte=day).order_by("-first_day").first()


def charters_of(person: Person, day: date) -> list[TeamCharter]:
    """Those of the teams in which a person works on a day, by the name of the team. Two queries."""
    teams = Membership.objects.filter(memberships_in_force(day), person=person, role=MembershipRole.MEMBER)
    found: dict[int, TeamCharter] = {}
    rows = TeamCharter.objects.filter(team__in=teams.values("team"), first_day__lte=day).select_related("team")
    for charter in rows.order_by("team__name", "team", "first_day"):
        found[charter.team_id] = charter
    return list(found.values())


def settings_of(people: Collection[Person], day: date) -> dict[int, dict[str, Decimal]]:
    """What charters fix for people (by primary key) on a day; of several teams, the first by name fixes a setting.

    One query where no team has a charter; two otherwise.
    """
    charters: dict[int, TeamCharter] = {}
    for charter in TeamCharter.objects.filter(first_day__lte=day).order_by("first_day"):
        charters[charter.team_id] = charter
    if not charters:
        return {}
    rows = Membership.objects.filter(
        memberships_in_force(day), person__in=people, team__in=charters, role=MembershipRole.MEMBER
    )
    found: dict[int, dict[str, Decimal]] = {}
    for person, team in rows.order_by("-team__name", "-team").values_list("person", "team"):
        fixed = {name: Decimal(value) for name, value in charters[team].values.items()}
        found[person] = {**found.get(person, {}), **fixed}
    return found
