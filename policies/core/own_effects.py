"""What lifts rules for a person outside any clause that names it: exceptional days off quota, a person's own terms."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from .document import EVERYBODY, Agreement, Clause
from .facts import EffectFacts
from .lifting import Working
from .rules import BY_KIND
from .schema import CHECKS, Wrong
from .situation import Situation

# What counts telework days against a number: none of these counts or refuses a day off quota.
QUOTAS = ("cap", "monthly_cap", "share", "weekly_cap", "yearly_cap")
OFF_QUOTA = "exceptional_regime"
OWN_TERMS = "derogation"


def own_effects(s: Situation) -> list[Working]:
    """The clauses that stand for what was recorded of the person for that day; they name no article."""
    found = [
        Working(_clause(OWN_TERMS), {"lifts": effect.lifts, "replace": readable(effect, s.agreement)})
        for effect in s.facts.effects
        if effect.first <= s.day <= effect.last
    ]
    if s.facts.is_off_quota(s.day):
        found.append(Working(_clause(OFF_QUOTA), {"lifts": QUOTAS}))
    return found


@lru_cache(maxsize=4)
def _clause(kind: str) -> Clause:
    return Clause(kind, "", "", EVERYBODY, ())


def readable(effect: EffectFacts, agreement: Agreement) -> Mapping[str, Mapping[str, object]]:
    """The replaced values of an effect by the types of the rules they are for; what the agreement in force that day
    no longer has, or would not take, is left out: the rule then holds as it is written."""
    key = ("own effect", repr(sorted(effect.replace.items(), key=str)))
    if key not in agreement.cache:
        agreement.cache[key] = {
            target: values
            for target, raw in effect.replace.items()
            if (values := _values(target, raw, agreement)) is not None
        }
    return agreement.cache[key]


def _values(target: str, raw: Mapping[str, object], agreement: Agreement) -> dict[str, object] | None:
    clause = next((c for c in agreement.rules if target in (c.name, c.kind)), None)
    if clause is None:
        return None
    params = BY_KIND[clause.kind].params
    try:
        found = {key: CHECKS[params[key].type](_exact(value), params[key]) for key, value in raw.items()}
        latest = clause.values[-1].own if clause.values else {}
        BY_KIND[clause.kind].prepare({key: param.default for key, param in params.items()} | {**latest, **found})
    except (Wrong, KeyError, TypeError, ValueError):
        return None
    return found


def _exact(value: object) -> object:
    """A number as a document gives it: JSON keeps 1.5 as a float, documents read it as a decimal."""
    return Decimal(str(value)) if isinstance(value, float) else value
