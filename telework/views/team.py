"""Team month: people and days, halves and counts. Place of work only, never why somebody is absent."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from people import access, clock
from people.models import MembershipRole, Team
from telework.boards import waiting_uids
from telework.month import ON_SITE, PENDING, REMOTE
from telework.periods import Period, month_of, read_period, week_of
from telework.presence import span_of
from telework.team_month import Line, TeamMonth, team_month
from telework.wording import hours_words
from ui.drawing import month as drawing
from ui.drawing.numbers import days as day_sum
from ui.drawing.numbers import decimal, fraction

LEGEND = ("SS", "TT", "TS", "ST", "PP", "AA", "HH", "..")


@login_required
@require_safe
def team_home(request: HttpRequest) -> HttpResponse:
    """The team one leads, else the one one works in, in the month of today."""
    actor = access.actor(request)
    today = clock.today(actor.site.zone)
    team = next(iter([*access.teams_managed_by(actor, today), *access.teams_visible_to(actor)]), None)
    if team is None:
        return render(request, "telework/team_none.html")
    return redirect("team_month", uid=team.uid, period=month_of(today).slug)


@login_required
@require_safe
def team_month_page(request: HttpRequest, uid, period: str) -> HttpResponse:
    """/team/<uid>/2026-06/ or /team/<uid>/2026-W24/, with ?title= for one job title."""
    actor = access.actor(request)
    team = access.team_for(actor, uid, "view_team_month")
    shown = period_or_404(period)
    leads = access.may(actor, "answer_request", team)
    title = request.GET.get("title", "")[:80].replace("\0", "")
    table = team_month(team, shown.days, viewer=actor, all_requests=leads, title=title)
    today = clock.today(team.site.zone)
    page = TeamPage(team, shown, table, leads)
    return render(
        request,
        "telework/team.html",
        {
            "page": page,
            "team": team,
            "teams": access.teams_visible_to(actor),
            "charter_seen": access.may(actor, "view_charter", team),
            "title": title,
            "grid": page.grid(today),
            "legend": drawing.legend(page.legend()),
            "month": month_of(shown.holding(today)),
            "week": week_of(shown.holding(today)),
        },
    )


def period_or_404(text: str) -> Period:
    try:
        return read_period(text)
    except ValueError as unreadable:
        raise Http404(str(unreadable)) from unreadable


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team's days made ready for the page; ``leads``: its viewer answers requests, so names are links."""

    team: Team
    period: Period
    table: TeamMonth
    leads: bool

    @property
    def where(self) -> str:
        """The team and its site, once where the name already says it."""
        name, site = self.team.name, self.team.site.name
        return name if site in name else f"{name}, {site}"

    @property
    def people_words(self) -> str:
        count = len(self.table.lines)
        return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}

    def grid(self, today) -> str:
        links = self._request_links()
        return drawing.grid(
            label=f"{self.team.name}, {self.period.title}",
            days=self.table.days,
            today=today,
            rows=[self._row(line, links) for line in self.table.lines],
            feet=self._feet(),
            total=pgettext("head of a column of sums", "telew."),
        )

    def legend(self) -> list[str]:
        met = {code for line in self.table.lines for code in line.codes}
        return [cell for cell in LEGEND if cell in met or cell in LEGEND[:3]]

    def _row(self, line: Line, links: dict) -> drawing.GridRow:
        member = line.member
        return drawing.GridRow(
            name=member.name,
            note=_note(line),
            href=reverse("person_year", args=[member.uid, self.period.first.year]) if self.leads else "",
            cells=line.codes,
            total=day_sum(line.counts.remote),
            links=self._links(line, links) if self.leads else {},
            hours=self._hours(line) if self.period.is_week else (),
        )

    def _links(self, line: Line, requests: dict) -> dict[int, str]:
        """A request leads to its answer, a granted day to its panel (from which it can be recalled or removed)."""
        start, member = self.period.first, line.member
        day_url = reverse("person_day", args=[member.uid, start]).removesuffix(f"{start}/")
        found = {}
        for position, (day, code) in enumerate(zip(self.table.days, line.codes, strict=True)):
            if PENDING in code and (member.person, day) in requests:
                found[position] = requests[member.person, day]
            elif REMOTE in code:
                found[position] = f"{day_url}{day}/"
        return found

    def _hours(self, line: Line) -> list[str]:
        """The planned hours of each day worked, where the clock of the team's site is read."""
        workdays = self.table.workdays.get(line.member.person, {})
        return [
            hours_words(span_of(workdays[day], workdays[day].available), self.team.site.zone)
            if _is_worked(code)
            else ""
            for day, code in zip(self.table.days, line.codes, strict=True)
        ]

    def _feet(self) -> list[drawing.GridFoot]:
        counts = self.table.by_day
        return [
            drawing.GridFoot(_("On site"), [fraction(day.on_site, zero="·") for day in counts]),
            drawing.GridFoot(_("Remote"), [fraction(day.remote, zero="·") for day in counts]),
            drawing.GridFoot(pgettext("people", "Absent"), [fraction(day.absent, zero="·") for day in counts]),
        ]

    def _request_links(self) -> dict:
        if not self.leads:
            return {}
        people = [line.member.person for line in self.table.lines]
        uids = waiting_uids(people, first=self.period.first, last=self.period.last)
        return {key: reverse("request", args=[uid]) for key, uid in uids.items()}


def _is_worked(code: str) -> bool:
    return any(state in code for state in (ON_SITE, REMOTE, PENDING))


def _note(line: Line) -> str:
    role = {MembershipRole.MANAGER: _("manager"), MembershipRole.DEPUTY: _("deputy")}.get(line.member.role)
    rate = _("%(rate)s%%") % {"rate": decimal(line.rate)} if line.rate not in (None, 100) else ""
    return " ".join(word for word in (rate, role or line.member.job_title) if word)
