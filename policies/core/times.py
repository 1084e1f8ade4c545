"""On which days a clause holds: seasons of the year, dates, weekdays, one week out of so many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .schema import Param, Wrong
from .text import both
from .wording import full_date, month_date, weekdays

Dates = tuple[date, date]  # both included
Span = tuple[tuple[int, int], tuple[int, int]]  # from a month and day to another, both included
_ALL_WEEKDAYS = frozenset(range(1, 8))
_A_MONDAY = date(2001, 1, 1).toordinal()


def _maybe(type_: str, fr: str, en: str, **more) -> Param:
    return Param(type_, both(fr=fr, en=en), required=False, **more)


_SEASON = {
    "from_day": Param("string", both(fr="premier jour, comme 07-01", en="first day, like 07-01")),
    "to_day": Param("string", both(fr="dernier jour, comme 08-31", en="last day, like 08-31")),
}
_SPAN = {
    "first": Param("date", both(fr="le premier jour", en="the first day")),
    "last": Param("date", both(fr="le dernier jour", en="the last day")),
}
TIMES = {
    "seasons": _maybe("rows", "ces saisons de chaque année", "these seasons of every year", default=(), fields=_SEASON),
    "except_seasons": _maybe(
        "rows", "toute l’année sauf ces saisons", "all year but these seasons", default=(), fields=_SEASON
    ),
    "spans": _maybe("rows", "ces dates, d’une année à l’autre", "these dates, year by year", default=(), fields=_SPAN),
    "except_spans": _maybe("rows", "toujours sauf ces dates", "always but on these dates", default=(), fields=_SPAN),
    "weekdays": _maybe("weekdays", "ces jours de la semaine", "these weekdays", default=frozenset()),
    "every_weeks": _maybe("whole", "une semaine sur tant", "one week out of so many", default=1, least=1, most=52),
    "starts": _maybe("date", "un jour d’une de ces semaines", "a day of one of these weeks"),
}


@dataclass(frozen=True, slots=True)
class Times:
    """The days on which a clause holds; what is left out restricts nothing. A season may run over the new year."""

    seasons: tuple[Span, ...] = ()
    except_seasons: tuple[Span, ...] = ()
    weekdays: frozenset[int] = _ALL_WEEKDAYS
    every_weeks: int = 1
    phase: int = 0
    spans: tuple[Dates, ...] = ()
    except_spans: tuple[Dates, ...] = ()

    def holds(self, day: date) -> bool:
        if day.isoweekday() not in self.weekdays:
            return False
        if self.every_weeks > 1 and _week(day) % self.every_weeks != self.phase:
            return False
        if (self.spans and not _is_among(day, self.spans)) or _is_among(day, self.except_spans):
            return False
        when = day.month, day.day
        if self.seasons and not any(_within(when, span) for span in self.seasons):
            return False
        return not any(_within(when, span) for span in self.except_seasons)

    def is_apart_from(self, other: "Times") -> bool:
        """Can no day belong to both? Looked for over the days of a year and the weeks of a cycle."""
        if not self.weekdays & other.weekdays:
            return True
        if self.every_weeks == other.every_weeks and self.phase != other.phase:
            return True
        if _dates_apart(self, other) or _dates_apart(other, self):
            return True
        return _days_of_year(self).isdisjoint(_days_of_year(other))


_A_LEAP_YEAR = tuple(date.fromordinal(date(2000, 1, 1).toordinal() + number) for number in range(366))


@lru_cache(maxsize=256)
def _days_of_year(times: Times) -> frozenset[date]:
    """The days of a leap year that the seasons leave."""
    seasons = Times(times.seasons, times.except_seasons)
    return frozenset(filter(seasons.holds, _A_LEAP_YEAR))


def _is_among(day: date, spans: tuple[Dates, ...]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _dates_apart(one: Times, two: Times) -> bool:
    """Do the dates of one leave no day to the other: none in common, or each of them excepted there?"""
    if not one.spans:
        return False
    meet = any(first <= other[1] and other[0] <= last for first, last in one.spans for other in two.spans)
    excepted = all(any(f <= first and last <= t for f, t in two.except_spans) for first, last in one.spans)
    return bool(two.spans and not meet) or excepted


def _within(when: tuple[int, int], span: Span) -> bool:
    first, last = span
    return first <= when <= last if first <= last else when >= first or when <= last


def _week(day: date) -> int:
    return (day.toordinal() - _A_MONDAY) // 7


def times_of(found: Mapping[str, object]) -> Times:
    """The days that the keys of ``when`` make. Raises Wrong where they do not go together."""
    if found["every_weeks"] > 1 and found["starts"] is None:
        raise Wrong(
            fr="Une semaine sur tant : ajoutez starts, un jour d’une de ces semaines.",
            en="One week out of so many: add starts, a day of one of these weeks.",
        )
    seasons, others = (
        tuple((_day(row["from_day"]), _day(row["to_day"])) for row in found[key])
        for key in ("seasons", "except_seasons")
    )
    dates = [tuple((row["first"], row["last"]) for row in found[key]) for key in ("spans", "except_spans")]
    for first, last in (*dates[0], *dates[1]):
        if first > last:
            raise Wrong(fr=f"{last} vient avant {first}.", en=f"{last} comes before {first}.")
    every = found["every_weeks"]
    phase = _week(found["starts"]) % every if found["starts"] else 0
    return Times(seasons, others, found["weekdays"] or _ALL_WEEKDAYS, every, phase, *dates)


def _day(text: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2000-{text}")
    except ValueError:
        raise Wrong(
            fr=f"« {text} » : écrivez un jour de l’année comme 07-01 (mois, puis jour).",
            en=f"“{text}”: write a day of the year like 07-01 (month, then day).",
        ) from None
    return day.month, day.day


def told(times: Times, lang: str) -> str:
    """The days in words: « du 1er juillet au 31 août · lundi et vendredi · une semaine sur 2 »; "" for every day."""
    pieces = [_span(span, lang) for span in times.seasons]
    if times.except_seasons:
        others = ", ".join(_span(span, lang) for span in times.except_seasons)
        pieces.append(both(fr=f"sauf {others}", en=f"except {others}").lang(lang))
    pieces += [_dated(span, lang) for span in times.spans]
    if times.except_spans:
        others = ", ".join(_dated(span, lang) for span in times.except_spans)
        pieces.append(both(fr=f"sauf {others}", en=f"except {others}").lang(lang))
    if times.weekdays != _ALL_WEEKDAYS:
        pieces.append(weekdays(",".join(map(str, sorted(times.weekdays))), lang))
    if times.every_weeks > 1:
        pieces.append(
            both(fr=f"une semaine sur {times.every_weeks}", en=f"one week out of {times.every_weeks}").lang(lang)
        )
    return " · ".join(pieces)


def _span(span: Span, lang: str) -> str:
    first, last = (month_date(date(2000, *end), lang) for end in span)
    return both(fr=f"du {first} au {last}", en=f"{first} to {last}").lang(lang)


def _dated(span: Dates, lang: str) -> str:
    first, last = (full_date(day, lang) for day in span)
    return both(fr=f"du {first} au {last}", en=f"{first} to {last}").lang(lang)
