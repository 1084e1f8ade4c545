"""A cap of any unit over any period: the general form of the yearly, monthly and weekly caps."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from ..carrying import with_carried
from ..document import FAR
from ..envelopes import extras_above, ledger_of
from ..limits import ALWAYS, Row, holding, is_rolling, limit_over, period_of, periods_in, tally_for, windows_for
from ..situation import Situation
from ..tally import SCALES, tally_of, told, whole_or_not
from ..text import both
from ..windows import next_window
from .alternatives import READING, may_stand, other_with_room
from .base import ALLOWED, NEEDS_APPROVAL, REFUSED, Answer, Rule, say
from .cap_params import PARAMS, prepare

_SEARCHED = 60  # periods
_ROLLED = 800  # days


def _cap(s: Situation, p: Mapping[str, object]) -> Answer:
    """Each window that holds the day must have room for it, once all that is held is counted."""
    if p["agreed"] and (refusal := _own_volume(s, p)):
        return refusal
    rows = rows_at(s, p)
    if not rows:
        return None
    if p["on_top_of"]:
        return _extra(s, p, rows[0])
    row, added = rows[0], _added(s, p, rows[0])
    if not p["adds_alike"]:
        for other in rows[1:]:
            more = _added(s, p, other)
            if other.used + more - other.limit > row.used + added - row.limit:
                row, added = other, more
    if row.used + added <= row.limit:
        return _steps(s, p, row, added) if p["steps"] else (ALLOWED, "ok", _data(s, p, row, added), "")
    if extras_above(s.agreement, s.name):
        counted_on = ledger_of(s.facts, s.agreement).ask(s.day, s.halves, s.form).counted_on
        if counted_on:
            data = {**_data(s, p, row, added), "counted_on": counted_on, **_named(s, counted_on)}
            return ALLOWED, "on_extra", data, ""
    return _beyond(s, p, row, added)


def rows_at(s: Situation, p: Mapping[str, object]) -> tuple[Row, ...]:
    """The windows that hold the day, found once for each day."""
    memory, key = s.facts._counts, (p["key"], s.agreement, s.day, s.form)
    rows = memory.get(key)
    if rows is None:
        rows = memory[key] = rows_of(s, p)
    return rows


def rows_of(s: Situation, p: Mapping[str, object]) -> tuple[Row, ...]:
    """The windows that hold the day, with what each allows and holds, the fullest first."""
    tally = tally_for(s, p)
    extra = ledger_of(s.facts, s.agreement) if p["on_top_of"] else None
    rows = []
    for window in windows_for(s, p, tally):
        used = extra.over(s.name, *window) if extra else tally.over(*window)
        row = with_carried(s, p, Row(window, limit_over(s, p, window) * p["scale"], used, tally))
        rows.append(row._replace(limit=whole_or_not(row.limit), told=_told(s, p, row)))
    return tuple(sorted(rows, key=lambda row: row.limit - row.used)) if len(rows) > 1 else tuple(rows)


def _added(s: Situation, p: Mapping[str, object], row: Row) -> int:
    if p["unit"] == "hour" and s.request is not None and s.request.hours is not None:
        return int(s.request.hours * 60)
    return row.tally.added(s.day, s.halves, s.form, *row.window)


def _own_volume(s: Situation, p: Mapping[str, object]) -> Answer:
    """A number agreed with the person stays within its bounds."""
    if not p["agreed"]:
        return None
    trait = s.facts.trait(p["agreed"], s.day)
    agreed = trait.number if trait else None
    if agreed is None:
        return REFUSED, "no_volume", {"agreed": "-"}, ""
    data = {"agreed": str(agreed), "unit": p["unit"], "limit": str(p["base"])}
    if p["above"] is not None and agreed <= p["above"]:
        return REFUSED, "not_above", {**data, "least": str(p["above"])}, ""
    if p["least"] is not None and agreed < p["least"]:
        return REFUSED, "below_least", {**data, "least": str(p["least"])}, ""
    if p["base"] is not None and agreed > p["base"]:
        return REFUSED, "above_limit", data, ""
    return None


def _steps(s: Situation, p: Mapping[str, object], row: Row, added: int) -> Answer:
    """What the step that is reached asks for: nothing, somebody's answer, or something recorded of the person."""
    after = Fraction(row.used + added)
    step = next((step for step in p["steps"] if after <= Fraction(step["up_to"]) * p["scale"]), None)
    if step is None:
        return ALLOWED, "ok", _data(s, p, row, added), ""
    below = [other["up_to"] for other in p["steps"] if other["up_to"] < step["up_to"]]
    data = {
        **_data(s, p, row, added),
        "route": step["route"],
        "up_to": str(step["up_to"]),
        "free": str(max(below, default=0)),
    }
    missing = [code for code in step["requires"] if not s.facts.has(code, s.day)]
    if missing:
        words = [s.agreement.label(code) for code in missing]
        told = {"codes_fr": ", ".join(w.fr for w in words), "codes_en": ", ".join(w.en for w in words)}
        return REFUSED, "requires", {**data, **told, "requires": missing[0]}, "without"
    answer = s.answer_of(step["needs"]) if step["needs"] else "yes"
    if answer == "no":
        return REFUSED, "not_granted", data, "without"
    if answer != "yes":
        return NEEDS_APPROVAL, "asked", {**data, "needs": step["needs"]}, ""
    return ALLOWED, "step", data, ""


