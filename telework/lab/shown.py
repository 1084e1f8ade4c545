"""The result of a run in words and figures for its page, in the language in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Team
from policies.core import explain
from policies.core.readings import READINGS
from policies.models import Requirement
from telework.lab.comparing import SILENT
from telework.models import LabRun
from telework.wording import language
from ui import words
from ui.drawing.numbers import decimal

NAMED = 3  # groups told together are named as far as so many
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its name, its figures, and where it has one a bar in percent of the longest."""

    name: str
    figures: tuple[str, ...]
    bar: str = ""


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table with its heads, the first of which names the rows."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ResultShown:
    """What the page tells: sentences first, then the tables that have anything to say."""

    sentences: tuple[str, ...]
    tables: tuple[tuple[str, TableShown], ...]
    notes: tuple[str, ...] = ()


def shown(run: LabRun) -> ResultShown:
    """The result of a run that is done. Two queries at most."""
    found = run.result
    if found.get("people") is None:
        few = _("Fewer than five people were under this agreement in that period: nothing can be told of them.")
        return ResultShown((few,), ())
    return _choices_shown(run, found) if run.reading else _lab_shown(found)


def _lab_shown(found: Mapping) -> ResultShown:
    entitlement, refused = found["entitlement"], found["refused"]
    sentences = [_reach(found), *_entitlement_words(entitlement), *_refused_words(refused), *_paid_words(found)]
    tables: list[tuple[str, TableShown | None]] = []
    if entitlement:
        tables += [
            (_("How much the entitlement changes"), _bins(entitlement["bins"])),
            (_("By contract rate"), _groups(entitlement["rates"], _("Rate"), _rate_name)),
            (_("By team"), _groups(entitlement["teams"], _("Team"), _team_namer(entitlement["teams"]))),
        ]
    if refused:
        tables += [
            (_("Refused, by the first rule that says no"), _rules(refused["rules"])),
            (_("Refused, over the year"), _stretches(refused["stretches"])),
        ]
    tables.append((_("Coverage if the refused days were worked on site"), _coverage(found["coverage"])))
    notes = (_("No figure is over fewer than five people; smaller groups are told together with others."),)
    return ResultShown(tuple(sentences), tuple((title, table) for title, table in tables if table), notes)


def _reach(found: Mapping) -> str:
    people = ngettext("%(number)s person", "%(number)s people", found["people"]) % {"number": found["people"]}
    asked = ngettext("%(number)s booking", "%(number)s bookings", found["asked"]) % {"number": _count(found["asked"])}
    return _("%(people)s and %(bookings)s were asked again.") % {"people": people, "bookings": asked}


def _entitlement_words(entitlement: Mapping | None) -> list[str]:
    if entitlement is None:
        return [_("The entitlement of fewer than five people changes: how it does is not told.")]
    row, level = entitlement["total"]["rows"][0], entitlement["total"]["level"]
    if level == 2:
        changed = ngettext(
            "The entitlement of %(number)s person changes.", "The entitlement of %(number)s people changes.",
            row["cells"][0],
        )  # fmt: skip
        return [changed % {"number": row["cells"][0]}]
    gain, lose = row["cells"][:2]
    if not gain and not lose:
        return [_("Nobody’s entitlement changes.")]
    told = [
        ngettext("%(number)s person gains days", "%(number)s people gain days", gain) % {"number": gain}
        if gain else _("Nobody gains days"),
        ngettext("%(number)s person loses days", "%(number)s people lose days", lose) % {"number": lose}
        if lose else _("nobody loses any"),
    ]  # fmt: skip
    sums = _("In all %(before)s days were due, under the draft %(after)s; the change in the middle is %(median)s.")
    figures = {name: _days(row[name]) for name in ("before", "after")} | {"median": _signed(entitlement["median"] or 0)}
    return [f"{told[0]}, {told[1]}.", sums % figures]


