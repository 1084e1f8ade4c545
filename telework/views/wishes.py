"""Several days at once: a range, or a series. Each day is judged and shown before anything is asked."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from people import clock
from policies.core import explain
from policies.core.facts import Part
from policies.coverage.findings import stands_alone
from telework import services
from telework.errors import BadWish, TeleworkError
from telework.forms import form_choices
from telework.reasons import reason_choices
from telework.services import Outcome
from telework.wording import language
from telework.year import year_of
from ui import words as speech

from .booking import (
    Said,
    Undo,
    acting,
    moments,
    wanted_day,
    wanted_form,
    wanted_part,
    wanted_place,
    wanted_reason,
    wants_exception,
)  # fmt: skip
from .year import own_frame, page_context, part_labels, read_day, read_part

EVERY = {"week": "FREQ=WEEKLY", "fortnight": "FREQ=WEEKLY;INTERVAL=2", "month": "FREQ=MONTHLY"}
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@login_required
@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """?first=&last=&part=: what each day of a range would get. A look only; asking is a POST."""
    return _preview(request, "telework/_days.html", _range_preview)


@login_required
@require_safe
def series(request: HttpRequest) -> HttpResponse:
    """The form of a series; with ?preview=1 what each of its days would get."""
    return _preview(request, "telework/_series.html", _series_preview)


def _preview(request: HttpRequest, template: str, preview) -> HttpResponse:
    frame = own_frame(request)
    context = {"own": True, "part": read_part(request.GET.get("part")), "today": frame.today, "form": request.GET}
    status = 200
    try:
        context |= preview(request, frame)
    except TeleworkError as error:
        context |= {"error": error.sentence(), "error_field": getattr(error, "field", "")}
        status = error.status
    shown = context.get("first") or frame.today
    year = year_of(frame.person, shown.year, part=context["part"], today=frame.today)
    context |= {"year": year, "panel_template": template, "part_choices": _choices(context["part"], year.by_shifts)}
    context |= {"weekdays": _weekdays(request), "close_url": frame.url(year.number)}
    context |= {
        "forms": form_choices(year.agreement_on(shown), shown, wanted_form(request)),
        "form_code": wanted_form(request),
        "reasons": reason_choices(year.agreement_on(shown), shown, wanted_form(request)),
    }
    if request.htmx:
        return render(request, template, context, status=status)
    return render(request, "telework/year.html", page_context(frame, year, None) | context, status=status)


def _choices(part: Part, by_shifts: bool) -> list[dict]:
    return [{"value": each.value, "label": label, "current": each is part} for each, label in part_labels(by_shifts)]


def _range_preview(request: HttpRequest, frame) -> dict:
    first, last = sorted((wanted_day(request, "first"), wanted_day(request, "last")))
    wanted = services.days_between(first, last)
    outcomes = services.preview_days(
        person=frame.person, days=wanted, part=read_part(request.GET.get("part")), today=frame.today,
        form=wanted_form(request), now=clock.now(),
    )  # fmt: skip
    return {"first": first, "last": last, **_told(outcomes)}


def _series_preview(request: HttpRequest, frame) -> dict:
    if not request.GET.get("preview"):
        return {}
    first, rule = series_wish(request.GET, frame.today)
    seen = services.preview_series(
        person=frame.person, first_day=first, rrule=rule, part=read_part(request.GET.get("part")), today=frame.today,
        form=wanted_form(request),
    )  # fmt: skip
    return {"first": first, "rule": rule, "previewed": True, "cut_after": seen.cut_after, **_told(seen.outcomes)}


def _told(outcomes) -> dict:
    """Outcomes as lines: days not worked are left out and only counted."""
    lang = language()
    asked = [outcome for outcome in outcomes if not _is_not_worked(outcome)]
    return {
        "lines": [(outcome, _why(outcome, lang)) for outcome in asked],
        "possible": sum(outcome.accepted for outcome in asked),
        "exceptional": sum(_only_coverage_refuses(outcome) for outcome in asked),
        "left_out": len(outcomes) - len(asked),
    }


def _is_not_worked(outcome: Outcome) -> bool:
    return outcome.decision is not None and any(found.rule == "day_worked" for found in outcome.decision.failing)


def _only_coverage_refuses(outcome: Outcome) -> bool:
    return outcome.decision is not None and stands_alone(outcome.decision)


def _why(outcome: Outcome, lang: str) -> str:
    if outcome.error:
        return outcome.error.sentence()
    failing = next(iter(outcome.decision.failing), None)
    if failing:
        return explain.sentence(failing, lang)
    return _("awaits an answer") if outcome.needs_approval else _("granted at once")


def _weekdays(request: HttpRequest) -> list[dict]:
    chosen = request.GET.getlist("weekday")
    names = speech.WEEKDAYS[language()]
    return [{"code": code, "name": name, "checked": code in chosen} for code, name in zip(CODES, names, strict=True)]


def series_wish(form, today: date) -> tuple[date, str]:
    """First day and RRULE of the form: a raw rule goes before the simple choices."""
    text = form.get("first", "")
    first = read_day(text)
    if first is None:
        remedy = _("“%(value)s” is not a date. Write it as 2026-06-19.") if text else _("Give the first day.")
        raise BadWish("first", text, remedy % {"value": text[:40]})
    raw = form.get("rrule", "").strip()
    return first, raw or simple_rule(form, first)


def simple_rule(form, first: date) -> str:
    """The RRULE of "every week | fortnight | month, on these weekdays, until"."""
    every = form.get("every", "week")
    if every not in EVERY:
        raise BadWish("every", every, _("“%s” is no rhythm. Choose week, fortnight or month.") % every[:40])
    weekdays = [code for code in CODES if code in form.getlist("weekday")] or [CODES[first.weekday()]]
    rule = EVERY[every]
    if every == "month":
        nth = (first.day - 1) // 7 + 1
        weekdays = [f"{-1 if nth == 5 else nth}{code}" for code in weekdays]
    rule += ";BYDAY=" + ",".join(weekdays)
    text = form.get("until", "")
    if not text:
        return rule
    until = read_day(text)
    if until is None:
        raise BadWish("until", text, _("“%s” is not a date. Write it as 2026-12-31.") % text[:40])
    if until < first:
        raise BadWish("until", text, _("The series ends before it starts. Choose a later last day."))
    return f"{rule};UNTIL={until:%Y%m%d}"


@acting
def book_days(request: HttpRequest, frame) -> tuple[date, Said]:
    first, last = wanted_day(request, "first"), wanted_day(request, "last")
    outcomes = services.book_days(
        person=frame.person,
        days=services.days_between(first, last),
        part=wanted_part(request),
        form=wanted_form(request),
        reason=wanted_reason(request),
        place=wanted_place(request, frame),
        note=request.POST.get("note", ""),
        exception=wants_exception(request),
        **moments(frame),
    )
    booked = [outcome.booking for outcome in outcomes if outcome.booking]
    undo = Undo(reverse("booking_cancel_together", args=[booked[0].uid])) if booked else None
    return _said_of(outcomes, first, undo)


@acting
def book_series(request: HttpRequest, frame) -> tuple[date, Said]:
    first, rule = series_wish(request.POST, frame.today)
    booked = services.book_series(
        person=frame.person,
        first_day=first,
        rrule=rule,
        part=wanted_part(request),
        form=wanted_form(request),
        reason=wanted_reason(request),
        place=wanted_place(request, frame),
        note=request.POST.get("note", ""),
        exception=wants_exception(request),
        **moments(frame),
    )
    first_booking = next(outcome.booking for outcome in booked.outcomes if outcome.booking)
    undo = Undo(reverse("booking_cancel_series", args=[first_booking.uid]))
    return _said_of(booked.outcomes, first, undo)


def _said_of(outcomes, first: date, undo: Undo | None = None) -> tuple[date, Said]:
    """One sentence for many days: how many are asked for or granted, how many the agreement left out."""
    bookings = [outcome.booking for outcome in outcomes if outcome.booking]
    if not bookings:
        return first, Said(_("None of these days is possible. Nothing was changed."))
    waiting = sum(booking.state == "requested" for booking in bookings)
    granted, told = len(bookings) - waiting, []
    if waiting:
        told.append(ngettext("%(n)s day is requested.", "%(n)s days are requested.", waiting) % {"n": waiting})
    if granted:
        told.append(ngettext("%(n)s day is granted.", "%(n)s days are granted.", granted) % {"n": granted})
    if excepted := sum(booking.exception for booking in bookings):
        told.append(
            ngettext("%(n)s of them as an exception.", "%(n)s of them as exceptions.", excepted) % {"n": excepted}
        )
    refused = sum(not outcome.accepted and not _is_not_worked(outcome) for outcome in outcomes)
    if refused:
        told.append(ngettext("%(n)s was not possible.", "%(n)s were not possible.", refused) % {"n": refused})
    return bookings[0].day, Said(" ".join(told), undo)
