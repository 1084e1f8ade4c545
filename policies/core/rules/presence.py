"""How much of a week, or of another period, stays on site; and how much of the team."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from math import ceil

from ..limits import period_of, periods_in, to_days
from ..population import days_a_week
from ..rates import to_step
from ..schema import Param
from ..situation import Situation, days
from ..tally import told
from ..text import both
from ..windows import MONTHS, WEEKS, Period, Window, window_of
from .alternatives import INSTEAD, OR_ELSE, READING, instead, may_stand
from .base import ALLOWED, NEEDS_APPROVAL, REFUSED, Answer, Rule, say

_HALVES_OF_FULL_WEEK = 10


def _minimum_on_site(s: Situation, p: Mapping[str, object]) -> Answer:
    """Days of the period that remain on site once this one is remote; the reading says what a short week asks for."""
    return instead(s, p, _answer(s, p))


@may_stand("minimum_on_site")
def _is_met(s: Situation, p: Mapping[str, object]) -> bool:
    answer = _answer(s, p)
    return answer is not None and answer[0] is ALLOWED


def _answer(s: Situation, p: Mapping[str, object]) -> Answer:
    newly_remote = (s.halves & s.available & ~s.facts.booked.get(s.day, 0)).bit_count()
    if not newly_remote:
        return None
    return s.remembered((p["key"], s.agreement, s.day, newly_remote), lambda: _judged(s, p, newly_remote))


def _judged(s: Situation, p: Mapping[str, object], newly_remote: int) -> Answer:
    window, on_site, needed, worked = s.remembered((p["key"], s.agreement, s.day), lambda: _standing(s, p))
    span = f"{window.first}/{window.last}"
    if not needed:
        return ALLOWED, "no_minimum", {"span": span}, ""
    after = max(0, on_site - newly_remote)
    data = {
        "span": span,
        "after": days(after),
        "limit": told(needed, 2),
        "most_remote": told(max(0, worked - needed), 2),
    }
    if after >= needed:
        return (NEEDS_APPROVAL, "unfixed", data, "") if _is_unfixed(s, p, after) else (ALLOWED, "ok", data, "")
    if p["beyond"] == "case_by_case":
        return NEEDS_APPROVAL, "case_by_case", data, ""
    return REFUSED, "too_few", {**data, "next": str(window.last + timedelta(days=1))}, "opens"


def _standing(s: Situation, p: Mapping[str, object]) -> tuple[Window, int, Fraction, int]:
    """The window of the day, the half-days on site in it now, those it needs, and those worked or counted as such."""
    window = window_of(period_of(s, p), s.day)
    on_site, worked, credited = s.remembered(
        ("on site", window, p["credited"]), lambda: _on_site(s.facts, window, p["credited"])
    )
    weeks = periods_in(s, p, window) if p["averaged"] else Fraction(p["every"])
    reading = s.reading("short_weeks")
    asked_for = Fraction(_fixed(s, p)) * weeks
    needed = 2 * (to_days(s, asked_for) if p["averaged"] else asked_for)
    full = _HALVES_OF_FULL_WEEK * weeks if p["averaged"] else _full(window, p)
    if reading.choice == "proportional":
        needed = Fraction(ceil(needed * min(Fraction(worked), full) / full)) if full else Fraction(0)
    elif reading.choice == "prorated":
        needed = _prorated(s, reading.params, needed, Fraction(worked), full)
    if p["credited"] or reading.choice == "absences_count":
        on_site, worked = on_site + credited, worked + credited
    return window, on_site, needed, worked


def _full(window: Window, p: Mapping[str, object]) -> Fraction:
    """Half-days of a window at five days a week."""
    weeks = p["period"].weeks
    return Fraction(_HALVES_OF_FULL_WEEK * weeks) if weeks else Fraction(_HALVES_OF_FULL_WEEK * window.days, 7)


def _prorated(s: Situation, how: Mapping[str, object], needed: Fraction, worked: Fraction, full: Fraction) -> Fraction:
    if how["of"] == "pattern":
        share = Fraction(days_a_week(s.facts, s.contract, s.day)) / 5 if s.contract else Fraction(1)
    else:
        share = worked / full if full else Fraction(0)
    return to_step(needed * min(Fraction(1), share) / 2, how["direction"], how["step"]) * 2


def _fixed(s: Situation, p: Mapping[str, object]) -> object:
    """The minimum: as the team's setting fixes it within the range; as written, where it has not fixed it."""
    chosen = s.facts.settings.get(p["chosen"]) if p["chosen"] else None
    if chosen is None:
        return p["limit"]
    return min(max(chosen, p["limit"]), p["up_to"] if p["up_to"] is not None else chosen)