def _refused_words(refused: Mapping | None) -> list[str]:
    if refused is None:
        return [_("The draft refuses bookings of fewer than five people: which they are is not told.")]
    if not refused["bookings"]:
        told = [_("The draft refuses no booking that was possible.")]
    else:
        number = ngettext("%(number)s booking", "%(number)s bookings", refused["bookings"])
        people = ngettext("%(number)s person", "%(number)s people", refused["people"])
        told = [
            _("%(bookings)s of %(people)s would have been refused.")
            % {
                "bookings": number % {"number": _count(refused["bookings"])},
                "people": people % {"number": refused["people"]},
            }
        ]
    if refused["both"]:
        more = ngettext(
            "%(number)s more is refused by the rules of then, too: rosters, absences or contracts have changed since.",
            "%(number)s more are refused by the rules of then, too: rosters, absences or contracts have changed since.",
            refused["both"],
        )  # fmt: skip
        told.append(more % {"number": _count(refused["both"])})
    return told


def _paid_words(found: Mapping) -> list[str]:
    told = []
    for currency, before, after in found["paid"]:
        words_of = _("Allowance for the days granted: %(before)s before, %(after)s under the draft.")
        told.append(words_of % {"before": _money(before, currency), "after": _money(after, currency)})
    if found["unpaid"]:
        told.append(_("The allowance of fewer than five people changes: how much is not told."))
    return told


def _bins(bins: Sequence[Sequence[int]]) -> TableShown | None:
    if not bins:
        return None
    most = max(people for _low, _high, people in bins)
    lines = [Line(_bin_name(low, high), (_count(people),), _width(people, most)) for low, high, people in bins]
    return TableShown((_("Days a year"), _("People")), tuple(lines))


def _bin_name(low: int, high: int) -> str:
    """ "−5 to −2", "more than 20", from edges in hundredths; 0 stands for no edge, 1 for the nought in the middle."""
    if low > 0:
        return _("more than +%(days)s") % {"days": _days(low)} if not high else _step(low, high, "+")
    return _("more than −%(days)s") % {"days": _days(-high)} if not low else _step(-high, -low, "−")


def _step(near: int, far: int, sign: str) -> str:
    start = "0" if near <= 1 else f"{sign}{_days(near)}"
    return _("%(low)s to %(high)s") % {"low": start, "high": f"{sign}{_days(far)}"}


def _groups(table: Mapping | None, head: str, name_of) -> TableShown | None:
    if table is None:
        return None
    columns = {
        0: (_("Gain"), _("Lose"), _("Unchanged"), _("Not comparable")),
        1: (_("Gain"), _("Lose"), _("Unchanged")),
        2: (_("Changed"), _("Unchanged")),
    }[table["level"]]
    rows = table["rows"]
    empty = {
        place for place in range(2, len(columns)) if table["level"] == 0 and not any(r["cells"][place] for r in rows)
    }
    kept = [place for place in range(len(columns)) if place not in empty]
    heads = (head, *(columns[place] for place in kept), _("Days before"), _("Days after"))
    lines = [
        Line(
            _together(row["keys"], name_of),
            (*(_count(row["cells"][place]) for place in kept), _days(row["before"]), _days(row["after"])),
        )
        for row in sorted(rows, key=lambda row: (len(row["keys"]) > 1, [name_of(key) for key in row["keys"]]))
    ]
    return TableShown(heads, tuple(lines))


def _together(keys: Sequence[str], name_of) -> str:
    names = sorted(name_of(key) for key in keys)
    rest = len(names) - NAMED
    told = ", ".join(names[:NAMED] if rest > 0 else names)
    if rest <= 0:
        return told
    more = ngettext("%(names)s and %(rest)s other", "%(names)s and %(rest)s others", rest)
    return more % {"names": told, "rest": rest}


def _rate_name(key: str) -> str:
    names = {
        "100": _("full time"), "80": _("80 % to under 100 %"), "50": _("50 % to under 80 %"), "0": _("under 50 %"),
    }  # fmt: skip
    return names[key]


def _team_namer(table: Mapping | None):
    keys = {int(key) for row in table["rows"] for key in row["keys"] if key} if table else set()
    names = {str(pk): name for pk, name in Team.objects.filter(pk__in=keys).values_list("pk", "name")} if keys else {}
    return lambda key: names.get(key, _("without a team"))


def _rules(rules: Sequence[Sequence]) -> TableShown | None:
    if not rules:
        return None
    most = max(bookings for _keys, bookings, _people in rules)
    lines = [
        Line(
            "; ".join(_rule_name(key) for key in keys),
            (_count(bookings), _("5 or more") if people is None else _count(people)),
            _width(bookings, most),
        )
        for keys, bookings, people in rules
    ]
    return TableShown((_("Rule"), _("Bookings"), _("People")), tuple(lines))


