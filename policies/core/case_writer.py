"""Writing a case: a person’s facts and a request as the table of a case, and a table as TOML.

Read back, a case gives the same facts as far as the language of cases holds: the days of the calendar but not their
hours, who somebody is by none of their names. Days out of the plain week are written only as far as ``within`` reaches.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from .decision import Decision, Verdict
from .facts import FORMULA, ContractFacts, Facts, Part, PlaceFacts, Purpose, Request, TraitFacts, Workday
from .schema import WEEKDAYS

Span = tuple[date, date]
Table = dict[str, object]
_PARTS = {part.halves: part.value for part in Part}
_BASE = ContractFacts(date(2015, 1, 1), None, Decimal(100), "permanent")
_ONE_DAY = timedelta(days=1)
_LONG_AGO = timedelta(days=3 * 366)


def case_of(name: str, request: Request, facts: Facts, *, within: Span) -> Table:
    """The table of a case: whom it is about, the calendar, what is held, and the request. No name, no place’s label."""
    week = _week(facts.workdays.values())
    table: Table = {
        "name": name,
        "today": facts.today,
        "contracts": [_contract(contract) for contract in facts.contracts],
        "hired": facts.hired,
        "in_post_since": facts.in_post_since,
        "job": facts.job,
        "autonomy": facts.autonomy or False,
        "places": [_place(place) for place in facts.places],
        "works": {day: _PARTS[halves] for day, halves in zip(WEEKDAYS, week, strict=True) if halves},
        "hours_a_day": _hours(facts.workdays.values()),
        **_calendar(facts, week, within),
        **_recorded(facts),
        "booked": [_held(facts, day, halves) for day, halves in _granted(facts)],
        "pending": [_held(facts, day, halves) for day, halves in sorted(facts.pending.items()) if halves],
        "request": _request(request),
    }
    kept = ("contracts", "places", "works", "autonomy")  # their default is not "none"
    return {key: value for key, value in table.items() if key in kept or value not in (None, "", [], {})}


def coarse(facts: Facts, day: date) -> Facts:
    """The same person with dates long past drawn to the first day of their year, so that they tell of nobody.

    Whether the answer stays the same is for the caller to see: a seniority may be counted from such a date."""
    before = day - _LONG_AGO
    return replace(
        facts,
        contracts=tuple(
            replace(contract, start=_drawn(contract.start, before), trial_end=_drawn(contract.trial_end, before))
            for contract in facts.contracts
        ),
        hired=_drawn(facts.hired, before),
        in_post_since=_drawn(facts.in_post_since, before),
        autonomy=_drawn(facts.autonomy, before),
        places=tuple(replace(place, declared_on=_drawn(place.declared_on, before)) for place in facts.places),
    )


def _drawn(day: date | None, before: date) -> date | None:
    return day.replace(month=1, day=1) if day and day < before else day


def expectation(decision: Decision) -> Table:
    """What a decision answers, as a case expects it: the verdict, the rules that refuse and their article."""
    expected: Table = {"verdict": decision.verdict.name.lower()}
    if decision.verdict is Verdict.REFUSED:
        rules = list(dict.fromkeys(finding.name or finding.rule for finding in decision.failing))
        articles = {finding.article for finding in decision.failing}
        expected |= {"rule": rules[0]} if len(rules) == 1 else {"rules": sorted(rules)}
        if len(articles) == 1 and articles != {""}:
            expected["article"] = articles.pop()
    return expected


def written(table: Mapping[str, object]) -> str:
    """A case as TOML, to stand after those of a document."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in table.items()]
    return "[[cases]]\n" + "\n".join(lines) + "\n"


def _week(days: Iterable[Workday]) -> tuple[int, ...]:
    """The halves mostly worked on each weekday, public holidays aside."""
    counted: list[Counter] = [Counter() for _ in WEEKDAYS]
    for workday in days:
        if workday.planned and not workday.holiday:
            counted[workday.day.weekday()][workday.due] += 1
    return tuple(max(of, key=lambda due: (of[due], due)) if of else 0 for of in counted)


def _hours(days: Iterable[Workday]) -> int | float | None:
    """The hours of most whole days; None where nothing says."""
    minutes = Counter(day.minutes for day in days if day.due == Part.FULL.halves and day.minutes)
    return _number(Decimal(minutes.most_common(1)[0][0]) / 60) if minutes else None


def _calendar(facts: Facts, week: tuple[int, ...], within: Span) -> Table:
    """What is out of the plain week, by key, as far as ``within`` reaches."""
    first, last = within
    found: dict[str, list[tuple[date, dict]]] = {key: [] for key in ("worked", "off", "unplanned", "absences")}
    holidays = []
    for day, workday in sorted(facts.workdays.items()):
        usual = week[day.weekday()]
        if workday.holiday:
            holidays.append(day)
        elif first <= day <= last and not workday.planned:
            found["unplanned"].append((day, {}))
        elif first <= day <= last and workday.due != usual:
            found["worked" if workday.due else "off"].append((day, _part(workday.due or Part.FULL.halves)))
        if workday.absent and first <= day <= last:
            code = facts.absence_codes.get(day, "")
            found["absences"].append((day, _part(workday.absent) | ({"code": code} if code else {})))
    away = [(day, {"code": code}) for day, code in sorted(facts.away.items()) if first <= day <= last]
    spans = {key: _spans(days) for key, days in (*found.items(), ("away", away))}
    return {**spans, "holidays": [day for day in holidays if first <= day <= last]}


