"""A share of time: at most so much remote, or at least so much on site, over any window."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..facts import ORDINARY
from ..limits import windows_for
from ..rates import to_step
from ..schema import Param, Wrong
from ..situation import Situation
from ..tally import SCALES, tally_of, told
from ..text import both
from ..windows import MONTHS, WEEKS, Period, Window
from .alternatives import INSTEAD, OR_ELSE, READING, instead, may_stand
from .base import ALLOWED, REFUSED, Answer, Rule, say

_BASES = ("contractual", "scheduled", "due", "absences_as_presence")
_WEEKS_SEARCHED = 8
_ONE_DAY = timedelta(days=1)
_ANY = Window(date.min, date.max)


class Base(NamedTuple):
    """Points of a window of which the share is taken, and those that count as presence without work."""

    points: int
    worked: int
    credited: int


def _share(s: Situation, p: Mapping[str, object]) -> Answer:
    """The share of the resulting calendar, in each window that holds the day."""
    rows = s.remembered((p["key"], s.agreement, s.day, s.form), lambda: _rows(s, p))
    if not rows:
        return None
    return instead(s, p, _fullest_judged(s, p, rows))


@may_stand("share")
def _is_met(s: Situation, p: Mapping[str, object]) -> bool:
    rows = s.remembered((p["key"], s.agreement, s.day, s.form), lambda: _rows(s, p))
    return bool(rows) and _fullest_judged(s, p, rows)[0] is ALLOWED


def _fullest_judged(s: Situation, p: Mapping[str, object], rows: tuple[tuple, ...]) -> Answer:
    added = _added(s, p, rows[0][-1], rows[0][0])  # the same in each window: they count the same days
    window, base, used, _ = _fullest(rows, added)
    key = (p["key"], s.agreement, s.day, "judged", window, used + added)
    return s.remembered(key, lambda: _judged(s, p, window, base, used + added))


def _fullest(rows: tuple[tuple, ...], added: int) -> tuple:
    """The window with the largest share remote; the first of several. Compared crosswise, in whole numbers."""
    fullest = rows[0]
    for row in rows[1:]:
        if (row[2] + added) * (fullest[1].points or 1) > (fullest[2] + added) * (row[1].points or 1):
            fullest = row
    return fullest


def _added(s: Situation, p: Mapping[str, object], tally, window: Window) -> int:
    """What the request adds: the hours asked for where it names some, else the part of the day."""
    if (
        p["unit"] == "hour"
        and s.request is not None
        and s.request.hours is not None
        and tally.counts(s.form or ORDINARY)
    ):
        return int(s.request.hours * 60)
    return tally.added(s.day, s.halves, s.form, *window)


def _rows(s: Situation, p: Mapping[str, object]) -> tuple[tuple, ...]:
    tally = tally_of(s.facts, p["unit"], whole=False, forms=p["counting"] or s.clause.forms, times=s.clause.times)
    return tuple((w, _base_of(s, p, w), tally.over(*w), tally) for w in windows_for(s, p, tally))


def _base_of(s: Situation, p: Mapping[str, object], window: Window) -> Base:
    return s.remembered((p["key"], s.agreement, "base", window), lambda: _base(s, p, window))


def _judged(s: Situation, p: Mapping[str, object], window: Window, base: Base, remote: int) -> Answer:
    scale = p["scale"]
    if not base.points:
        return ALLOWED, "nothing_due", {"span": f"{window.first}/{window.last}"}, ""
    site = max(0, base.worked - remote) + base.credited
    counted = site if p["is_least"] else remote
    bound = _bound(s, p, Fraction(base.points, scale))
    data = {
        "span": "/".join(map(str, window)),
        "unit": p["unit"],
        "share": told(Fraction(counted * 100, base.points)),
        "percent": told(_percent(s, p)),
        "base": told(base.points, scale),
        "remote": told(remote, scale),
        "on_site": told(site, scale),
        "needed" if p["is_least"] else "most": told(bound),
    }
    is_met = Fraction(counted, scale) >= bound if p["is_least"] else Fraction(counted, scale) <= bound
    if is_met:
        return ALLOWED, "ok_least" if p["is_least"] else "ok_most", data, ""
    return (
        REFUSED,
        "too_little" if p["is_least"] else "too_much",
        {**data, "next": str(window.last + timedelta(days=1))},
        "opens",
    )


def _bound(s: Situation, p: Mapping[str, object], base: Fraction) -> Fraction:
    """What the share makes of the base, in units."""
    reading = s.reading("share_rounding")
    return to_step(base * _percent(s, p) / 100, reading.choice, reading.params.get("step", "day"))


def _percent(s: Situation, p: Mapping[str, object]) -> Fraction:
    """The share agreed with the person, else fixed for the team, within the bounds written; else that of the text."""
    trait = s.facts.trait(p["agreed"], s.day) if p["agreed"] else None
    own = trait.number if trait is not None else None
    if own is None and p["chosen"]:
        own = s.facts.settings.get(p["chosen"])
    if own is None:
        return Fraction(p["percent"])
    return Fraction(min(max(own, p["lowest"]), p["highest"]))


def _base(s: Situation, p: Mapping[str, object], window: Window) -> Base:
    """The time of a window, as the text takes it: by contract, as scheduled, or as really worked."""
    of = p["of"] or s.reading("share_of").choice
    of_days = s.remembered((p["key"], s.agreement, "of days"), dict)
    points = worked = credited = 0
    day = window.first
    while day <= window.last:
        if day not in of_days:
            of_days[day] = _of_day(s, p, of, day)
        of_day = of_days[day]
        if of_day is not None:
            points += of_day[0]
            worked += of_day[1]
            credited += of_day[2]
        day += _ONE_DAY
    return Base(points, worked, credited)


def _of_day(s: Situation, p: Mapping[str, object], of: str, day: date) -> Base | None:
    """What one day brings to it; None where it does not count."""
    workday = s.facts.workdays.get(day)
    codes = {s.facts.absence_codes.get(day), s.facts.away.get(day)}
    if workday is None or not codes.isdisjoint(p["left_out"]):
        return None
    due = _points(p, workday, workday.due)
    here = _points(p, workday, workday.available)
    usual = due if of in ("scheduled", "due") else _usual(s, p, day)
    is_credited = of == "absences_as_presence" or not codes.isdisjoint(p["credited"])
    return Base(usual if is_credited or of != "due" else here, here, max(0, usual - here) if is_credited else 0)


def _usual(s: Situation, p: Mapping[str, object], day: date) -> int:
    """What the person's week has on that weekday: on a public holiday, what it has on the nearest one that is not."""
    workday = s.facts.workdays[day]
    if not workday.holiday or workday.due:
        return _points(p, workday, workday.due)
    for weeks in range(1, _WEEKS_SEARCHED):
        for step in (-weeks, weeks):
            other = s.facts.workdays.get(day + timedelta(weeks=step))
            if other is not None and not other.holiday:
                return _points(p, other, other.due)
    return 0


