"""One change of one person, as a form that is looked at before it is written."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from people.errors import BadFact
from people.models import Person
from people.views.fields import date_field
from people.views.sheets import Field
from telework.staff.services import Effect, carry_out


@dataclass
class Act(ABC):
    """One change of one person, as a form. ``about`` names the row that is changed, "" for none."""

    person: Person
    actor: Person
    today: date
    now: datetime
    about: str = ""

    title = button = ""
    explained = ""
    writes_at_once = False

    @abstractmethod
    def fields(self) -> list[Field]:
        """What is asked."""

    def initial(self) -> dict[str, str]:
        return {}

    @property
    def version(self) -> str:
        """What was read, to be held against what is there when it is written."""
        return ""

    @abstractmethod
    def carry_out(self, form: dict[str, str], *, version: str, write: bool) -> Effect:
        """Make the change; ``BadFact`` or ``Stale`` for one that cannot be made."""

    def warnings(self, form: dict[str, str]) -> list[str]:
        """What is possible, and worth a second look. Asked while the change stands."""
        return []

    def done(self) -> str:
        return _("It is written. Those concerned are told.")

    def make(self, change, first: date, *, write: bool) -> Effect:
        edge = {"actor": self.actor, "now": self.now, "today": self.today}
        return carry_out(self.person, change, first=first, **edge, write=write)

    @property
    def by(self) -> dict[str, object]:
        return {"by": self.actor, "now": self.now}

    def day(self, form: dict[str, str], name: str, *, needed: bool = True) -> date | None:
        found = date_field(form, name)
        if found is None and needed:
            raise BadFact(name, "", _("The day is missing. Give it."))
        return found
