"""Who plans for whom, and one transaction for a plan and its effect."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from people import access, clock, imports
from people.imports import Plan
from people.models import Entity, Person
from telework import services
from telework.services import Recheck

OPERATION = "edit_roster"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who plans, for whom, and when it is."""

    actor: Person
    people: QuerySet[Person]
    today: date

    @classmethod
    def of(cls, actor: Person) -> "Desk":
        """404 for those who plan for nobody."""
        if not access.entities_for(actor, OPERATION).exists():
            raise Http404
        return cls(actor, access.people_for(actor, OPERATION), access.today_of(actor))

    @contextmanager
    def transaction(self, *, write: bool):
        """One change of rosters in these entities at a time; without ``write`` all of it is taken back."""
        with transaction.atomic():
            held = Entity.objects.filter(pk__in=access.entities_for(self.actor, OPERATION).values("pk"))
            list(held.order_by("pk").select_for_update(no_key=True).values_list("pk"))
            yield
            if not write:
                transaction.set_rollback(True)

    def rechecked(self, people, first: date, last: date, *, write: bool, posts: bool):
        span = {"first": first, "last": last, "today": self.today}
        return services.rechecked(people=people, **span, actor=self.actor, now=clock.now(), told=write, posts=posts)


def carry_out(
    desk: Desk, make: Callable[[], Plan], *, write: bool, seen: str, before: Callable[[Plan], None] | None = None
) -> tuple[Plan, Recheck]:
    """Plan afresh, apply, recheck telework; taken back unless ``write``. A plan with faults does nothing."""
    with desk.transaction(write=write):
        plan = make()
        if plan.faults or not plan.changes:
            return plan, Recheck()
        with desk.rechecked(list(plan.people.values()), *plan.days, write=write, posts=plan.what == "shifts") as report:
            if before:
                before(plan)
            imports.apply_plan(plan, by=desk.actor, now=clock.now(), seen=seen if write else None)
    return plan, report