def _points(p: Mapping[str, object], workday, halves: int) -> int:
    if p["unit"] != "hour":
        return halves.bit_count()
    return workday.minutes * halves.bit_count() // max(1, workday.due.bit_count())


def _consult(asked: Mapping[str, object], p: Mapping[str, object], s: Situation) -> Answer:
    """Whether so much remote, or on site, of so much meets the share; unasked, what it makes of the window."""
    if asked.get("of") is None:
        rows = _rows(s, p)
        return _judged(s, p, *rows[0][:3]) if rows else None
    scale, whole = p["scale"], Fraction(asked["of"])
    if asked.get("on_site") is not None:
        remote = whole - Fraction(asked["on_site"])
    else:
        remote = Fraction(asked.get("remote") or 0)
    base = Base(int(whole * scale * 60), int(whole * scale * 60), 0)
    scaled = {**p, "scale": scale * 60}
    answer = _judged(s, scaled, Window(s.day, s.day), base, int(remote * scale * 60))
    return (*answer[:3], "")


def _prepare(params: dict) -> dict:
    per = params["per"]
    if params["rolling"] and per is None:
        raise Wrong(
            fr="Une durée glissante a une longueur : ajoutez per.", en="A rolling length has a length: add per."
        )
    if params["lowest"] > params["highest"]:
        raise Wrong(fr="lowest dépasse highest : échangez-les.", en="lowest is above highest: swap them.")
    period = Period(per, params["every"], *([params["starts"]] if params["starts"] else [])) if per else None
    return {
        **params,
        "key": object(),
        "is_least": params["least"] is not None,
        "percent": params["least"] if params["least"] is not None else params["most"],
        "scale": SCALES[params["unit"]] if params["unit"] != "day" else 2,
        "period": period or Period("week"),
        "averaged": per is None,
        "per_is_open": per is None,
        "of_is_open": params["of"] is None,
        "follows_year": per == "year" and params["starts"] is None,
        "starts_with": "",
        "counting": frozenset(params["counting"]),
        "has_other": bool(params["or_else"]),
        "credited": frozenset(params["credited"]),
        "left_out": frozenset(params["left_out"]),
    }


def _maybe(kind: str, fr: str, en: str, **more) -> Param:
    return Param(kind, both(fr=fr, en=en), required=False, **{"default": None, **more})


