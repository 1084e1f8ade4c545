"""Bounds that an upper text sets: which rules of a lower text stand outside them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from .document import Agreement, Clause, Dated
from .durations import Length
from .faults import Fault, unknown
from .positions import Path
from .rules import BY_KIND
from .schema import Reader
from .text import Text, both
from .wording import number

BOUND = "bound"
# A thin kind is the general one with these keys, so that a bound on the one holds for the other.
_ALSO: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "weekly_cap": ("cap", {"per": "week"}),
    "monthly_cap": ("cap", {"per": "month"}),
    "yearly_cap": ("cap", {"per": "year"}),
}
# The fewest and the most calendar days that one unit lasts.
_LASTS = {
    "half_day": (Decimal("0.5"), Decimal("0.5")), "day": (1, 1), "calendar_day": (1, 1),
    "working_day": (1, Decimal("1.4")), "week": (7, 7), "month": (28, 31), "year": (365, 366),
}  # fmt: skip


def report_bad_bounds(reader: Reader, clauses: list[tuple[Path, Clause]]) -> None:
    """Faults for bounds on a kind or a key that the language does not have."""
    for path, clause in clauses:
        for index, value in enumerate(clause.values if clause.kind == BOUND else ()):
            at = (*path, "values", index)
            of, key = value.params.get("of"), value.params.get("key")
            if value.applies and of not in BY_KIND:
                reader.fault((*at, "of"), unknown(of, BY_KIND))
            elif value.applies and key not in BY_KIND[of].params and not value.params["needed"]:
                reader.fault((*at, "key"), unknown(key, BY_KIND[of].params))


def beyond(upper: Agreement, rules: tuple[Clause, ...], *, whole: bool = True) -> tuple[tuple[str, Fault], ...]:
    """The rules that stand outside the bounds of the upper text, each with the force of the bound.

    ``whole``: these are all the rules of the lower text, so that one which is needed may be missing."""
    found = []
    for bound in upper.clauses(BOUND):
        for limit in bound.values:
            if limit.applies and (whole or not _is_missing(limit, rules)):
                found += [(bound.force, fault) for fault in _against(upper, bound, limit, rules)]
    return tuple(found)


def _is_missing(limit: Dated, rules: tuple[Clause, ...]) -> bool:
    return not any(_is_bounded(clause, limit) for clause in rules)


def _is_bounded(clause: Clause, limit: Dated) -> bool:
    return limit.params["of"] in (clause.kind, _ALSO.get(clause.kind, ("",))[0])


def _against(upper: Agreement, bound: Clause, limit: Dated, rules: tuple[Clause, ...]) -> Iterator[Fault]:
    p = limit.params
    bounded = [clause for clause in rules if _is_bounded(clause, limit)]
    if p["needed"] and not bounded:
        yield Fault(0, p["of"], _said(upper, bound, fr=f"« {p['of']} » y est exigé.", en=f"“{p['of']}” is required."))
    for clause in bounded:
        for value in clause.values:
            overlaps = value.first <= limit.last and limit.first <= value.last
            if value.applies and overlaps and _meant(clause, value, p["when"]) and (how := _outside(value.params, p)):
                yield Fault(clause.line, f"{clause.kind}.{p['key']}", _said(upper, bound, fr=how.fr, en=how.en))


def _meant(clause: Clause, value: Dated, when: Mapping[str, object]) -> bool:
    has = {**_ALSO.get(clause.kind, ("", {}))[1], **value.params}
    return all(has.get(key) == wanted for key, wanted in when.items())


def _outside(params: Mapping[str, object], p: Mapping[str, object]) -> Text | None:
    """How a value stands outside the bound; None where it is within, or the lower rule does not say."""
    value, unit = params.get(p["key"]), params.get("unit")
    if isinstance(value, Length):
        value, unit = value
    if value is None:
        return None
    if p["among"] and value not in p["among"]:
        names = ", ".join(p["among"])
        return both(fr=f"« {value} » : {names} est attendu.", en=f"“{value}”: {names} is expected.")
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return None
    fewest, most_of_it = _lasting(value, unit, p["unit"])
    if p["most"] is not None and fewest > _lasting(p["most"], p["unit"], unit)[1]:
        return both(
            fr=f"{number(value, 'fr')} dépasse {number(p['most'], 'fr')}, le plus admis.",
            en=f"{number(value, 'en')} is above {number(p['most'], 'en')}, the most admitted.",
        )
    if p["least"] is not None and most_of_it < _lasting(p["least"], p["unit"], unit)[0]:
        return both(
            fr=f"{number(value, 'fr')} est sous {number(p['least'], 'fr')}, le moins admis.",
            en=f"{number(value, 'en')} is below {number(p['least'], 'en')}, the least admitted.",
        )
    return None


def _lasting(value: int | Decimal, unit: object, other: object) -> tuple[Decimal, Decimal]:
    """A value in calendar days at the fewest and at the most, where two units differ; else itself."""
    if unit == other or unit not in _LASTS or other not in _LASTS:
        return Decimal(value), Decimal(value)
    fewest, most = _LASTS[unit]
    return value * Decimal(fewest), value * Decimal(most)


def _said(upper: Agreement, bound: Clause, *, fr: str, en: str) -> Text:
    where = bound.article or "-"
    advice = bound.force == "recommended"
    return both(
        fr=f"{fr} {upper.title.lang('fr')}, article {where}{', le recommande' if advice else ''}.",
        en=f"{en} {upper.title.lang('en')}, article {where}{', recommends it' if advice else ''}.",
    )
