"""Which facts beyond the plain ones an agreement looks at, so that nothing is gathered that no clause would read.

The plain ones (contracts, workdays, bookings, places, hiring, job) are always gathered.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .document import EVERYBODY, Agreement, Clause
from .facts import ORDINARY
from .population import Population

FORMS, TRAITS, REGIMES, SETTINGS = "forms", "traits", "regimes", "settings"
UNITS, UNIT_SIZES, COLLECTIVE, TEAM_DAYS = "units", "unit_sizes", "collective", "team_days"
ELSEWHERE, ABSENCES, IN_POST, AWAY = "elsewhere", "absence_codes", "in_post_since", "away"

# What the rules of a kind look at, whatever their values; a test holds it against their code.
OF_KIND: Mapping[str, frozenset[str]] = {
    kind: frozenset(facts)
    for kind, facts in {
        "activity": (TRAITS, UNITS), "contract_length": (TRAITS,), "minimum_rate": (TRAITS,),
        "unit_size": (TRAITS, UNIT_SIZES), "collective_quota": (TRAITS, COLLECTIVE), "carry_over": (TRAITS,),
        "giving_days": (TRAITS,), "derogation": (TRAITS,), "exemption": (TRAITS,), "formula_choice": (TRAITS,),
        "fixed_days": (TRAITS,), "anchor_days": (SETTINGS,), "suspension": (TRAITS,), "reversibility": (TRAITS,),
        "deferral": (TRAITS,), "adaptation_period": (TRAITS,), "authorisation_length": (TRAITS,),
        "abroad": (ELSEWHERE,), "places": (), "minimum_team_on_site": (TEAM_DAYS,), "judgement": (TRAITS,),
        "attestation": (TRAITS,), "exceptional_regime": (REGIMES,), "refusal": (TRAITS,), "request_form": (TRAITS,),
        "seniority": (TRAITS, IN_POST), "share": (ABSENCES, AWAY, TRAITS), "minimum_on_site": (ABSENCES,),
        "no_telework_when": (ABSENCES, AWAY, TRAITS), "beside_absence": (ABSENCES,), "closed_days": (REGIMES,),
    }.items()
}  # fmt: skip
_TRAIT_KEYS = ("agreed", "steps", "during", "starts_with", "requires", "record", "counted_as", "not_counted")
_SETTING_KEYS = ("chosen", "setting", "equals")
_TRAITS_OF = ("traits", "all_traits", "except_traits", "formula")
_UNITS_OF = ("units", "except_units")
_SIZES_OF = ("unit_least", "unit_most")


@dataclass(frozen=True, slots=True)
class Quota:
    """A collective quota whose people are to be counted: those who carry a code, or who telework; some never count."""

    group: str
    counted_as: str = ""
    not_counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """The facts that are to be gathered, by their name in ``Facts``."""

    facts: frozenset[str] = frozenset()
    quotas: tuple[Quota, ...] = ()

    def __contains__(self, name: str) -> bool:
        return name in self.facts

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(self.facts | other.facts, tuple(dict.fromkeys(self.quotas + other.quotas)))


NOTHING = Needs()


def needs_of(agreement: Agreement) -> Needs:
    """What the applied clauses of an agreement look at; found out once."""
    if "needs" not in agreement.cache:
        applied = [clause for clause in agreement.rules if clause.is_applied]
        facts = frozenset().union(*(_of_clause(clause) for clause in applied)) if applied else frozenset()
        agreement.cache["needs"] = Needs(facts, tuple(dict.fromkeys(_quotas(applied))))
    return agreement.cache["needs"]


def needs_of_all(agreements: Iterable[Agreement]) -> Needs:
    """What any of these agreements looks at."""
    found = NOTHING
    for agreement in agreements:
        found |= needs_of(agreement)
    return found


def _of_clause(clause: Clause) -> frozenset[str]:
    facts = set(OF_KIND.get(clause.kind, ()))
    if clause.forms:
        facts.add(FORMS)
    if clause.population is not EVERYBODY:
        facts |= _of_population(clause.population)
    for value in clause.values:
        facts |= _of_params(value.params)
    return frozenset(facts)


def _of_population(population: Population) -> set[str]:
    asked = ((TRAITS, _TRAITS_OF), (UNITS, _UNITS_OF), (UNIT_SIZES, _SIZES_OF))
    return {fact for fact, keys in asked if any(_is_asked(getattr(population, key)) for key in keys)}


def _of_params(params: Mapping[str, object]) -> set[str]:
    facts = set()
    if any(_is_asked(params.get(key)) for key in _TRAIT_KEYS):
        facts.add(TRAITS)
    if any(_is_asked(params.get(key)) for key in _SETTING_KEYS):
        facts.add(SETTINGS)
    if _is_asked(params.get("counting")):
        facts.add(FORMS)
    if params.get("by_headcount"):
        facts.add(UNIT_SIZES)
    if any(_is_asked(params.get(key)) for key in ("left_out", "credited")):
        facts |= {ABSENCES, AWAY}
    return facts


def _is_asked(value: object) -> bool:
    return bool(value) if isinstance(value, Collection | bool) else value is not None


def _quotas(clauses: Iterable[Clause]) -> Iterable[Quota]:
    for clause in clauses:
        if clause.kind == "collective_quota":
            for p in (value.params for value in clause.values if value.applies):
                yield Quota(p["group"] or clause.name, p["counted_as"], tuple(p["not_counted"]))


def forms_of(agreement: Agreement, day) -> tuple[str, ...]:
    """The forms of telework other than the ordinary one that clauses in force on a day name, in their order."""
    if not agreement.rules or not agreement.is_in_force(day):
        return ()
    key = "forms offered", agreement.span_of(day)
    if key not in agreement.cache:
        named: dict[str, None] = {}
        for clause in agreement.rules:
            value = clause.on(day) if clause.is_applied else None
            if clause.forms and (value is None or value.applies) and (value or not clause.values):
                named |= dict.fromkeys(sorted(clause.forms - {ORDINARY}))
        agreement.cache[key] = tuple(named)
    return agreement.cache[key]
