"""Balances: days due, done, booked, pending and left of many people, as a page and as a file."""

import csv
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from people import access, clock
from people.exports import harmless
from people.models import Person
from policies.core import Entitlement, explain
from policies.core.wording import unit_name
from telework.access import people_with_balances
from telework.balances import BalanceRow, balances_of, sorted_rows
from telework.wording import language
from ui.drawing.numbers import decimal

OPERATION = "view_balances"
COLUMNS = {
    "name": gettext_lazy("Person"),
    "team": gettext_lazy("Team"),
    "rate": gettext_lazy("Rate"),
    "due": pgettext_lazy("days", "Due"),
    "done": pgettext_lazy("days", "Done"),
    "booked": pgettext_lazy("days", "Booked"),
    "pending": pgettext_lazy("days", "Pending"),
    "left": pgettext_lazy("days", "Left"),
}
NUMBERS = tuple(COLUMNS)[2:]
_SOMEBODY = UUID(int=0)


@login_required
@require_safe
def balance_page(request: HttpRequest) -> HttpResponse:
    """/balances/ with ?team= (uid) and ?sort= (a column, - before it for the other way round)."""
    actor, rows, chosen = _rows(request)
    sort = _sort(request.GET.get("sort", ""))
    rows = sorted_rows(rows, sort)
    return render(
        request,
        "telework/balances.html",
        {
            "teams": _teams(actor),
            "chosen": chosen,
            "sort": sort,
            "rows": rows,
            "heads": _heads(sort, chosen),
            "body": _body(rows),
            "file": reverse("balances_csv") + (f"?team={chosen.uid}" if chosen else ""),
        },
    )


@login_required
@require_safe
def balance_file(request: HttpRequest) -> HttpResponse:
    """The same rows as CSV for spreadsheets: no cell can be read as a formula."""
    _actor, rows, _chosen = _rows(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="balances.csv"'
    table = csv.writer(response, delimiter=";" if language() == "fr" else ",")
    table.writerow([str(head) for head in COLUMNS.values()])
    for row in sorted_rows(rows, "name"):
        table.writerow([harmless(row.name), harmless(row.team), *(_cell(row, name) for name in NUMBERS)])
    return response


def _rows(request: HttpRequest):
    """(actor, rows, team chosen); not found for those who see nobody's balance but their own."""
    actor = access.actor(request)
    today = clock.today(actor.site.zone)
    people = people_with_balances(actor, today)
    chosen = None
    if request.GET.get("team"):
        chosen = access.team_for(actor, request.GET["team"], OPERATION)
    return actor, balances_of(people, today=today, team=chosen.pk if chosen else None), chosen


def _teams(actor: Person):
    return list(access.teams_for(actor, OPERATION))


def _sort(text: str) -> str:
    return text if text.removeprefix("-") in COLUMNS else "name"


def _heads(sort: str, chosen) -> list[tuple[str, str, str, str]]:
    """(column, words, address that sorts by it, aria-sort)."""
    heads = []
    for name, words in COLUMNS.items():
        goal = f"-{name}" if sort == name else name
        query = f"?sort={goal}" + (f"&team={chosen.uid}" if chosen else "")
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        heads.append((name, str(words), query, order))
    return heads


def _body(rows: Iterable[BalanceRow]) -> SafeString:
    """Table rows as one string: a template would need longer for a thousand of them."""
    sums: dict[int, str] = {}
    before, middle, after = _address_parts()
    parts = []
    for row in rows:
        name = escape(row.name)
        due = row.entitlement
        who = f'<a href="{before}{row.uid}{middle}{due.first.year}{after}">{name}</a>' if due else name
        rate, done, booked, pending, left = (
            _number(row, column) for column in ("rate", "done", "booked", "pending", "left")
        )
        parts.append(
            f'<tr><th scope="row">{who}</th><td>{escape(row.team)}</td><td class="number">{rate}</td>'
            f'<td class="number">{_due(row, sums)}</td><td class="number">{done}</td><td class="number">{booked}</td>'
            f'<td class="number">{pending}</td><td class="number left">{left}</td></tr>\n'
        )
    return mark_safe("".join(parts))


def _address_parts() -> tuple[str, str, str]:
    """The address of a person's year, cut where the person and the year stand."""
    address = reverse("person_year", args=[_SOMEBODY, 2000])
    before, rest = address.split(str(_SOMEBODY))
    middle, after = rest.split("2000")
    return before, middle, after


def _number(row: BalanceRow, name: str) -> str:
    value = getattr(row, name)
    if value is None:
        return "–"
    return _("%(rate)s%%") % {"rate": decimal(value)} if name == "rate" else decimal(value)


def _cell(row: BalanceRow, name: str) -> str:
    """A number of the file: one that a spreadsheet counts with, so with a hyphen where the page has a minus sign."""
    return _number(row, name).replace("−", "-")


def _due(row: BalanceRow, sums: dict[int, str]) -> str:
    """The days due; with their sum on demand where there is one to tell."""
    due = row.entitlement
    if due is None or (len(due.lines) < 2 and row.rate == 100):
        return _number(row, "due") + _unit(due)
    if id(due) not in sums:
        lines = "".join(f"<li>{escape(line)}</li>" for line in explain.entitlement_lines(due, language()))
        sums[id(due)] = f"<details><summary>{decimal(due.total)}{_unit(due)}</summary><ul>{lines}</ul></details>"
    return sums[id(due)]


def _unit(due: Entitlement | None) -> str:
    """What is counted, where it is not days: half-days, hours …"""
    return f" {escape(unit_name(due.unit, language()))}" if due and due.unit != "day" else ""
