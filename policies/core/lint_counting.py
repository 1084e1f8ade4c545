"""What is odd in the clauses that count: a cap named that is not there, a scale with a hole."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from .agreement import Agreement
from .bands import Band, band_of, holes, rate_rows
from .document import Clause, Reading
from .facts import ContractFacts, Facts
from .faults import Fault, unknown
from .rules.alternatives import KINDS
from .text import Text, both
from .wording import number

_ABOUT_A_CAP = ("carry_over", "giving_days")
_DAY = date(2000, 1, 3)
_MOST_SHOWN = 3


def cap_faults(agreement: Agreement) -> list[Fault]:
    """Clauses about a cap that the document has not, or that has no period before it."""
    caps = {clause.name: clause for clause in agreement.rules if clause.kind == "cap"}
    standing = {clause.name: clause for clause in agreement.rules if clause.kind in KINDS}
    faults = []
    for clause in agreement.rules:
        for key, name in _named(clause):
            known = standing if key == "or_else" else caps
            if name not in known or known[name] is clause:
                faults.append(Fault(clause.line, f"{clause.kind}.{key}", unknown(name, [n for n in known if n])))
            elif clause.kind == "carry_over" and any(_has_no_period(v.params) for v in caps[name].values if v.applies):
                message = both(
                    fr=f"« {name} » n’a pas de période d’avant : rien ne peut s’en reporter.",
                    en=f"“{name}” has no period before: nothing can be carried over from it.",
                )
                faults.append(Fault(clause.line, f"{clause.kind}.{key}", message))
    return faults


def _named(clause: Clause) -> Iterator[tuple[str, str]]:
    for value in clause.values:
        if clause.kind in KINDS:
            yield from ((key, name) for key in ("on_top_of", "or_else") for name in value.params.get(key, ()))
        elif clause.kind in _ABOUT_A_CAP and value.applies and "cap" in value.own:
            yield "cap", value.params["cap"]


def _has_no_period(p) -> bool:
    return p["rolling"] or p["averaged"] or p["per"] in ("mission", "always")


def gaps(agreement: Agreement) -> list[Fault]:
    """Scales that say nothing of some people: told at each check, since only HR can fill or keep the hole."""
    faults = []
    for clause, reading in _readings(agreement):
        if reading.choice == "bands" and reading.params["between"] == "error":
            for low, high in holes(rate_rows(reading.params["bands"])):
                faults.append(Fault(clause.line if clause else 0, "readings.part_time.bands", _between(low, high)))
    for clause in agreement.rules:
        if clause.kind == "cap":
            bands = next((v.params["bands"] for v in reversed(clause.values) if v.applies and v.params["bands"]), ())
            faults += [Fault(clause.line, "cap.bands", text) for text in _holes_of(bands)]
    return faults


def _readings(agreement: Agreement) -> Iterator[tuple[Clause | None, Reading]]:
    if "part_time" in agreement.readings:
        yield None, agreement.readings["part_time"]
    for clause in agreement.rules:
        if "part_time" in clause.readings:
            yield clause, clause.readings["part_time"]


def _between(low: Decimal, high: Decimal) -> Text:
    return both(
        fr=f"Le barème ne dit rien entre {number(low, 'fr')} et {number(high, 'fr')} % : une personne à ce taux n’a pas"
        " de réponse, « between » dit laquelle lui donner.",
        en=f"The scale says nothing between {number(low, 'en')} and {number(high, 'en')}%: somebody at such a rate has"
        " no answer, “between” says which to give.",
    )


def _holes_of(bands: tuple[Band, ...]) -> list[Text]:
    """The head counts and rates for which no row of a scale holds, tried one after the other."""
    found: list[str] = []
    if any(band.whom.unit_least is not None or band.whom.unit_most is not None for band in bands):
        most = max(int(b.whom.unit_most or b.whom.unit_least or 0) for b in bands) + 1
        found += [str(size) for size in range(1, min(most, 2000) + 1) if _misses(bands, size=size)]
    if any(band.whom.rate_from or band.whom.rate_to or band.whom.rate_above or band.whom.rate_below for band in bands):
        found += [f"{rate} %" for rate in range(1, 101) if _misses(bands, rate=rate)]
    if not found:
        return []
    shown = ", ".join(found[:_MOST_SHOWN]) + ("…" if len(found) > _MOST_SHOWN else "")
    en = shown.replace(" %", "%")
    return [both(fr=f"Le barème ne dit rien pour {shown}.", en=f"The scale says nothing for {en}.")]


def _misses(bands: tuple[Band, ...], *, size: int = 1, rate: int = 100) -> bool:
    """Is nobody with that head count and rate meant by any row, whatever else it asks for?"""
    contract = ContractFacts(date(1990, 1, 1), None, Decimal(rate), "", days_a_week=Decimal(5))
    facts = Facts(_DAY, contracts=(contract,), hired=date(1990, 1, 1), unit_sizes=((date.min, size),))
    return band_of(bands, facts, contract, _DAY) is None