def _rule_name(key: str) -> str:
    article, kind, name = key.split("\t")
    if kind == SILENT:
        return _("the draft says nothing for that day, or leaves a reading open")
    title = explain.title(kind, language())
    title = f"{title} ({name})" if name else title
    return _("%(rule)s, article %(article)s") % {"rule": title, "article": article} if article else title


def _stretches(stretches: Sequence[Sequence]) -> TableShown | None:
    if not stretches or not any(bookings for _key, bookings in stretches):
        return None
    most = max(bookings for _key, bookings in stretches)
    lines = [Line(_stretch_name(key), (_count(number),), _width(number, most)) for key, number in stretches]
    return TableShown((_("When"), _("Bookings")), tuple(lines))


def _stretch_name(key: str) -> str:
    kind, _space, label = key.partition(" ")
    year, _dash, number = label.partition("-")
    if kind == "month":
        return words.month_name(date(int(year), int(number), 1), language())
    if kind == "quarter":
        return _("quarter %(number)s of %(year)s") % {"number": number, "year": year}
    if kind == "half":
        return _("half-year %(number)s of %(year)s") % {"number": number, "year": year}
    return year


def _coverage(rows: Sequence[Sequence]) -> TableShown | None:
    if not rows:
        return None
    held = Requirement.objects.in_bulk([UUID(row[0]) for row in rows], field_name="uid")
    name = "name_fr" if language() == "fr" else "name_en"
    known = [(getattr(held[UUID(row[0])], name), row) for row in rows if UUID(row[0]) in held]
    lines = [
        Line(said, (_count(days), _count(fewer), _hours(before), _hours(after)))
        for said, (_uid, days, fewer, before, after) in sorted(known, key=lambda pair: (-pair[1][1], pair[0]))
    ]
    heads = (_("Requirement"), _("Dates short"), _("Under the draft"), _("Hours short"), _("Under the draft"))
    return TableShown(heads, tuple(lines)) if lines else None


def _choices_shown(run: LabRun, found: Mapping) -> ResultShown:
    question = READINGS[run.reading]
    heads = (
        _("Choice"), _("People due other days"), _("Fifth lowest"), _("Middle"), _("Fifth highest"),
        _("Refused more"), _("Refused no longer"),
    )  # fmt: skip
    lines = [_choice_line(one, question, found["base"]) for one in found["choices"]]
    notes = (
        _("Each choice is held against the first, that of the draft if it makes one; of that one, all it refuses."),
        _("No figure is over fewer than five people."),
    )  # fmt: skip
    return ResultShown((_reach(found),), ((_("What each choice changes"), TableShown(heads, tuple(lines))),), notes)


def _choice_line(one: Mapping, question, base: str) -> Line:
    known = question.choices.get(one["choice"])
    name = known.about.lang(language()) if known else one["choice"]
    spread = [_days(value) for value in one["spread"]] if one["spread"] else ["–"] * 3
    differ = "–" if one["choice"] == base else _or_few(one["differ"])
    fewer = "–" if one["choice"] == base else _or_few(one["no_longer"])
    return Line(name[:1].upper() + name[1:], (differ, *spread, _or_few(one["refused"]), fewer))


def _width(number: int, most: int) -> str:
    """The length of a bar in percent of the longest, as SVG writes numbers."""
    return f"{WIDTH * number / most:.1f}"


def _or_few(number: int | None) -> str:
    return _("under five people") if number is None else _count(number)


def _count(number: int) -> str:
    """A whole number, its thousands apart."""
    return f"{number:,}".replace(",", "\u202f" if language() == "fr" else ",")


def _days(hundredths: int) -> str:
    if abs(hundredths) >= 100_000:
        return _count(round(hundredths / 100))
    return decimal((Decimal(hundredths) / 100).normalize() + Decimal(0))


def _signed(hundredths: int) -> str:
    return f"{'+' if hundredths > 0 else ''}{_days(hundredths)}"


def _hours(minutes: int) -> str:
    return _count(round(minutes / 60))


def _money(cents: int, currency: str) -> str:
    """An amount to the unit: a sum over many people says no more by its cents."""
    whole = _count((cents + 50) // 100)
    sign = "€" if currency == "EUR" else currency
    return f"{sign}{whole}" if currency == "EUR" and language() != "fr" else f"{whole}\u202f{sign}"
