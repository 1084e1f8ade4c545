"""Who somebody is and where they belong; their last day."""

from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import access, services
from people.models import MembershipRole, Person, Team
from people.services import persons, version_of
from people.views import people as people_pages
from people.views.sheets import Field
from telework.staff.services import leave
from telework.staff.told import no_manager

from .base import Act


class Identity(Act):
    title = gettext_lazy("Who it is, and where")
    button = gettext_lazy("See what it changes")

    @cached_property
    def entities(self):
        return list(access.entities_for(self.actor, people_pages.EDIT))

    def fields(self) -> list[Field]:
        return people_pages.person_fields(self.entities, list(people_pages.sites_of(self.entities)))

    def initial(self) -> dict[str, str]:
        held = {name: getattr(self.person, name) for name in persons.LENGTHS | {"email": 0, "job": 0}}
        hired = self.person.hired_on
        places = {"entity": str(self.person.entity.uid), "site": str(self.person.site.uid)}
        return held | places | {"hired_on": hired.isoformat() if hired else ""}

    @property
    def version(self) -> str:
        return version_of(Person.objects.get(pk=self.person.pk))

    def carry_out(self, form, *, version, write):
        draft = people_pages.read_person(form, self.fields(), self.entities)
        change = lambda: services.change_person(self.person, draft, version=version, **self.by)  # noqa: E731
        return self.make(change, self.today, write=write)


class Leave(Act):
    title = gettext_lazy("A last day")
    button = gettext_lazy("See what it changes")
    explained = gettext_lazy(
        "Contract, teams and skills end on that day. Telework after it is cancelled, and access ends the day after."
    )

    def fields(self) -> list[Field]:
        return [Field("last_day", _("Last day"), "date")]

    def carry_out(self, form, *, version, write):
        edge = {"actor": self.actor, "now": self.now, "today": self.today}
        return leave(self.person, last_day=self.day(form, "last_day"), **edge, write=write)

    def warnings(self, form):
        last = self.day(form, "last_day")
        led = Team.objects.filter(memberships__person=self.person, memberships__role=MembershipRole.MANAGER).distinct()
        return [no_manager(team) for team in led if self._alone(team, last)]

    def _alone(self, team: Team, last: date) -> bool:
        others = team.memberships.exclude(person=self.person).filter(role=MembershipRole.MANAGER)
        return not others.filter(Q(last_day=None) | Q(last_day__gt=last)).exists()