def _is_unfixed(s: Situation, p: Mapping[str, object], after: int) -> bool:
    """Could the number that the team has not fixed yet refuse these days? Then the manager is to answer."""
    if not p["chosen"] or s.facts.settings.get(p["chosen"]) is not None or s.answer_of("manager") == "yes":
        return False
    return p["up_to"] is None or after < _standing(s, {**p, "limit": p["up_to"]})[2]


def _ask_minimum(asked, p, s) -> Answer:
    """What the period of that day asks for, and whether so many days on site are enough."""
    window, held, needed, worked = _standing(s, p)
    span = {"span": f"{window.first}/{window.last}"}
    if not needed:
        return ALLOWED, "no_minimum", span, ""
    after = held if asked.get("on_site") is None else 2 * Fraction(asked["on_site"])
    data = {
        **span,
        "after": told(after, 2),
        "limit": told(needed, 2),
        "most_remote": told(max(0, worked - needed), 2),
        "next": str(window.last + timedelta(days=1)),
    }
    return (ALLOWED, "ok", data, "") if after >= needed else (REFUSED, "too_few", data, "opens")


def _on_site(facts, window: Window, codes: frozenset[str]) -> tuple[int, int, int]:
    """Half-days of a window on site now, worked at all, and lost to absence (of these codes) or public holiday."""
    on_site = worked = credited = 0
    for offset in range(window.days):
        day = window.first + timedelta(days=offset)
        workday = facts.workdays.get(day)
        if workday is None:
            continue
        available = workday.available
        worked += available.bit_count()
        on_site += (available & ~facts.booked.get(day, 0)).bit_count()
        if codes and facts.absence_codes.get(day) not in codes:
            continue
        is_free_holiday = workday.holiday and not workday.due and day.isoweekday() <= 5
        credited += 2 if is_free_holiday else (workday.due & workday.absent).bit_count()
    return on_site, worked, credited


def _prepare(params: dict) -> dict:
    per = params["per"]
    start = [params["starts"]] if params["starts"] else []
    return {
        **params,
        "key": object(),
        "period": Period(per, params["every"], *start),
        "follows_year": per == "year" and not start,
        "starts_with": "",
        "base": params["limit"],
        "credited": frozenset(params["credited"]),
        "has_other": bool(params["or_else"]),
    }


def _maybe(kind: str, fr: str, en: str, **more) -> Param:
    return Param(kind, both(fr=fr, en=en), required=False, **{"default": None, **more})


MINIMUM_ON_SITE = Rule(
    kind="minimum_on_site",
    title=both(fr="Présence minimale", en="Minimum on site"),
    question=both(fr="Combien de jours sur site par semaine au moins ?", en="How many days on site a week at least?"),
    judge=_minimum_on_site,
    consult=_ask_minimum,
    asks={"on_site": _maybe("number", "les jours sur site", "the days on site", most=366)},
    params={
        "limit": Param("days", both(fr="jours sur site par période", en="days on site each period"), most=366),
        "per": _maybe(
            "choice", "la période, la semaine sinon", "the period, else the week", default="week",
            choices=(*WEEKS, *MONTHS),
        ),
        "every": _maybe("whole", "tant de périodes", "so many periods at a time", default=1, least=1, most=52),
        "starts": _maybe("date", "le jour où commencent les périodes", "the day periods start on"),
        "averaged": _maybe("flag", "true : en moyenne par semaine", "true: on average a week", default=False),
        "chosen": _maybe(
            "string", "le réglage d’équipe qui fixe le nombre", "the team’s setting that fixes the number", default=""
        ),
        "up_to": _maybe("days", "le plus que ce réglage peut fixer", "the most that setting may fix", most=366),
        "credited": _maybe(
            "codes", "ces absences comptent comme présence", "these absences count as presence", default=()
        ),
        "or_else": OR_ELSE,
        "beyond": _maybe(
            "choice", "en deçà : refused ou case_by_case", "below: refused or case_by_case", default="refused",
            choices=("refused", "case_by_case"),
        ),
    },
    prepare=_prepare,
    several=True,
    readings=(
        READING,
        "short_weeks",
        ("measured_over", "averaged", True),
        ("empty_weeks", "averaged", True),
        ("year_start", "follows_year", True),
    ),
    tells=('most_remote', 'other'),
    sentences={
        "instead": INSTEAD,
        "too_few": say(
            "{span:span} : il resterait {after:day} sur site, {limit:number} au moins.",
            "{span:span}: {after:day} on site would remain, {limit:number} at least.",
        ),
        "opens": say(
            "La suivante commence le {next:weekday_date}.", "The next begins on {next:weekday_date}."
        ),
        "case_by_case": say(
            "{span:span} : moins de {limit:day} sur site, c’est vu au cas par cas.",
            "{span:span}: fewer than {limit:day} on site, looked at case by case.",
        ),
        "unfixed": say(
            "{span:span} : {after:day} sur site, {limit:number} au moins ; le nombre de l’équipe n’est pas fixé.",
            "{span:span}: {after:day} on site, {limit:number} at least; the team has not fixed its number yet.",
        ),
        "no_minimum": say("{span:span} : aucun minimum sur site", "{span:span}: no minimum on site"),
        "ok": say(
            "{span:span} : {after:day} sur site, {limit:number} au moins",
            "{span:span}: {after:day} on site, {limit:number} at least",
        ),
    },
    example='kind = "minimum_on_site"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nlimit = 2',
    asked='ask = { kind = "minimum_on_site", on_site = 1 }',
)  # fmt: skip