def _extra(s: Situation, p: Mapping[str, object], row: Row) -> Answer:
    """An extra counts only what the caps below it have no room for."""
    points = ledger_of(s.facts, s.agreement).ask(s.day, s.halves, s.form).extras.get(s.name, 0)
    if not points:
        return None
    data = {**_data(s, p, row, points), "counted_on": s.name}
    if p["merges"] and points > 1 and s.reading("half_days_merge").choice == "half_days_only":
        return REFUSED, "half_only", data, "ask_half"
    if row.used + points <= row.limit:
        return ALLOWED, "counted", data, ""
    return _beyond(s, p, row, points)


def _beyond(s: Situation, p: Mapping[str, object], row: Row, added: int) -> Answer:
    data = _data(s, p, row, added)
    if other := other_with_room(s, p):
        return ALLOWED, "other_cap", {**data, "other": other, **_named(s, other)}, ""
    if p["beyond"] == "case_by_case":
        return NEEDS_APPROVAL, "case_by_case", data, ""
    if not row.known:
        return REFUSED, "not_known", {**data, "before": row.window.first.isoformat()}, "record"
    code = "nothing" if row.limit == 0 else "exceeded"
    if s.is_glance:
        return REFUSED, code, data, ""
    opens = s.remembered((p["key"], s.agreement, "next", s.day, s.form, added), lambda: _opening(s, p, added))
    return (REFUSED, code, {**data, "next": opens.isoformat()}, "opens") if opens else (REFUSED, code, data, "")


@may_stand("cap")
def _has_room_itself(s: Situation, p: Mapping[str, object]) -> bool:
    """Has each window that holds the day room for the request? A cap that counts nothing that day stands for none."""
    rows = rows_at(s, p)
    return bool(rows) and all(row.used + _added(s, p, row) <= row.limit for row in rows)


def _named(s: Situation, name: str) -> dict[str, str]:
    """Another cap in the words that the agreement has for its name."""
    words = s.agreement.label(name)
    return {"name_fr": words.fr, "name_en": words.en}


def _told(s: Situation, p: Mapping[str, object], row: Row) -> dict[str, object]:
    """What is said of a window whatever is asked."""
    data = {
        "span": f"{row.window.first}/{row.window.last}",
        "unit": p["unit"],
        "per": p["per"],
        "used": told(row.used, p["scale"]),
        "limit": told(row.limit, p["scale"]),
    }
    if row.carried:
        data["carried"] = told(row.carried, p["scale"])
    return data


