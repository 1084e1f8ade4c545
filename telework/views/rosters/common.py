"""What the three pages share: who may, one transaction for the plan and its effect, and what is shown of it."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import access, clock, imports
from people.imports import Plan
from people.models import Entity, OnCall, Person, Shift
from telework import services
from telework.models import Booking
from telework.services import Recheck
from telework.services.rechecking import PLANS, said_of, told
from telework.views.rosters.rests import told_rest
from telework.wording import language

OPERATION = "edit_roster"
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """Who plans, for whom, and when it is."""

    actor: Person
    people: QuerySet[Person]
    today: date

    @classmethod
    def of(cls, request: HttpRequest) -> "Desk":
        """404 for those who plan for nobody."""
        actor = access.actor(request)
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


def shown(plan: Plan, report: Recheck) -> dict[str, object]:
    """A plan and what it does, for a template."""
    changes = [("+", number, row) for number, row in plan.added] + [("-", 0, row) for row in plan.removed]
    changes.sort(key=lambda change: (change[2].person.name, _first_day(change[2])))
    return {
        "plan": plan,
        "changes": [_change(*change) for change in changes[:MOST_SHOWN]],
        "more": max(0, len(changes) - MOST_SHOWN),
        "days": plan.days,
        **effect(report),
    }


def effect(report: Recheck) -> dict[str, object]:
    """New gaps in words, rest that becomes too short, and the telework concerned."""
    lang = language()
    gaps = [told(need, gap) for need, gap in report.gaps[:MOST_SHOWN]]
    return {
        "gaps": [
            {"day": date.fromisoformat((gap["start"] or gap["day"])[:10]), "name": gap["name"][lang],
             "said": gap[f"said_{lang}"]} for gap in gaps
        ],
        "gap_count": len(report.gaps),
        "rests": [told_rest(short) for short in report.rests[:MOST_SHOWN]],
        "concerned": [(booking, _against(report, booking, lang)) for booking in report.concerned[:MOST_SHOWN]],
    }  # fmt: skip


def _against(report: Recheck, booking: Booking, lang: str) -> list[str]:
    """What rules of the agreement newly have against a booking, as planners read it."""
    return [said_of(one, PLANS, lang) for one in report.ruled if one.booking.pk == booking.pk]


def hours(shift: Shift | OnCall) -> str:
    """22:00–06:00 by the clock of the shift."""
    zone = ZoneInfo(shift.zone)
    return f"{shift.start.astimezone(zone):%H:%M}–{shift.end.astimezone(zone):%H:%M}"


def _first_day(row) -> date:
    return imports.days_of(row)[0]


def _change(sign: str, number: int, row) -> dict[str, object]:
    found = {"added": sign == "+", "line": number, "name": row.person.name, "day": _first_day(row)}
    if isinstance(row, Shift):
        return found | {"hours": _with_breaks(row), "site": row.site.name}
    first, last = imports.days_of(row)
    last = last if last != first else None
    if isinstance(row, OnCall):
        return found | {"last": last, "hours": _("on call %(hours)s") % {"hours": hours(row)}, "site": row.site.name}
    return found | {"last": last, "hours": "", "site": ""}


def _with_breaks(shift: Shift) -> str:
    """06:00–14:00, break 10:00–10:15."""
    if not shift.breaks:
        return hours(shift)
    zone = ZoneInfo(shift.zone)
    spans = [[(shift.start + timedelta(minutes=edge)).astimezone(zone) for edge in span] for span in shift.breaks]
    told = ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in spans)
    sentence = ngettext("%(hours)s, break %(breaks)s", "%(hours)s, breaks %(breaks)s", len(spans))
    return sentence % {"hours": hours(shift), "breaks": told}
