"""One date of the coverage page: curves against requirements, who is where, who could be asked, and what if."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import access
from people.models import Person
from policies.coverage.daycount import DayCount
from policies.coverage.explain import sentence, when
from policies.coverage.requirements import Gap, Minimum
from policies.coverage.windows import local_time
from policies.facts import Need, needs_of
from policies.models import Requirement, RequirementKind
from telework.coverage import keeping
from telework.coverage.asking import VIEW, Crew, crew_of
from telework.coverage.onday import ONE_DAY, Change, Level, OnDay, Place
from telework.views.coverage.heat import name_of, whom_of
from telework.wording import language
from ui import words
from ui.drawing.curve import Stretch, Words, curve, hours

MOST_CURVES, MOST_CHANGES = 4, 60
WHAT_IF = (Place.SITE, Place.REMOTE, Place.ABSENT)


@dataclass(frozen=True, slots=True)
class Curve:
    """A requirement on the date: its name, its sentence, the drawing and the same as a table."""

    need: Need
    name: str
    where: str
    said: list[str]
    holds: str
    drawing: SafeString
    rows: list[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class DayPanel:
    """A date made ready for the template."""

    day: date
    until: date | None
    curves: list[Curve]
    more: int
    axis: SafeString
    gap: Gap | None
    headline: str
    hours: str
    crew: Crew
    days: OnDay
    planned: list[str]
    changes: dict[int, Place]

    @property
    def zone(self) -> str:
        return self.days.need.requirement.clock

    def who(self) -> list[tuple[Place, str, list[tuple[Person, str]], int]]:
        """(place, heading, people with their hours, how many) on site, remote, on call, absent."""
        names = {
            Place.SITE: _("On site"),
            Place.REMOTE: _("Remote"),
            Place.ON_CALL: _("On call"),
            Place.ABSENT: _("Absent"),
        }
        return [
            (
                place,
                name,
                [(one.person, self.clock(one.hours)) for one in self.crew.named[place]],
                self.crew.counts[place],
            )
            for place, name in names.items()
        ]

    def clock(self, span: tuple[int, int] | None) -> str:
        return "–".join(f"{local_time(minute, self.zone):%H:%M}" for minute in span) if span else ""

    def toggles(self) -> list[tuple[Person, str, Place, Place | None]]:
        """(person, hours, place as it would be, place chosen) for each person who can be moved in thought."""
        places = (Place.SITE, Place.REMOTE, Place.ABSENT, Place.ON_CALL, Place.OFF)
        return [
            (one.person, self.clock(one.hours), place, self.changes.get(one.person.pk))
            for place in places
            for one in self.crew.named[place]
            if place is not Place.OFF or one.person.pk in self.asked
        ]

    @property
    def asked(self) -> set[int]:
        return {one.person.pk for one in self.crew.candidates}


def read_changes(request: HttpRequest, actor: Person) -> dict[int, Place]:
    """?if=<person>.<site|remote|absent>, several; not found for people one may not see."""
    wanted: dict[str, str] = dict(
        value.rpartition(".")[::2] for value in request.GET.getlist("if")[:MOST_CHANGES] if value
    )
    if not wanted:
        return {}
    try:
        places = {access.read_uid(uid): Place(place) for uid, place in wanted.items()}
    except ValueError as unknown:
        raise Http404 from unknown
    people = access.people_for(actor, VIEW).filter(uid__in=places).values_list("pk", "uid")
    found = {pk: places[uid] for pk, uid in people}
    if len(found) != len(places) or not set(found.values()) <= set(WHAT_IF):
        raise Http404
    return found


def day_panel(
    requirements: Sequence[Requirement],
    day: date,
    *,
    at: Requirement | None,
    actor: Person,
    today: date,
    changes: dict[int, Place],
) -> DayPanel | None:
    """The date for the worst of some requirements, the one asked about first. None where there is no requirement."""
    if not requirements:
        return None
    needs = needs_of(requirements, day - ONE_DAY, day + ONE_DAY)
    what_if = [Change(person, place) for person, place in changes.items()]
    with keeping.LOCK:
        planned = [OnDay(need, keeping.kept_count(need.requirement, day.year), day) for need in needs]
        planned = _worst_first(planned, at)[:MOST_CURVES]
        shown = [
            OnDay(one.need, keeping.kept_count(one.need.requirement, day.year), day, what_if) if what_if else one
            for one in planned
        ]
    main = shown[0]
    gap = next(iter(planned[0].gaps), None)
    span = (gap.start, gap.end) if gap and gap.start is not None else (main.start, main.midnight)
    crew = crew_of(main, *span, actor=actor, today=today, lang=language())
    return DayPanel(
        day=day,
        until=day + ONE_DAY if main.end > main.midnight else None,
        curves=[_curve(one, before) for one, before in zip(shown, planned, strict=True)],
        more=len(needs) - len(shown),
        axis=_axis(main),
        gap=gap,
        headline=_headline(main),
        hours=_hours(main, span),
        crew=crew,
        days=main,
        planned=[_said(gap, planned[0].need) for gap in planned[0].gaps] if what_if else [],
        changes=changes,
    )


def _worst_first(shown: list[OnDay], at: Requirement | None) -> list[OnDay]:
    """The requirement asked about, then those with gaps, then the others by what is left."""

    def rank(one: OnDay) -> tuple[bool, bool, int]:
        left = [level.count - level.limit for level in one.levels if level.limit is not None]
        return one.need.requirement != at, not one.gaps, min(left, default=0)

    return sorted(shown, key=rank)


def _headline(day: OnDay) -> str:
    if day.gaps:
        return _said(day.gaps[0], day.need)
    return _("%(name)s: everything holds") % {"name": name_of(day.need.requirement)}


def _said(gap: Gap, need: Need) -> str:
    return sentence(gap, language(), need.whom(language())).rstrip(".")


def gap_lines(gap: Gap, need: Need) -> tuple[str, str]:
    """A gap as two lines: "Sat 14 Nov 22:00–06:00", "2 of 3 supervisors on site"."""
    lang = language()
    clock = when(gap, lang).partition(" ")[2] if gap.start is not None else ""
    text = _said(gap, need).partition(": ")[2]
    day = local_time(gap.start, gap.rule.zone).date() if gap.start is not None else gap.day
    return f"{words.short_day(day, lang)} {clock}".strip(), text[:1].upper() + text[1:]


def _hours(day: OnDay, span: tuple[int, int]) -> str:
    zone = day.need.requirement.clock
    start, end = (f"{local_time(minute, zone):%H:%M}" for minute in span)
    return f"{start}–{'24:00' if end == '00:00' else end}"


def _curve(day: OnDay, before: OnDay) -> Curve:
    requirement = day.need.requirement
    levels = day.levels
    minimum = requirement.kind == RequirementKind.MINIMUM
    said = [_said(gap, day.need) for gap in day.gaps]
    drawing = curve(
        _stretches(levels, day.start),
        words=Words(
            title=". ".join(said) or _headline(day),
            limit=_("need {0}") if minimum else _("at most {0}"),
            gap=_("{0} of {1}") if minimum else _("{0}, at most {1}"),
        ),
        before=_stretches(before.levels, day.start) if before is not day else (),
        at_most=not minimum,
        midnights=[day.midnight - day.start] if day.end > day.midnight else [],
    )
    rows = [
        (_hours(day, (level.start, level.end)), level.count, "–" if level.limit is None else str(level.limit))
        for level in levels
    ]
    return Curve(
        need=day.need,
        name=name_of(requirement),
        where=f"{_what(day.need)} · {whom_of(requirement)}",
        said=said,
        holds="" if said else _holds(day),
        drawing=drawing if levels else SafeString(""),
        rows=rows,
    )


def _holds(day: OnDay) -> str:
    """The numbers of a requirement of whole dates that holds."""
    for held in day.map.counts:
        if isinstance(held, DayCount) and (column := held.column.get(day.day.toordinal())) is not None:
            value, limit = int(held.value[column]), int(held.limit[column])
            if limit:
                return _said(Gap(held.rule, day.day, value, value, limit), day.need)
    return ""


def _what(need: Need) -> str:
    """Who is counted: on site, on duty, remote."""
    rule = next(iter(need.rules), None)
    if isinstance(rule, Minimum):
        return _("on duty") if rule.anyone or rule.on_call else _("on site")
    return _("remote")


def _stretches(levels: Sequence[Level], origin: int) -> list[Stretch]:
    return [Stretch(level.start - origin, level.end - origin, level.count, level.limit) for level in levels]


def _axis(day: OnDay) -> SafeString:
    """A label every four hours of elapsed time, and the end."""
    length, zone = day.end - day.start, day.need.requirement.clock
    marks = [
        (minute, f"{local_time(day.start + minute, zone):%H:%M}")
        for minute in range(0, length, 240)
        if length - minute > 90
    ]
    return hours([*marks, (length, f"{local_time(day.end, zone):%H:%M}")], length)


def days_until(day: date, today: date) -> str:
    """How far a day to come is."""
    left = (day - today).days
    return ngettext("in %(count)s day", "in %(count)s days", left) % {"count": left} if left else _("today")
