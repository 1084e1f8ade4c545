"""Teams: in one from a day on, at its head, out of it."""

from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from people import access, services
from people.errors import BadFact
from people.models import MembershipRole, Team
from people.views import sheets
from people.views.sheets import Field
from telework.staff.services import ONE_DAY
from telework.staff.told import no_manager

from .base import Act


class JoinTeam(Act):
    title = gettext_lazy("Put in a team")
    button = gettext_lazy("See what it changes")
    MOVE = "move"

    @cached_property
    def teams(self) -> list[Team]:
        return list(access.teams_for(self.actor, "edit_teams"))

    def fields(self) -> list[Field]:
        ways = [(self.MOVE, _("member, instead of the present teams")), ("member", _("member, beside other teams"))]
        ways += [("manager", _("manager of the team")), ("deputy", _("deputy of the manager"))]
        return [
            Field("team", _("Team"), "select", choices=[("", _("Choose")), *sheets.options(self.teams)]),
            Field("role", pgettext("team", "As"), "select", choices=ways),
            Field("first_day", _("From"), "date"),
        ]

    def initial(self) -> dict[str, str]:
        return {"first_day": self.today.isoformat(), "role": self.MOVE, "team": self.about}

    def carry_out(self, form, *, version, write):
        team = sheets.chosen(form, self.fields()[0], self.teams)
        first = self.day(form, "first_day")

        def change():
            if form["role"] == self.MOVE:
                services.move_team(self.person, team, first_day=first, **self.by)
            else:
                services.join_team(self.person, team, first_day=first, role=form["role"], **self.by)

        return self.make(change, first, write=write)


class LeaveTeam(Act):
    title = gettext_lazy("End a place in a team")
    button = gettext_lazy("See what it changes")

    @cached_property
    def memberships(self):
        open_ones = self.person.memberships.filter(Q(last_day=None) | Q(last_day__gte=self.today))
        return list(open_ones.select_related("team", "person").order_by("team__name", "role"))

    def fields(self) -> list[Field]:
        labels = dict(MembershipRole.choices)
        choices = [(_key(row), f"{row.team.name} – {labels[row.role]}") for row in self.memberships]
        return [
            Field("place", _("Which"), "select", choices=[("", _("Choose")), *choices]),
            Field("last_day", _("Last day"), "date"),
        ]

    def initial(self) -> dict[str, str]:
        return {"place": self.about, "last_day": self.today.isoformat()}

    def _meant(self, form):
        found = next((row for row in self.memberships if _key(row) == form["place"]), None)
        if found is None:
            raise BadFact("place", form["place"], _("Nothing is chosen. Choose which place in a team ends."))
        return found

    def carry_out(self, form, *, version, write):
        held, last = self._meant(form), self.day(form, "last_day")
        change = lambda: services.end_membership(held, last_day=last, **self.by)  # noqa: E731
        return self.make(change, last + ONE_DAY, write=write)

    def warnings(self, form):
        held, last = self._meant(form), self.day(form, "last_day")
        if held.role != MembershipRole.MANAGER:
            return []
        others = Team.objects.get(pk=held.team_id).memberships.exclude(pk=held.pk)
        others = others.filter(Q(last_day=None) | Q(last_day__gt=last), role=MembershipRole.MANAGER)
        return [] if others.exists() else [no_manager(held.team)]


def _key(row) -> str:
    return f"{row.team.uid}:{row.role}:{row.first_day}"
