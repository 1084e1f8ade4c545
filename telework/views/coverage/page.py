"""The coverage page: its heat map, the gaps to come, and one date."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from people import access, clock
from people.models import Person
from policies.models import Requirement
from telework.coverage.choice import Choice, read_choice
from telework.coverage.daylook import read_changes
from telework.coverage.span import KINDS, Span, kind_names, read_span, span_of
from telework.coverage.spread import Heat, Shortage, read_heat
from telework.views.coverage import heat
from telework.views.coverage.curves import gap_lines
from telework.views.coverage.day import day_panel, days_until
from ui.drawing.heat import Head, HeatRow, heat_map, heat_table, signed

MOST_LISTED, MOST_TABLED = 6, 400


@login_required
@require_safe
def coverage_home(request: HttpRequest) -> HttpResponse:
    """The year of today."""
    actor = access.actor(request)
    return _page(request, actor, span_of("year", clock.today(actor.site.zone)))


@login_required
@require_safe
def coverage_period(request: HttpRequest, period: str) -> HttpResponse:
    """/coverage/2026/, 2026-06/, 2026-W24/ or 2026-06-19/, with ?team= ?need= ?day= ?at= and ?if= (several)."""
    return _page(request, access.actor(request), read_span(period))


def _page(request: HttpRequest, actor: Person, span: Span) -> HttpResponse:
    today = clock.today(actor.site.zone)
    choice = read_choice(request.GET, actor, span.first, span.last)
    found = read_heat(choice.chosen, span)
    page = CoveragePage(choice, span, found, today)
    day = page.day(request.GET.get("day"))
    at = page.at(request.GET.get("at"), day)
    changes = read_changes(request.GET.getlist("if"), actor)
    panel = day_panel(choice.chosen, day, at=at, actor=actor, today=today, changes=changes)
    context = {
        "page": page,
        "choice": choice,
        "span": span,
        "day": day,
        "panel": panel,
        "at": at,
        "what_if": bool(changes),
        "back": page.day_url(day, panel.days.need.requirement) if panel else "",
    }
    if span.kind != "day":
        context |= page.drawing(day, panel.days.need.requirement if panel else None)
    return render(request, "telework/coverage.html", context)


# A year fills the page, a week of hours leaves room: its cells are drawn larger.
_SIZES = {"year": "low", "month": "tall", "week": "wide"}


@dataclass(frozen=True, slots=True)
class Item:
    """A gap in the list: two lines, where it leads, and whether it is the one that is open."""

    first: str
    second: str
    href: str
    shortage: Shortage

    @property
    def name(self) -> str:
        return heat.name_of(self.shortage.need.requirement)


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The heat map of a span, as the template prints it."""

    choice: Choice
    span: Span
    found: Heat
    today: date

    def url(self, slug: str, **more: str) -> str:
        query = urlencode(self.choice.query | more)
        return reverse("coverage_period", args=[slug]) + (f"?{query}" if query else "")

    def day_url(self, day: date, need: Requirement | None = None) -> str:
        more = {"at": str(need.uid)} if need else {}
        if self.span.kind == "day" or not self.span.first <= day <= self.span.last:
            return self.url(day.isoformat(), **more)
        return self.url(self.span.slug, day=day.isoformat(), **more) + "#day"

    @property
    def needs(self) -> list[tuple[str, str, bool]]:
        """(uid, name with its place, chosen) of the requirements to choose among."""
        return [
            (str(need.uid), f"{heat.name_of(need)}, {heat.whom_of(need)}", need == self.choice.need)
            for need in self.choice.needs
        ]

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        """(name, address, whether it is this one) of year, month, week and day."""
        around = self.span.holding(self.today) if self.span.kind != "day" else self.span.first
        spans = {kind: span_of(kind, around) for kind in KINDS}
        return [
            (name, self.url(spans[kind].slug), kind == self.span.kind)
            for kind, name in kind_names().items()
            if spans[kind]
        ]

    @property
    def previous(self) -> tuple[str, str] | None:
        return self._link(self.span.previous)

    @property
    def next(self) -> tuple[str, str] | None:
        return self._link(self.span.next)

    def _link(self, span: Span | None) -> tuple[str, str] | None:
        return (self.url(span.slug), span.title) if span else None

    def day(self, text: str | None) -> date:
        """The date shown: the one asked for, else the first gap to come, else today where it is within."""
        if self.span.kind == "day":
            return self.span.first
        if text:
            try:
                asked = date.fromisoformat(text)
            except ValueError as unreadable:
                raise Http404 from unreadable
            if self.span.first <= asked <= self.span.last:
                return asked
            raise Http404
        ahead = next((one.gap.day for one in self.found.gaps if one.gap.day >= self.today), None)
        return ahead or self.span.holding(self.today)

    def at(self, uid: str | None, day: date) -> Requirement | None:
        """The requirement asked about: by address, else the first one with a gap on the date."""
        if uid:
            found = next((need for need in self.choice.chosen if str(need.uid) == uid), None)
            if found is None:
                raise Http404
            return found
        return next((one.need.requirement for one in self.found.gaps if one.gap.day == day), None)

    @property
    def ahead(self) -> list[Shortage]:
        return [one for one in self.found.gaps if one.gap.day >= self.today]

    @property
    def items(self) -> list[Item]:
        listed = self.found.gaps if self.span.last < self.today else self.ahead
        return [self._item(one) for one in listed[:MOST_LISTED]]

    @property
    def all_items(self) -> list[Item]:
        return [self._item(one) for one in self.found.gaps[:MOST_TABLED]]

    def _item(self, one: Shortage) -> Item:
        return Item(*gap_lines(one.gap, one.need), self.day_url(one.gap.day, one.need.requirement), one)

    @property
    def headline(self) -> str:
        """How many gaps are to come: the sentence of the heat map."""
        if self.found.gaps and self.span.last < self.today:
            return self.past.rstrip(".")
        return heat.count_of_gaps(self.ahead) if self.ahead else _("No gap to come")

    @property
    def note(self) -> str:
        if self.found.gaps and self.span.last < self.today:
            return ""
        if not self.ahead:
            return _("Every requirement holds. No booking is ever cancelled without you.")
        return _("The next one is %(when)s. No booking is ever cancelled without you.") % {
            "when": days_until(self.ahead[0].gap.day, self.today)
        }

    @property
    def past(self) -> str:
        count = len(self.found.gaps) - len(self.ahead)
        return ngettext("%(count)s gap is past.", "%(count)s gaps are past.", count) % {"count": count} if count else ""

    @property
    def whom(self) -> str:
        """Whose coverage: "Plateau Auto, Niort · all requirements"."""
        team, need = self.choice.team, self.choice.need
        place = f"{team.name}, {team.site.name}" if team and team.site.name not in team.name else team and team.name
        return " · ".join((place or _("All teams"), heat.name_of(need) if need else _("all requirements")))

    def drawing(self, day: date, at: Requirement | None) -> dict[str, SafeString]:
        """The heat map and the same as a table."""
        common = {"today": self.today, "chosen": day, "href": self.day_url}
        if self.span.kind == "month":
            common["at"] = at
        rows_of = {"year": heat.year_rows, "month": heat.month_rows, "week": heat.week_rows}[self.span.kind]
        heads, rows = rows_of(self.found, **common)
        title = _("Lowest margin, %(when)s. %(gaps)s.") % {"when": self.span.title, "gaps": self.headline}
        table_heads, table_rows = heat.year_table(self.found) if self.span.kind == "year" else (heads, rows)
        return {
            "heat": heat_map(title=title, heads=heads, rows=rows, size=_SIZES[self.span.kind]),
            "table": self._table(title, table_heads, table_rows),
        }

    def _table(self, title: str, heads: list[Head], rows: list[HeatRow]) -> SafeString:
        corners = {"year": _("Month"), "month": _("Requirement"), "week": _("Day")}
        return heat_table(caption=title, corner=corners[self.span.kind], heads=heads, rows=rows)

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """(class, number, words) of each tint."""
        return [
            ("gap", signed(-1), _("gap")),
            ("tight", signed(0), _("tight, no margin")),
            ("t1", signed(1), _("margin of one person")),
            ("t2", signed(2), ""),
            ("t3", signed(3), ""),
            ("t4", signed(4), _("at ease")),
        ]
