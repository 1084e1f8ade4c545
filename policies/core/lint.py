"""What an agreement that can be read still lacks before it may be published: values for every day, no open reading."""

from collections.abc import Mapping
from datetime import date, timedelta

from .agreement import Agreement
from .document import FAR, Clause
from .faults import Fault
from .lint_counting import cap_faults
from .positions import Positions
from .readings import READINGS
from .rules import BY_KIND
from .text import Text, both
from .wording import full_date, listed


def lint(agreement: Agreement) -> tuple[Fault, ...]:
    """The faults that keep an agreement from being published, in the order of its lines."""
    positions = Positions(agreement.text)
    faults = [*_open_readings(agreement, positions), *_silent_days(agreement), *_scale_beyond_cap(agreement, positions)]
    faults += cap_faults(agreement)
    return tuple(sorted(faults, key=lambda fault: fault.line))


def needed_readings(agreement: Agreement) -> dict[str, Clause]:
    """The readings its rules depend on and do not state themselves, each with the first rule that asks for it."""
    needed: dict[str, Clause] = {}
    for clause in agreement.rules:
        if not clause.is_applied:
            continue
        for wanted in BY_KIND[clause.kind].readings:
            name, *condition = (wanted,) if isinstance(wanted, str) else wanted
            if name not in clause.readings and any(v.applies and _asks_for(v.params, condition) for v in clause.values):
                needed.setdefault(name, clause)
        is_yearly = clause.kind == "yearly_cap" or any(value.params.get("is_dated") for value in clause.values)
        if is_yearly and "change_of_value" not in clause.readings and _changes_within_a_year(agreement, clause):
            needed.setdefault("change_of_value", clause)
    return needed


def _asks_for(params: Mapping[str, object], condition: list) -> bool:
    """Is the reading needed with these parameters? Always, or when one is given, or when it has a value (one of)."""
    if not condition:
        return True
    value = params.get(condition[0])
    if len(condition) == 1:
        return value not in (None, (), "", False)
    return value in condition[1] if isinstance(condition[1], tuple) else value == condition[1]


def _changes_within_a_year(agreement: Agreement, clause: Clause) -> bool:
    """Does a value, or the agreement itself, begin or end elsewhere than at the turn of its year?"""
    reading = agreement.readings.get("year_start")
    turn = (reading.params.get("month", 1) if reading else 1, 1)
    days = {max(value.first, agreement.in_force) for value in clause.values}
    days |= {agreement.ends + timedelta(days=1)} if agreement.ends < FAR else set()
    return any((day.month, day.day) != turn for day in days)


def _open_readings(agreement: Agreement, positions: Positions) -> list[Fault]:
    own = [(clause, reading) for clause in agreement.rules for reading in clause.readings.values()]
    faults = [
        _open(reading.name, reading.article or clause.article, clause.line, f"{clause.kind}.readings.{reading.name}")
        for clause, reading in own
        if reading.choice == "open"
    ]
    needed = needed_readings(agreement)
    open_ones = {name for name, reading in agreement.readings.items() if reading.choice == "open"}
    for name in sorted(open_ones | needed.keys() - agreement.readings.keys()):
        clause = needed.get(name)
        article = clause.article if clause else agreement.readings[name].article
        line = positions.line(("readings", name)) or (clause.line if clause else 0)
        faults.append(_open(name, article, line, f"readings.{name}"))
    return faults


def _open(name: str, article: str, line: int, key: str) -> Fault:
    question = READINGS[name]
    message = both(
        fr=f"Lecture ouverte, article {article or '-'} : {question.asks.fr}"
        f" Choisissez parmi {listed(list(question.choices), 'fr')}.",
        en=f"Open reading, article {article or '-'}: {question.asks.en}"
        f" Choose among {listed(list(question.choices), 'en')}.",
    )
    return Fault(line, key, message)


def _silent_days(agreement: Agreement) -> list[Fault]:
    faults = []
    for clause in agreement.rules:
        if clause.values and clause.is_applied and (day := _first_silent_day(agreement, clause)):
            message = both(
                fr=f"Article {clause.article or '-'} : aucune valeur en vigueur le {full_date(day, 'fr')}."
                " Ajoutez une valeur datée, ou « applies = false » à partir de ce jour.",
                en=f"Article {clause.article or '-'}: no value in force on {full_date(day, 'en')}."
                " Add a dated value, or “applies = false” from that day.",
            )
            faults.append(Fault(clause.line, clause.kind, message))
    return faults


def _first_silent_day(agreement: Agreement, clause: Clause) -> date | None:
    day = agreement.in_force
    for value in clause.values:
        if value.first > day:
            return day
        if value.last >= agreement.ends:
            return None
        day = max(day, value.last + timedelta(days=1))
    return day


def _scale_beyond_cap(agreement: Agreement, positions: Positions) -> list[Fault]:
    """A part-timer's scale that gives more than full time is a slip of the pen."""
    reading = agreement.readings.get("part_time")
    if reading is None or reading.choice != "scale":
        return []
    caps = [v.params["halves"] / 2 for c in agreement.rules if c.kind == "yearly_cap" for v in c.values if v.applies]
    highest = max((days for _, days in reading.params["scale"]), default=0)
    if not caps or highest <= max(caps):
        return []
    message = both(
        fr=f"Le barème donne {highest} jours, plus que le plafond à temps plein ({max(caps):g}).",
        en=f"The scale gives {highest} days, more than the cap at full time ({max(caps):g}).",
    )
    return [Fault(positions.line(("readings", "part_time", "scale")), "readings.part_time.scale", message)]


def unknown_values(agreement: Agreement) -> tuple[Fault, ...]:
    """The clauses whose value nobody has read: kept, quoted, never applied, and said at each check."""
    return tuple(
        Fault(clause.line, clause.kind, _unknown(clause))
        for clause in agreement.rules
        if any(not value.known for value in clause.values)
    )


def _unknown(clause: Clause) -> Text:
    return both(
        fr=f"Article {clause.article or '-'} : cette clause existe, sa valeur n’est pas connue. Elle est gardée sans"
        " être appliquée ; écrivez sa valeur quand le texte est lu, et retirez « known = false ».",
        en=f"Article {clause.article or '-'}: this clause exists, its value is not known. It is kept and not applied;"
        " write its value once the text is read, and remove “known = false”.",
    )
