"""What a good file looks like: two lines of shifts, two of absences, on the page and as a file to fill in."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from people import imports
from people.imports.lines import MOST_LINES
from telework.views.rosters.common import desk_of
from telework.wording import language

KINDS = ("shifts", "absences")
ONE, OTHER = "10427", "10583"


@dataclass(frozen=True, slots=True)
class Example:
    """The columns of a file and a few of its lines, in the reader's language."""

    what: str
    title: str
    heads: list[str]
    rows: list[list[str]]


def example(what: str, today: date) -> Example:
    """Shifts or absences of two invented people in the week after ``today``."""
    days = [(today + timedelta(days=7 - today.weekday() + ahead)).isoformat() for ahead in range(5)]
    person = pgettext("column", "person")
    if what == "absences":
        heads = [person, pgettext("column", "first day"), pgettext("column", "last day"), pgettext("column", "kind"),
                 pgettext("column", "half")]  # fmt: skip
        rows = [[ONE, days[0], days[4], pgettext("column", "leave"), ""],
                [OTHER, days[1], days[1], pgettext("column", "training"), pgettext("column", "morning")]]  # fmt: skip
        return Example(what, _("Absences"), heads, rows)
    heads = [person, pgettext("column", "date"), pgettext("column", "start"), pgettext("column", "end")]
    rows = [[ONE, days[0], "06:00", "14:00"], [OTHER, days[0], "22:00", "06:00"]]
    return Example("shifts", _("Shifts"), heads, rows)


def help_with_files(today: date) -> dict[str, object]:
    """What the panel beside the form shows."""
    return {
        "examples": [example(what, today) for what in KINDS],
        "most_lines": MOST_LINES,
        "most_megabytes": imports.MOST_BYTES // 1_000_000,
    }


@login_required
@require_safe
def roster_template(request: HttpRequest) -> HttpResponse:
    """?what=shifts or absences: the example as CSV, with the separator spreadsheets of the language expect."""
    shown = example(request.GET.get("what", ""), desk_of(request).today)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.what}.csv"'
    csv.writer(response, delimiter=";" if language() == "fr" else ",").writerows([shown.heads, *shown.rows])
    return response
