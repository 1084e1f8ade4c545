"""Skills, which requirements count."""

from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import services
from people.errors import BadFact
from people.models import Skill
from people.views.sheets import Field
from telework.staff.services import ONE_DAY

from .base import Act


class GiveSkill(Act):
    title = gettext_lazy("Note a skill")
    button = gettext_lazy("See what it changes")

    def fields(self) -> list[Field]:
        known = [(skill.code, skill.name) for skill in Skill.objects.order_by("name")]
        return [
            Field("skill", _("Skill"), "select", choices=[("", _("Choose")), *known]),
            Field("first_day", _("From"), "date"),
        ]

    def initial(self) -> dict[str, str]:
        return {"first_day": self.today.isoformat()}

    def carry_out(self, form, *, version, write):
        skill, first = Skill.objects.filter(code=form["skill"]).first(), self.day(form, "first_day")
        if skill is None:
            raise BadFact("skill", form["skill"], _("Nothing is chosen. Choose a skill."))
        change = lambda: services.give_skill(self.person, skill, first_day=first, **self.by)  # noqa: E731
        return self.make(change, first, write=write)


class EndSkill(Act):
    title = gettext_lazy("End a skill")
    button = gettext_lazy("See what it changes")

    @cached_property
    def held(self):
        open_ones = self.person.skills.filter(Q(last_day=None) | Q(last_day__gte=self.today))
        return list(open_ones.select_related("skill", "person").order_by("skill__name"))

    def fields(self) -> list[Field]:
        choices = [(f"{row.skill.code}:{row.first_day}", row.skill.name) for row in self.held]
        return [
            Field("skill", _("Skill"), "select", choices=[("", _("Choose")), *choices]),
            Field("last_day", _("Last day"), "date"),
        ]

    def initial(self) -> dict[str, str]:
        return {"skill": self.about, "last_day": self.today.isoformat()}

    def carry_out(self, form, *, version, write):
        found = next((row for row in self.held if f"{row.skill.code}:{row.first_day}" == form["skill"]), None)
        if found is None:
            raise BadFact("skill", form["skill"], _("Nothing is chosen. Choose a skill."))
        last = self.day(form, "last_day")
        change = lambda: services.end_skill(found, last_day=last, **self.by)  # noqa: E731
        return self.make(change, last + ONE_DAY, write=write)
