"""What the pages of rosters share: whose desk it is, and what is shown of a plan and its effect."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import access, imports
from people.imports import Plan
from people.models import OnCall, Shift
from telework.models import Booking
from telework.rosters.desk import Desk
from telework.rosters.rests import told_rest
from telework.services import Recheck
from telework.services.rechecking import PLANS, said_of, told
from telework.wording import language

MOST_SHOWN = 200


def desk_of(request: HttpRequest) -> Desk:
    """The desk of the person signed in; not found for those who plan for nobody."""
    return Desk.of(access.actor(request))


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
