"""Contracts as lines tell them. Another rate or rhythm is a new contract from a day on; what has held stays."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.imports.staff.desk import Desk, detail, shown, told_contract
from people.imports.staff.fields import CONTRACT, words_of
from people.imports.staff.plan import Change
from people.models import Contract, ContractStatus, Person

ONE_DAY = timedelta(days=1)
NEVER = date.max
TERMS = ("status", "rate", "pattern", "rostered")


def plan_contract(desk: Desk, person: Person, values: dict, change: Change) -> None:
    """Hold what a line says of a contract against those there are."""
    told = {name: values[name] for name in CONTRACT if name in values}
    if not told:
        return
    if "pattern" in told:
        told["pattern"] = desk.present.pattern(told["pattern"])
    told = {{"contract_end": "end", "contract_start": "start"}.get(name, name): value for name, value in told.items()}
    rows = desk.present.contracts.setdefault(person.pk or person.uid, [])
    row = _row_of(desk, person, rows, told)
    if row is None:
        row = _begun(desk, person, rows, told)
        change.details.append((words_of("contract_start"), "–", told_contract(row)))
    else:
        _changed(desk, person, row, told, change)
    _check(desk, person, row)
    _make_room(desk, person, rows, row, change)


def _row_of(desk: Desk, person: Person, rows: list[Contract], told: dict) -> Contract | None:
    """The contract that a line means; None where it is a new one."""
    current = desk.present.contract_on(person, desk.choices.as_of) if person.pk else None
    if "start" in told:
        row = next((row for row in rows if row.start == told["start"]), None)
        if row is None or not _differs(row, told) or not _goes_on(rows, row, current):
            return row
        told.pop("start")  # files give the first day of all, and the rate of today: what has held stays
        if row is not current and told.get("end") == row.end:
            told.pop("end", None)
    if current is None:
        told["start"] = person.hired_on
        if told["start"] is None or rows:
            sentence = _("The contract of %(name)s has no first day. Fill in the column “%(field)s”.")
            words = {"name": person.name, "field": words_of("contract_start")}
            raise Wrong("contract_start", "", sentence % words)
        return None
    if current.start < desk.choices.as_of and _differs(current, told):
        told["start"] = desk.choices.as_of
        told.setdefault("end", current.end)
        return None
    return current


def _differs(row: Contract, told: dict) -> bool:
    return any(name in told and told[name] != getattr(row, name) for name in TERMS)


def _goes_on(rows: list[Contract], row: Contract, current: Contract | None) -> bool:
    """Whether a contract is the present one, or leads to it day by day."""
    while row is not current:
        following = row.end and next((each for each in rows if each.start == row.end + ONE_DAY), None)
        if current is None or not following:
            return False
        row = following
    return True


def _begun(desk: Desk, person: Person, rows: list[Contract], told: dict) -> Contract:
    before = next((row for row in reversed(rows) if row.start < told["start"]), None)
    kept = {name: getattr(before, name) for name in TERMS} if before else {"status": ContractStatus.PERMANENT}
    if told.get("pattern"):
        kept["rostered"] = False
    row = Contract(person=person, **kept | told)
    if row.pattern is None and not row.rostered:
        row.pattern = next((each for each in desk.present.patterns.values() if each.name == desk.choices.pattern),
                           None)  # fmt: skip
    desk.plan.add(row)
    desk.plan.touch(person, "contract", day=row.start if rows else None)
    rows.append(row)
    rows.sort(key=lambda each: each.start)
    return row


def _changed(desk: Desk, person: Person, row: Contract, told: dict, change: Change) -> None:
    differing = {name: value for name, value in told.items() if getattr(row, name) != value}
    for name, value in differing.items():
        change.details.append(detail({"end": "contract_end"}.get(name, name), getattr(row, name), value))
    if differing:
        first = min((day for day in (row.end, differing.get("end")) if day), default=row.start)
        desk.plan.set(row, **differing)
        desk.plan.touch(person, "contract", day=first if set(differing) <= {"end", "trial_end"} else row.start)


def _check(desk: Desk, person: Person, row: Contract) -> None:
    if row.end and row.end < row.start:
        sentence = _("The contract ends on %(last)s, before it begins on %(first)s. Correct one of the two days.")
        raise Wrong("contract_end", str(row.end), sentence % {"last": shown(row.end), "first": shown(row.start)})
    if row.trial_end and not row.start <= row.trial_end <= (row.end or NEVER):
        raise Wrong("trial_end", str(row.trial_end), _("The trial ends within the contract. Give a day between."))
    if person.hired_on and row.start < person.hired_on:
        sentence = _("%(name)s was hired on %(day)s. Begin on that day or later, or correct the hiring first.")
        words = {"name": person.name, "day": shown(person.hired_on)}
        raise Wrong("contract_start", str(row.start), sentence % words)
    if row.pattern is None and not row.rostered:
        sentence = _("Working days are missing. Choose them with the columns, name them in one, or let a roster tell.")
        raise Wrong("pattern", "", sentence)


def _make_room(desk: Desk, person: Person, rows: list[Contract], row: Contract, change: Change) -> None:
    """The open contract before ends the day before; every other day with two contracts is a fault."""
    for other in rows:
        if other is row or other.start > (row.end or NEVER) or (other.end or NEVER) < row.start:
            continue
        if other.start < row.start and (other.end is None or other.end == row.end):
            change.details.append(detail("contract_end", other.end, row.start - ONE_DAY))
            trial = {"trial_end": row.start - ONE_DAY} if (other.trial_end or row.start) >= row.start else {}
            desk.plan.set(other, end=row.start - ONE_DAY, **(trial if other.trial_end else {}))
            continue
        sentence = _("%(name)s has another contract then (%(other)s). Correct the days of one of the two.")
        words = {"name": person.name, "other": told_contract(other)}
        raise Wrong("contract_start", str(row.start), sentence % words)
