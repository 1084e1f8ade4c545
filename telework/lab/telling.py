"""Sums of a finished run → what may be shown of them, as plain values. Nothing here is over fewer than five people."""

from collections.abc import Iterable, Mapping
from datetime import date

from telework.lab import hiding
from telework.lab.comparing import BOTH, NO_LONGER, RULE
from telework.lab.hiding import Table
from telework.lab.presence import Short
from telework.lab.sums import ALL, Sums
from telework.lab.sums import stretches_of as keys_of

NOBODY = (0, 0)


def told(sums: Sums, shorts: Iterable[Short], first: date, last: date) -> dict[str, object]:
    """The result of a draft held against what was in force."""
    if sums.people < hiding.LEAST:
        return {"people": None}
    return {
        "people": sums.people,
        "asked": sums.asked,
        "entitlement": _entitlement(sums),
        "refused": _refused(sums.refused, first, last),
        "paid": [[currency, before, after] for currency, (before, after, people) in sums.paid.items() if _safe(people)],
        "unpaid": any(not _safe(people) for _before, _after, people in sums.paid.values()),
        "coverage": _coverage(sums, shorts),
    }


def told_of_choices(choices: Mapping[str, Sums], base: str) -> dict[str, object]:
    """The result of the choices of a reading, each beside the one that is the base."""
    if choices[base].people < hiding.LEAST:
        return {"people": None}
    return {
        "people": choices[base].people,
        "asked": choices[base].asked,
        "base": base,
        "choices": [_choice(name, sums) for name, sums in choices.items()],
    }


def _choice(name: str, sums: Sums) -> dict[str, object]:
    total = hiding.total_of(sums.groups[ALL])
    more, fewer = (sums.refused.get(key, NOBODY) for key in (ALL, NO_LONGER))
    return {
        "choice": name,
        "differ": _differing(total) if total else None,
        "spread": hiding.spread(_whole(sums.totals)),
        "refused": more[0] if _safe(more[1]) else None,
        "no_longer": fewer[0] if _safe(fewer[1]) else None,
    }


def _differing(total: Table) -> int:
    """How many people are due another number of days; those who cannot be compared are not among them."""
    changed = {0: 2, 1: 2, 2: 1}[total.level]
    return sum(total.rows[0].cells[:changed])


def _entitlement(sums: Sums) -> dict[str, object] | None:
    """Who gains and loses: everybody, by rate, by team, and how much. None where one to four people change."""
    total = hiding.total_of(sums.groups[ALL])
    if total is None:
        return None
    deltas = _whole(sums.deltas)
    return {
        "total": _plain(total),
        "rates": _plain(hiding.table_of(_named(sums.groups, "rate "), total.level)),
        "teams": _plain(hiding.table_of(_named(sums.groups, "team "), total.level)),
        "bins": hiding.bins_of(deltas) if total.level < len(hiding.LEVELS) - 1 else [],
        "median": hiding.median(deltas),
    }


def _named(groups: Mapping[str, list[int]], start: str) -> dict[str, list[int]]:
    return {key.removeprefix(start): counts for key, counts in groups.items() if key.startswith(start)}


def _plain(table: Table | None) -> dict[str, object] | None:
    if table is None:
        return None
    rows = [
        {"keys": list(row.keys), "cells": list(row.cells), "before": row.before, "after": row.after}
        for row in table.rows
    ]
    return {"level": table.level, "rows": rows}


def _refused(refused: Mapping[str, list[int]], first: date, last: date) -> dict[str, object] | None:
    """Bookings the draft refuses, by stretch of the calendar and by rule; None where they are of one to four people."""
    bookings, people = refused.get(ALL, NOBODY)
    if not _safe(people):
        return None
    both = refused.get(BOTH, NOBODY)
    rules = {key.removeprefix(f"{RULE}\t"): counts for key, counts in refused.items() if key.startswith(f"{RULE}\t")}
    return {
        "bookings": bookings,
        "people": people,
        "both": both[0] if _safe(both[1]) else None,
        "stretches": hiding.stretches_of(refused, lambda kind: _stretches(kind, first, last)),
        "rules": [[list(keys), number, of] for keys, number, of in hiding.rules_of(rules)],
    }


def _stretches(kind: str, first: date, last: date) -> list[str]:
    """The keys of every month (quarter, half, year) that a period touches, in order."""
    place = hiding.STRETCHES.index(kind)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return list(dict.fromkeys(keys_of(date(month // 12, month % 12 + 1, 1))[place] for month in months))


def _coverage(sums: Sums, shorts: Iterable[Short]) -> list[list[object]]:
    """[requirement (uid), dates short before, after, minutes before, after] of those that were or become short."""
    if not _safe(sums.refused.get(ALL, NOBODY)[1]):
        return []
    return [
        [one.uid, one.before[0], one.after[0], one.before[1], one.after[1]]
        for one in shorts
        if one.counted >= hiding.LEAST and _safe(one.concerned) and (one.before[0] or one.after[0])
    ]


def _whole(counts: Mapping[str, int]) -> dict[int, int]:
    return {int(key): people for key, people in counts.items()}


_safe = hiding.is_safe