def _recorded(facts: Facts) -> Table:
    """What is recorded of the person and their unit."""
    traits = [trait for trait in facts.traits if not trait.code.startswith(FORMULA)]
    formulas = [trait for trait in facts.traits if trait.code.startswith(FORMULA)]
    return {
        "traits": [_dated(t.code, t.first, t.last) | _more(t) for t in traits],
        "formula": [_dated(t.code.removeprefix(FORMULA), t.first, t.last) | _more(t) for t in formulas],
        "units": list(facts.units),
        "unit_size": [
            ({"from": since} if since > date.min else {}) | {"size": size} for since, size in facts.unit_sizes
        ],
        "collective": {name: {"counted": counted, "headcount": of} for name, (counted, of) in facts.collective.items()},
        "regimes": [_dated(r.code, r.first, r.last) for r in facts.regimes if r.code],
        "settings": {name: _number(value) for name, value in facts.settings.items()},
        "team_days": [
            {"day": day, "due": due, "remote": remote} for day, (due, remote) in sorted(facts.team_days.items())
        ],
    }


def _size(since: date, size: int) -> Table:
    return ({"from": since} if since > date.min else {}) | {"size": size}


def _more(trait: TraitFacts) -> Table:
    number = {"number": _number(trait.number)} if trait.number is not None else {}
    return number | ({"opinion": trait.opinion} if trait.opinion else {})


def _dated(code: str, first: date, last: date) -> Table:
    found: Table = {"code": code}
    if first > date.min:
        found["from"] = first
    if last < date.max:
        found["to"] = last
    return found


def _contract(contract: ContractFacts) -> Table:
    found: Table = {"start": contract.start, "end": contract.end, "rate": _number(contract.rate)}
    found |= {"status": contract.status, "trial_end": contract.trial_end}
    if contract.days_a_week is not None:
        found["days_a_week"] = _number(contract.days_a_week)
    return {key: value for key, value in found.items() if value is not None and not _is_usual(key, value)}


def _is_usual(key: str, value: object) -> bool:
    return key in ("rate", "status") and value == getattr(_BASE, key)


def _place(place: PlaceFacts) -> Table:
    """A place by what rules ask of it; its label would tell where somebody lives."""
    found: Table = {"declared_on": place.declared_on, "until": place.until, "insured_until": place.insured_until}
    found |= {} if place.secure_internet else {"secure_internet": False}
    found |= {} if place.kind == "home" else {"kind": place.kind}
    found |= {"country": place.country} if place.country else {}
    found |= {"agreed": True} if place.agreed else {}
    return {key: value for key, value in found.items() if value is not None}


def _granted(facts: Facts) -> Iterator[tuple[date, int]]:
    for day, halves in sorted(facts.booked.items()):
        granted = halves & ~facts.pending.get(day, 0)
        if granted:
            yield day, granted


def _held(facts: Facts, day: date, halves: int) -> object:
    """A day held: its date where that is all there is to say. Never in a span, which leaves out days not worked."""
    more = _part(halves)
    more |= {"form": facts.forms[day]} if facts.forms.get(day) else {}
    more |= {"country": facts.elsewhere[day]} if facts.elsewhere.get(day) else {}
    return {"day": day} | more if more else day


def _request(request: Request) -> Table:
    found: Table = {"day": request.day} | _part(request.part.halves)
    found |= {"purpose": request.purpose.value} if request.purpose is not Purpose.PLANNING else {}
    found |= {"form": request.form} if request.form else {}
    found |= {"place": _place(request.place) | {"kind": request.place.kind}} if request.place else {}
    found |= {"answers": dict(request.answers)} if request.answers else {}
    found |= {"hours": _number(request.hours)} if request.hours is not None else {}
    return found


def _part(halves: int) -> Table:
    return {} if halves == Part.FULL.halves else {"part": _PARTS[halves]}


def _spans(days: list[tuple[date, dict]]) -> list[object]:
    """Days that follow each other and are alike as ``{ first, last }``, others as dates or ``{ day, … }``."""
    runs: list[tuple[date, date, dict]] = []
    for day, more in days:
        if runs and runs[-1][1] + _ONE_DAY == day and runs[-1][2] == more:
            runs[-1] = (runs[-1][0], day, more)
        else:
            runs.append((day, day, more))
    return [_run(first, last, more) for first, last, more in runs]


def _run(first: date, last: date, more: dict) -> object:
    if first == last:
        return {"day": first} | more if more else first
    return {"first": first, "last": last} | more


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _value(value: object) -> str:
    """A value as TOML writes it on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case int() | float():
            return repr(value)
        case str():
            # What JSON escapes TOML escapes alike, but for the one sign that JSON lets through.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    return "[" + ", ".join(map(_value, value)) + "]"


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "a").replace("-", "a").isalnum() else _value(key)
