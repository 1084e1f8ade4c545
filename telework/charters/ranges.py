"""The settings that an agreement leaves to teams, each with its bounds and its article."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from policies.core import explain
from policies.core.document import Agreement, Clause
from telework.wording import language

MOST_DAYS_AHEAD = Decimal(366)
HALF, WHOLE = Decimal("0.5"), Decimal(1)


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that a team may fix. ``weekday``: it names a day, 1 Monday to 7 Sunday; ``percent``: it is a share."""

    name: str
    label: str
    title: str
    article: str
    lowest: Decimal
    highest: Decimal
    step: Decimal = HALF
    weekday: bool = False
    percent: bool = False
    unit: str = "day"

    def meets(self, other: "Setting") -> "Setting":
        """The same setting of two clauses: what both leave open."""
        bounds = {"lowest": max(self.lowest, other.lowest), "highest": min(self.highest, other.highest)}
        articles = self.article if other.article == self.article else f"{self.article}, {other.article}"
        return replace(self, **bounds, article=articles, step=max(self.step, other.step))


def ranges_of(agreement: Agreement | None, day: date) -> list[Setting]:
    """What an agreement leaves to teams on a day, each setting once, in the order of its clauses."""
    found: dict[str, Setting] = {}
    for clause in agreement.rules if agreement else ():
        value = clause.on(day) if clause.is_applied else None
        if value is None or not value.applies:
            continue
        for setting in _of(clause, value.params, agreement):
            held = found.get(setting.name)
            found[setting.name] = held.meets(setting) if held else setting
    return list(found.values())


def _of(clause: Clause, p: Mapping[str, object], agreement: Agreement) -> Iterator[Setting]:
    name = p.get("setting") if clause.kind == "notice" else p.get("chosen")
    if not name or (clause.kind == "notice" and p["limit"] is not None):
        return
    title = explain.title(clause.kind, language())
    label = agreement.label(name).lang(language()) if name in agreement.labels else title
    about = {
        "name": name, "label": label[:1].upper() + label[1:], "title": title, "article": clause.article.strip("-")
    }  # fmt: skip
    match clause.kind:
        case "minimum_on_site":
            highest = p["up_to"] if p["up_to"] is not None else Decimal(7)
            yield Setting(lowest=Decimal(p["limit"]), highest=Decimal(highest), **about)
        case "cap":
            highest = p["limit"] if p.get("limit") is not None else MOST_DAYS_AHEAD
            yield Setting(lowest=Decimal(0), highest=Decimal(str(highest)), unit=str(p["unit"]), **about)
        case "share":
            yield Setting(lowest=Decimal(p["lowest"]), highest=Decimal(p["highest"]), percent=True, **about)
        case "anchor_days":
            yield Setting(lowest=WHOLE, highest=Decimal(7), step=WHOLE, weekday=True, **about)
        case "notice":
            yield Setting(lowest=Decimal(0), highest=MOST_DAYS_AHEAD, step=WHOLE, unit=str(p["unit"]), **about)