def _data(s: Situation, p: Mapping[str, object], row: Row, added: int) -> dict[str, object]:
    scale, after = p["scale"], row.used + added
    left = row.limit - after
    data = {**row.told, "after": told(after, scale), "left": told(left, scale) if left > 0 else "0"}
    if left < 0:
        data["over"] = told(-left, scale)
    if p["averaged"]:
        periods = periods_in(s, p, row.window)
        data["average"] = told(after, scale * periods) if periods else "0"
    return data


def _opening(s: Situation, p: Mapping[str, object], added: int) -> date | None:
    """The first day on which this much would be possible again; None where the text opens none."""
    if p["per"] in ("mission", "always") or added > limit_or_nothing(s, p):
        return None
    days = _rolled(s, p) if is_rolling(s, p) else _next_firsts(s, p)
    return next((day for day in days if _has_room(s, p, day, added)), None)


def limit_or_nothing(s: Situation, p: Mapping[str, object]) -> Fraction | int:
    return max((row.limit for row in rows_at(s, p)), default=0)


def _next_firsts(s: Situation, p: Mapping[str, object]):
    period = period_of(s, p)
    window = windows_for(s, p, tally_for(s, p))[0]
    for _ in range(_SEARCHED):
        window = next_window(period, window)
        if window.first > s.agreement.ends or (s.contract and s.contract.end and window.first > s.contract.end):
            return
        yield window.first


def _rolled(s: Situation, p: Mapping[str, object]):
    """The days after which a held day leaves the rolling window."""
    for offset in range(1, _ROLLED):
        yield s.day + timedelta(days=offset)


def _has_room(s: Situation, p: Mapping[str, object], day: date, added: int) -> bool:
    if holding(s.facts, s.agreement, s.clause, day, s.form) is None:
        return False
    other = Situation(s.facts, s.agreement, day, s.halves, s.planning)
    other.clause, other.form = s.clause, s.form
    return all(row.used + added <= row.limit for row in rows_at(other, p))


def _consult(asked: Mapping[str, object], p: Mapping[str, object], s: Situation) -> Answer:
    """How much the cap allows somebody, how much of it is used and left, around the day."""
    if refusal := _own_volume(s, p):
        return refusal
    rows = rows_of(s, p)
    if not rows:
        return None
    row = min(rows, key=lambda found: found.limit - found.used)
    first, last = row.window
    dates = {"first": first.isoformat(), "last": last.isoformat()} if row.window != ALWAYS and last < FAR else {}
    return ALLOWED, "is", {**_data(s, p, row, 0), **dates, **_time(s, p, row)}, ""


def _time(s: Situation, p: Mapping[str, object], row: Row) -> dict[str, str]:
    """The time that is held, in days, where what is counted is not time: slots, occasions, weeks."""
    if p["unit"] not in ("slot", "occasion", "week"):
        return {}
    halves = tally_of(s.facts, "half_day", whole=False, forms=row.tally.forms, times=row.tally.times)
    return {"days": told(halves.over(*row.window), SCALES["day"])}


