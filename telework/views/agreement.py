"""The agreement one is under: the text, the rule applied, its cases, and one's own entitlement with its sum."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from people import access
from people.models import Person
from policies.core import NoValueInForce, entitlement, explain
from policies.models import AgreementVersion
from policies.selectors import Timeline, timeline_for
from policies.selectors.charters import charters_of
from policies.views.sheet import sheet_page
from telework.charters.told import told_charter
from telework.facts import asked_between, facts_about
from telework.wording import language


@dataclass(frozen=True, slots=True)
class Own:
    """Days due over the agreement's year that holds today, line by line; ``at``: the article they are due under."""

    at: str
    first: date
    last: date
    total: Decimal
    lines: list[str]

    @property
    def plural(self) -> int:
        """1.5 is one day in French; gettext is asked with a whole number."""
        return int(self.total) if self.total == int(self.total) else int(self.total) + 1


@login_required
@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """/agreement/: what is in force today for the person signed in."""
    actor = access.actor(request)
    today = access.today_of(actor)
    timeline = timeline_for(actor)
    uid = timeline.version_on(today)
    if uid is None:
        return render(request, "telework/agreement_none.html")
    version = AgreementVersion.objects.select_related("agreement__entity").get(uid=uid)
    own = _own(actor, timeline, today)
    return sheet_page(request, version, today=today, own=own, beside=_charters(actor, today))


def _charters(person: Person, today: date) -> str:
    """What the teams of a person have fixed, as a fragment; "" where they have no charter."""
    held = [(charter, told_charter(charter)) for charter in charters_of(person, today)]
    return render_to_string("telework/_charters.html", {"charters": held}) if held else ""


def _own(person: Person, timeline: Timeline, today: date) -> Own | None:
    try:
        facts = facts_about(person, today=today, **asked_between([timeline], today, today))
        due = entitlement(facts, timeline.on(today), today)
    except NoValueInForce:
        return None
    return Own(due.article, due.first, due.last, due.total, explain.entitlement_lines(due, language())) if due else None
