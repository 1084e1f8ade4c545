"""My year: the page, and the fragments of its panel."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from people import access, clock
from people.models import Person, What
from people.reads import record_read
from policies.core.facts import Part
from telework.panel import Panel, eyebrow, panel_of
from telework.selectors import next_bookings_of
from telework.wording import language
from telework.year import FIRST_YEAR, LAST_YEAR, Year, year_of
from telework.year_balance import balance_of, gauges_of
from telework.year_cells import months_of
from ui import words
from ui.drawing.year import year_grid
from ui.templatetags.ui import sprite

from .powers import powers_over
from .strips import strips_of


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose year is shown, to whom, on which day."""

    person: Person
    actor: Person
    today: date

    @property
    def own(self) -> bool:
        return self.person.pk == self.actor.pk

    def url(self, number: int, **query: str) -> str:
        base = reverse("year_of", args=[number]) if self.own else reverse("person_year", args=[self.person.uid, number])
        return f"{base}?{urlencode(query)}" if query else base

    @property
    def day_url(self) -> str:
        """The address of a day's panel, without its date."""
        some = date(2000, 1, 1)
        url = reverse("year_day", args=[some]) if self.own else reverse("person_day", args=[self.person.uid, some])
        return url.removesuffix(f"{some}/")


def own_frame(request: HttpRequest) -> Frame:
    """The year of the person who asks."""
    actor = access.actor(request)
    return Frame(actor, actor, clock.today(actor.site.zone))


def other_frame(request: HttpRequest, uid: UUID) -> Frame:
    """The year of somebody else, for those who may read it."""
    actor = access.actor(request)
    person = access.person_for(actor, uid, "view_year")
    record_read(actor, [person], What.YEAR, clock.now())
    return Frame(person, actor, clock.today(person.site.zone))


@login_required
@require_safe
def year_home(request: HttpRequest) -> HttpResponse:
    frame = own_frame(request)
    return year_page(request, frame, frame.today.year)


@login_required
@require_safe
def own_year(request: HttpRequest, number: int) -> HttpResponse:
    return year_page(request, own_frame(request), number)


