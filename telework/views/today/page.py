"""Today: who is where, by planned time, never by presence."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import access, clock
from telework.periods import FIRST_YEAR, LAST_YEAR
from telework.today import today_of_people
from telework.views.today.lines import Lines
from telework.views.today.panel import Panel
from telework.views.today.whose import read_whose
from telework.wording import language
from ui import words


@login_required
@require_safe
def today(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """/today/ and /today/2026-06-09/, of one's team, ?team= another one, ?site= everybody of one's entity there."""
    actor = access.actor(request)
    now = clock.now()
    whose = read_whose(request, actor)
    here = clock.today(whose.zone)
    shown = _within_reach(day or here)
    found = today_of_people(whose.people(shown), shown, whose.zone)
    moment = now if shown == here else None
    context = {
        "title": _capital(words.long_day(shown, language())),
        "today": found,
        "lines": Lines(found, moment, whose.place, _page_of(request)),
        "beside": Panel(found, moment, whose.team, actor),
        "whose": whose,
        "day": shown,
        "here": here,
        "before": _beside(shown, -1),
        "after": _beside(shown, 1),
    }
    return render(request, "telework/today.html", context)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _within_reach(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Http404
    return day


def _beside(day: date, step: int) -> date | None:
    other = day + timedelta(days=step)
    return other if FIRST_YEAR <= other.year <= LAST_YEAR else None


def _page_of(request: HttpRequest) -> int:
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