def _minimum_team_on_site(s: Situation, p: Mapping[str, object]) -> Answer:
    """Of the people of the team who work that day, enough stay on site once this one is remote."""
    known = s.facts.team_days.get(s.day)
    newly_remote = s.halves & s.available & ~s.facts.booked.get(s.day, 0)
    if known is None or not newly_remote or (p["weekdays"] and s.day.isoweekday() not in p["weekdays"]):
        return None
    due, remote = known
    after = due - remote - 1
    if p["most_remote"] is not None:
        data = {"day": s.day.isoformat(), "due": due, "remote": remote + 1, "most": p["most_remote"]}
        return (ALLOWED, "ok_remote", data, "") if remote < p["most_remote"] else (REFUSED, "too_many", data, "ask")
    needed = ceil(Fraction(p["percent"]) * due / 100) if p["percent"] is not None else p["limit"]
    data = {"day": s.day.isoformat(), "due": due, "after": max(0, after), "needed": int(needed)}
    if after >= needed:
        return ALLOWED, "ok", data, ""
    return REFUSED, "too_few", data, "ask"


MINIMUM_TEAM_ON_SITE = Rule(
    kind="minimum_team_on_site",
    title=both(fr="Présence de l’équipe", en="Team on site"),
    question=both(
        fr="Combien de personnes de l’équipe, ou quelle part, restent sur site chaque jour ?",
        en="How many people of the team, or what share, stay on site each day?",
    ),
    judge=_minimum_team_on_site,
    params={
        "limit": _maybe("whole", "tant de personnes au moins", "at least so many people", most=100_000),
        "percent": _maybe("number", "ou tant de % de ceux qui travaillent", "or so many % of those at work", most=100),
        "most_remote": _maybe(
            "whole", "ou tant de personnes en télétravail au plus", "or at most so many people remote", most=100_000
        ),
        "weekdays": _maybe("weekdays", "ces jours-là seulement", "on these weekdays only", default=frozenset()),
    },
    one_of=("limit", "percent", "most_remote"),
    several=True,
    sentences={
        "too_many": say(
            "Le {day:weekday_date}, {remote} personnes de l’équipe seraient en télétravail, {most} au plus.",
            "On {day:weekday_date} {remote} of the team would telework, {most} at most.",
        ),
        "ok_remote": say(
            "{remote} de l’équipe en télétravail, {most} au plus", "{remote} of the team remote, {most} at most"
        ),
        "too_few": say(
            "Le {day:weekday_date}, il resterait {after} de l’équipe sur site sur {due}, {needed} au moins.",
            "On {day:weekday_date} {after} of the team of {due} would remain on site, {needed} at least.",
        ),
        "ask": say("Choisissez un jour où l’équipe est plus présente.", "Choose a day with more of the team on site."),
        "ok": say("{after} de l’équipe sur site, {needed} au moins", "{after} of the team on site, {needed} at least"),
    },
    example='kind = "minimum_team_on_site"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\npercent = 50',
)