_SENTENCES = {
    "ok": say("{span:span} : {after:{unit}} sur {limit:number}", "{span:span}: {after:{unit}} of {limit:number}"),
    "is": say("{span:span} : {limit:{unit}}, reste {left:number}", "{span:span}: {limit:{unit}}, {left:number} left"),
    "exceeded": say(
        "{span:span} : cela ferait {after:{unit}}, {limit:number} au plus.",
        "{span:span}: that would make {after:{unit}}, {limit:number} at most.",
    ),
    "nothing": say("{span:span} : rien n’est ouvert.", "{span:span}: nothing is open."),
    "not_known": say(
        "{span:span} : {limit:{unit}} pris sans le report, et ce qui reste d’avant le {before:date} n’est pas connu.",
        "{span:span}: {limit:{unit}} taken without what is carried over, and what was left before {before:date} is not"
        " known.",
    ),
    "record": say(
        "Il faut d’abord noter les jours télétravaillés de la période d’avant.",
        "The days teleworked in the period before must be recorded first.",
    ),
    "opens": say("Premier jour où il y aura de la place : {next:date}.", "First day with room again: {next:date}."),
    "on_extra": say(
        "{span:span} : {limit:{unit}} pris, compté sur « {name_fr} »",
        "{span:span}: {limit:{unit}} taken, counted on “{name_en}”",
    ),
    "other_cap": say(
        "{span:span} : {limit:{unit}} pris, « {name_fr} » laisse de la place",
        "{span:span}: {limit:{unit}} taken, “{name_en}” has room",
    ),
    "counted": say(
        "Compté en sus : {after:{unit}} sur {limit:number}, {span:span}",
        "Counted as extra: {after:{unit}} of {limit:number}, {span:span}",
    ),
    "half_only": say("En sus, une demi-journée par jour au plus.", "On top, at most one half-day a day."),
    "ask_half": say("Demandez une demi-journée.", "Ask for half a day."),
    "step": say("{span:span} : {after:{unit}} sur {up_to:number}", "{span:span}: {after:{unit}} of {up_to:number}"),
    "asked": say(
        "Au-delà de {free:{unit}}, il faut un accord ({span:span}).",
        "Beyond {free:{unit}} an agreement is needed ({span:span}).",
    ),
    "requires": say(
        "Au-delà de {free:{unit}}, il faut : {codes_fr}.", "Beyond {free:{unit}} this is needed: {codes_en}."
    ),
    "not_granted": say("L’accord demandé a été refusé.", "The agreement needed was refused."),
    "without": say("Sans cela : {free:{unit}} au plus.", "Without it: {free:{unit}} at most."),
    "case_by_case": say(
        "{span:span} : au-delà de {limit:{unit}}, c’est vu au cas par cas.",
        "{span:span}: beyond {limit:{unit}}, it is looked at case by case.",
    ),
    "no_volume": say("Aucun nombre n’a été convenu.", "No number has been agreed."),
    "not_above": say(
        "Le nombre convenu est {agreed:number} ; il doit dépasser {least:number}.",
        "The number agreed is {agreed:number}; it must exceed {least:number}.",
    ),
    "below_least": say(
        "Le nombre convenu est {agreed:number}, {least:number} au moins.",
        "The number agreed is {agreed:number}, {least:number} at least.",
    ),
    "above_limit": say(
        "Le nombre convenu est {agreed:number}, {limit:number} au plus.",
        "The number agreed is {agreed:number}, {limit:number} at most.",
    ),
}
CAP = Rule(
    kind="cap",
    title=both(fr="Plafond", en="Cap"),
    question=both(
        fr="Combien, dans quelle unité, sur quelle période, pour qui ?",
        en="How many, in which unit, over which period, for whom?",
    ),
    judge=_cap,
    consult=_consult,
    params=PARAMS,
    prepare=prepare,
    one_of=("limit", "bands"),
    several=True,
    readings=(
        ("half_day_counts", "counts_days", True),
        ("year_start", "follows_year", True),
        ("measured_over", "averaged", True),
        ("empty_weeks", "averaged", True),
        ("part_time", "prorated", True),
        ("rounding", "prorated", True),
        ("within_year", "is_dated", True),
        ("headcount_on", "by_headcount", True),
        ("half_days_merge", "merges", True),
        READING,
    ),
    tells=(
        "used",
        "left",
        "over",
        "average",
        "carried",
        "route",
        "up_to",
        "requires",
        "needs",
        "per",
        "unit",
        "first",
        "last",
        "days",
        "counted_on",
        "other",
    ),
    sentences=_SENTENCES,
    example=(
        'kind = "cap"\n'
        'name = "monthly"\n'
        'article = "4"\n'
        "[[rules.values]]\n"
        "from = 2024-01-01\n"
        "limit = 10\n"
        'unit = "day"\n'
        'per = "month"'
    ),
    asked='ask = { kind = "cap", name = "monthly" }',
)