SHARE = Rule(
    kind="share",
    title=both(fr="Part du temps", en="Share of time"),
    question=both(
        fr="Quelle part du temps au plus à distance, ou au moins sur site, de quel temps, sur quelle durée ?",
        en="What share of time at most remote, or at least on site, of what time, over what length?",
    ),
    judge=_share,
    consult=_consult,
    asks={
        "of": _maybe("number", "le temps entier, dans l’unité", "the whole time, in the unit", most=100_000),
        "remote": _maybe("number", "ce qui est à distance", "what is remote", most=100_000),
        "on_site": _maybe("number", "ou ce qui est sur site", "or what is on site", most=100_000),
    },
    params={
        "most": _maybe("number", "au plus tant de % à distance", "at most so many % remote", most=100),
        "least": _maybe("number", "ou au moins tant de % sur site", "or at least so many % on site", most=100),
        "chosen": _maybe(
            "string",
            "le réglage d’équipe qui fixe une autre part",
            "the team’s setting that fixes another share",
            default="",
        ),
        "agreed": _maybe(
            "string",
            "le code qui tient la part convenue avec la personne",
            "the code that holds the share agreed with the person",
            default="",
        ),
        "lowest": _maybe(
            "number", "la part la plus basse à fixer ainsi", "the lowest share so fixed", default=Decimal(0), most=100
        ),
        "highest": _maybe(
            "number", "la plus haute", "the highest share so fixed", default=Decimal(100), most=100
        ),
        "of": _maybe(
            "choice",
            "le temps dont la part est prise, sinon la lecture share_of",
            "the time the share is taken of, else the reading share_of",
            choices=_BASES,
        ),
        "unit": _maybe(
            "choice", "l’unité", "the unit", default="day", choices=("day", "half_day", "hour")
        ),
        "per": _maybe(
            "choice",
            "la durée, sinon la lecture measured_over",
            "the length, else the reading measured_over",
            choices=(*WEEKS, *MONTHS),
        ),
        "every": _maybe("whole", "tant de durées à la fois", "so many lengths at a time", default=1, least=1, most=120),
        "rolling": _maybe("flag", "true : durée glissante", "true: any length of that time", default=False),
        "starts": _maybe("date", "le jour où commencent les durées", "the day the lengths start on"),
        "credited": _maybe(
            "codes", "ces absences comptent comme présence", "these absences count as presence", default=()
        ),
        "left_out": _maybe(
            "codes",
            "ces jours d’absence ou d’ailleurs (training…) ne comptent pas",
            "these days of absence or elsewhere (training…) do not count",
            default=(),
        ),
        "counting": _maybe(
            "codes", "les formes comptées, sinon celles de la règle", "the forms counted, else its own", default=()
        ),
        "or_else": OR_ELSE,
    },
    prepare=_prepare,
    one_of=("most", "least"),
    several=True,
    readings=(
        ("share_of", "of_is_open", True),
        ("measured_over", "per_is_open", True),
        ("year_start", "follows_year", True),
        "share_rounding",
        READING,
    ),
    tells=('base', 'remote', 'on_site', 'most', 'needed', 'other'),
    sentences={
        "instead": INSTEAD,
        "ok_most": say(
            "{span:span} : {share:percentage} à distance, {percent:percentage} au plus",
            "{span:span}: {share:percentage} remote, {percent:percentage} at most",
        ),
        "ok_least": say(
            "{span:span} : {share:percentage} sur site, {percent:percentage} au moins",
            "{span:span}: {share:percentage} on site, {percent:percentage} at least",
        ),
        "too_much": say(
            "{span:span} : {share:percentage} à distance ({remote:number} sur {base:{unit}}), {percent:percentage} au"
            " plus, soit {most:{unit}}.",
            "{span:span}: {share:percentage} remote ({remote:number} of {base:{unit}}), {percent:percentage} at most,"
            " which makes {most:{unit}}.",
        ),
        "too_little": say(
            "{span:span} : {share:percentage} sur site ({on_site:number} sur {base:{unit}}), {percent:percentage} au"
            " moins, soit {needed:{unit}}.",
            "{span:span}: {share:percentage} on site ({on_site:number} of {base:{unit}}), {percent:percentage} at"
            " least, which makes {needed:{unit}}.",
        ),
        "opens": say("La période suivante commence le {next:date}.", "The next period begins on {next:date}."),
        "nothing_due": say("{span:span} : rien n’est à travailler", "{span:span}: nothing to work"),
    },
    example=(
        'kind = "share"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nmost = 50\nof = "contractual"\n'
        'per = "fortnight"'
    ),
    asked='kind = "share"\nof = 20\non_site = 12',
)  # fmt: skip
