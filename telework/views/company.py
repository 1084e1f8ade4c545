"""Company month: a thousand people on one page, by team, for HR, coverage planners and administrators."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from people import access, clock
from telework.company_choice import OPERATION, Choice
from telework.company_month import CompanyMonth, TeamLines, company_month
from telework.month import Counts
from telework.periods import Period, month_of
from telework.views.team import period_or_404
from ui.drawing import company as drawing
from ui.drawing import month as grids
from ui.drawing.numbers import days as day_sum
from ui.drawing.numbers import fraction


@login_required
@require_safe
def company_home(request: HttpRequest) -> HttpResponse:
    actor = access.actor(request)
    if not access.entities_for(actor, OPERATION).exists():
        raise Http404
    return redirect("company_month", period=month_of(clock.today(actor.site.zone)).slug)


@login_required
@require_safe
def company_month_page(request: HttpRequest, period: str) -> HttpResponse:
    """/company/2026-06/ with ?entity=, ?site= and ?team= (uids)."""
    actor = access.actor(request)
    choice = Choice.read(request.GET, actor)
    shown = period_or_404(period)
    if shown.is_week:
        raise Http404
    table = company_month(
        choice.reach, shown.days, site=choice.site and choice.site.pk, team=choice.team and choice.team.pk
    )
    return render(
        request,
        "telework/company.html",
        {
            "choice": choice,
            "period": shown,
            "table": table,
            "people_words": ngettext("%(count)s person", "%(count)s people", table.people) % {"count": table.people},
            "totals": _totals(table, shown, clock.today(actor.site.zone)),
            "lines": _lines(table, shown),
        },
    )


def _totals(table: CompanyMonth, period: Period, today) -> str:
    feet = [
        grids.GridFoot(_("On site"), [fraction(day.on_site, zero="·") for day in table.by_day]),
        grids.GridFoot(_("Remote"), [fraction(day.remote, zero="·") for day in table.by_day]),
        grids.GridFoot(pgettext("people", "Absent"), [fraction(day.absent, zero="·") for day in table.by_day]),
    ]
    label = _("Totals of each day, %(month)s") % {"month": period.title}
    return grids.grid(label=label, days=table.days, today=today, rows=[], feet=feet, total="")


def _lines(table: CompanyMonth, period: Period) -> str:
    return drawing.company_table(
        label=period.title,
        days=table.days,
        heads=[_("Remote"), _("On site"), pgettext("people", "Absent")],
        groups=[_group(group, period) for group in table.teams],
    )


def _group(group: TeamLines, period: Period) -> drawing.CompanyGroup:
    count = len(group.lines)
    people = ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
    return drawing.CompanyGroup(
        name=group.team.name if group.team else _("In no team"),
        href=reverse("team_month", args=[group.team.uid, period.slug]) if group.team else "",
        note=f"{group.team.site.name} · {people}"
        if group.team and group.team.site.name not in group.team.name
        else people,
        sums=_sums(group.counts),
        rows=[drawing.CompanyRow(line.name, line.codes, _sums(line.counts)) for line in group.lines],
    )


def _sums(counts: Counts) -> list[str]:
    return [day_sum(counts.remote), day_sum(counts.on_site), day_sum(counts.absent)]