@login_required
@require_safe
def person_year(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    return year_page(request, other_frame(request, uid), number)


@login_required
@require_safe
def own_day(request: HttpRequest, day: date) -> HttpResponse:
    return day_fragment(request, own_frame(request), day)


@login_required
@require_safe
def person_day(request: HttpRequest, uid: UUID, day: date) -> HttpResponse:
    return day_fragment(request, other_frame(request, uid), day)


def year_page(request: HttpRequest, frame: Frame, number: int, *, part: Part | None = None) -> HttpResponse:
    """The whole page; ``?day=`` opens the panel of that day, so that it works without a script."""
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Http404
    year = year_of(frame.person, number, part=part or read_part(request.GET.get("part")), today=frame.today)
    day = read_day(request.GET.get("day"))
    if day is not None and day.year != number:
        day = None
    context = page_context(frame, year, day) | panel_context(frame, year, day, **_looked_at(request))
    context["terms_here"] = frame.actor.pk != frame.person.pk and access.may(frame.actor, "write_terms", frame.person)
    context["places_here"] = frame.actor.pk != frame.person.pk and access.may(frame.actor, "agree_place", frame.person)
    return render(request, "telework/year.html", context)


def day_fragment(request: HttpRequest, frame: Frame, day: date) -> HttpResponse:
    """The panel of a day for htmx; the whole page for anybody else."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Http404
    year = year_of(frame.person, day.year, part=read_part(request.GET.get("part")), today=frame.today)
    context = panel_context(frame, year, day, **_looked_at(request))
    if not request.htmx:
        return render(request, "telework/year.html", page_context(frame, year, day) | context)
    return render(request, context["panel_template"], context)


def page_context(frame: Frame, year: Year, day: date | None) -> dict:
    """Grid, balance and the words around them."""
    query = {"part": year.part.value} | ({"day": day.isoformat()} if day else {})
    numbers = {name: year.number + step for name, step in (("before", -1), ("after", 1))}
    return {
        "frame": frame,
        "own": frame.own,
        "year": year,
        "here": frame.url(year.number),
        "day_url": frame.day_url,
        "days_url": reverse("year_days"),
        "parts": [
            {"value": part.value, "label": label, "url": frame.url(year.number, **query | {"part": part.value}),
             "current": part is year.part}
            for part, label in part_labels(year.by_shifts)
        ],
        "legend": legend(),
        "as_of": _drawn_at(frame.person),
        "agreement_here": year.agreement_on(year.here),
        **{
            name: frame.url(number, part=year.part.value)
            for name, number in numbers.items()
            if FIRST_YEAR <= number <= LAST_YEAR
        },
        **grid_context(year, [day] if day else ()),
        **balance_context(year, day),
    }  # fmt: skip


def _drawn_at(person: Person) -> str:
    """The instant of this page by the clock of the person's site, in words: 3 June, 14:05."""
    at, lang = clock.now().astimezone(ZoneInfo(person.site.zone)), language()
    return f"{words.day_number(at, lang)} {words.MONTHS[lang][at.month - 1]}, {at:%H:%M}"


def grid_context(year: Year, chosen=()) -> dict:
    lang = language()
    return {"grid": year_grid(months_of(year, lang=lang, chosen=chosen), lang=lang, sprite=sprite())}


def balance_context(year: Year, day: date | None = None) -> dict:
    return {
        "balance": balance_of(year),
        "gauges": gauges_of(year, day or year.here),
        "no_balance": _("No agreement says how many days are due this year."),
    }


def _looked_at(request: HttpRequest) -> dict[str, str]:
    """The form of telework and the place (uid) under which a day is looked at."""
    return {name: request.GET.get(name, "")[:60] for name in ("form", "place")}


def panel_context(frame: Frame, year: Year, day: date | None, *, form: str = "", place: str = "") -> dict:
    """The panel of a day, or what comes next when no day is chosen."""
    if day is None:
        coming = next_bookings_of(frame.person.pk, frame.today)
        return {
            "own": frame.own,
            "year": year,
            "coming": [(booking, frame.url(booking.day.year, day=booking.day.isoformat())) for booking in coming],
            "panel_template": "telework/_coming.html",
        }
    panel: Panel = panel_of(year, day, lang=language(), own=frame.own, form=form, place=place)
    strips = strips_of(year, day, [shown.finding for shown in panel.failing])
    return {
        "own": frame.own,
        "year": year,
        "panel": panel,
        "failing": [(shown, strips.get(shown.finding.data.get("requirement"))) for shown in panel.failing],
        "powers": None if frame.own else powers_over(frame.person, panel, actor=frame.actor, today=frame.today),
        "eyebrow": eyebrow(year, panel),
        "close_url": frame.url(year.number, part=year.part.value),
        "panel_url": f"{frame.day_url}{day.isoformat()}/",
        "agreement": year.agreement_on(day),
        "part_name": dict(part_labels(year.by_shifts))[year.part],
        "part_names": part_labels(year.by_shifts),
        "rest": [
            (label, frame.url(year.number, day=day.isoformat(), part=part.value))
            for part, label in part_labels(year.by_shifts)
            if part in panel.rest and frame.own and day >= frame.today
        ],
        "panel_template": "telework/_day_panel.html",
    }


def part_labels(by_shifts: bool) -> list[tuple[Part, str]]:
    """What the parts of a day are called; those who work by shifts have halves, not mornings."""
    if by_shifts:
        names = _("Whole shift"), _("First half"), _("Second half")
    else:
        names = _("Day"), _("Morning"), _("Afternoon")
    return list(zip((Part.FULL, Part.MORNING, Part.AFTERNOON), names, strict=True))


def read_part(text: str | None) -> Part:
    """A part of the day from an address; the whole day when it is none."""
    try:
        return Part(text or "")
    except ValueError:
        return Part.FULL


def read_day(text: str | None) -> date | None:
    """A date from an address, or None when it is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def legend() -> list[dict]:
    """The states met on this page, each with its sign and word."""
    return [
        {"css": "site", "sign": "14", "words": _("on site")},
        {"css": "free", "icon": "ring", "words": _("free")},
        {"css": "tight", "icon": "half", "words": _("tight")},
        {"css": "closed", "icon": "ban", "words": _("closed")},
        {"css": "telework", "sign": pgettext("sign of a day of telework", "T"), "words": _("telework")},
        {"css": "half first", "sign": "½", "words": _("one half")},
        {"css": "pending", "sign": "?", "words": _("pending")},
        {"css": "absent", "sign": pgettext("sign of a day absent", "A"), "words": pgettext("legend", "absence")},
        {"css": "holiday", "sign": pgettext("sign of a public holiday", "H"), "words": pgettext("legend", "holiday")},
        {"css": "impossible", "icon": "cross", "words": _("not possible")},
        {"css": "off", "sign": "14", "words": _("day off")},
    ]
