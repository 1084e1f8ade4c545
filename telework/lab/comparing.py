"""One person under the rules that were in force and under those of a draft, added to the sums of a run. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from policies.core import AgreementError, Entitlement, Facts, NoValueInForce, allowance, entitlement
from policies.core.document import Agreement
from policies.core.facts import Request
from policies.core.replay import Asked, Refused, Replay, without
from policies.core.rules import BY_KIND
from telework.lab.gathering import Subject
from telework.lab.sums import ALL, Sums, stretches_of, tally

BOTH, SILENT, RULE, NO_LONGER = "both", "silent", "rule", "no longer"
ONE_DAY = timedelta(days=1)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is compared over a period: ``before`` tells the agreement in force on a day, ``changes`` when it changes."""

    before: Callable[[date], Agreement | None]
    changes: tuple[date, ...]
    after: Agreement
    first: date
    last: date


def compare(subject: Subject, rules: Rules, sums: Sums) -> list[int]:
    """Add one person to the sums; the keys of the bookings that only the draft refuses."""
    sums.people += 1
    facts = replace(subject.facts, today=subject.on)
    before, after = rules.before(subject.on), rules.after
    sums.add_entitlement(subject.groups, _due(facts, before, subject.on), _due(facts, after, subject.on))
    sums.asked += len(subject.asked)
    start = _at_start(subject, rules.first)
    replay = Replay(start, after)
    refused = list(_newly_refused(subject.asked, start, replay, rules, sums))
    _add_paid(subject.facts, replace(replay.facts, pending=subject.facts.pending), rules, sums)
    return [one.asked.key for one in refused]


def compare_choices(
    subject: Subject, choices: Mapping[str, Agreement], base: str, sums: Mapping[str, Sums], first: date
) -> None:
    """Add one person to the sums of each choice of a reading, held against those of the base."""
    facts, start = replace(subject.facts, today=subject.on), _at_start(subject, first)
    due = {name: _due(facts, agreement, subject.on) for name, agreement in choices.items()}
    refused = {name: _refused_keys(start, agreement, subject.asked) for name, agreement in choices.items()}
    for name, one in sums.items():
        one.people += 1
        one.asked += len(subject.asked)
        one.add_entitlement(subject.groups[:1], due[base], due[name])
        found = {ALL: len(refused[name] - refused[base]), NO_LONGER: len(refused[base] - refused[name])}
        if name == base:
            found[ALL] = len(refused[base])
        one.add_refused({key: bookings for key, bookings in found.items() if bookings})


def _refused_keys(start: Facts, agreement: Agreement, asked: Sequence[Asked]) -> set[int]:
    return {refused.asked.key for refused in Replay(start, agreement).refusals(asked)}


def _at_start(subject: Subject, first: date) -> Facts:
    """The person before the first request of the period, with nothing held later: that was asked for afterwards."""
    late = [Request(day) for day in subject.facts.booked if day >= first]
    return without(subject.facts, late)


def _newly_refused(asked, start: Facts, replay: Replay, rules: Rules, sums: Sums) -> Iterator[Refused]:
    """What the draft refuses and the rules of then would not, on the same rows: those may have changed since."""
    recorded, found = Recorded(start, asked), tally()
    for number, one in enumerate(asked):
        refused = replay.refused(one)
        if refused is None:
            replay.hold(one.request)
            continue
        if recorded.refuses(number, rules.before(one.request.day)):
            found[BOTH] += 1
            continue
        for key in (ALL, _rule(refused), *stretches_of(one.request.day)):
            found[key] += 1
        yield refused
    sums.add_refused(found)


class Recorded:
    """The calendar as it filled up in fact, whatever any rule says of it now."""

    def __init__(self, start: Facts, asked: tuple[Asked, ...]) -> None:
        self.start, self.asked = start, asked
        self.replays: dict[int, tuple[int, Replay]] = {}

    def refuses(self, number: int, agreement: Agreement | None) -> bool:
        """Would these rules refuse the request of that number, upon all that were made before it?"""
        if agreement is None:
            return False
        known, replay = self.replays.get(id(agreement)) or (0, Replay(self.start, agreement))
        for one in self.asked[known:number]:
            replay.hold(one.request)
        self.replays[id(agreement)] = number, replay
        return replay.refused(self.asked[number]) is not None


def _rule(refused: Refused) -> str:
    finding = refused.finding
    if finding is None:
        return f"{RULE}\t\t{SILENT}\t"
    name = finding.name if BY_KIND[finding.rule].several else ""
    return "\t".join((RULE, finding.article, finding.rule, name))


def _due(facts: Facts, agreement: Agreement | None, day: date) -> Entitlement | None:
    try:
        return entitlement(facts, agreement, day) if agreement else None
    except (NoValueInForce, AgreementError):
        return None


def _add_paid(recorded: Facts, replayed: Facts, rules: Rules, sums: Sums) -> None:
    """What the days granted are paid before and after; days refused are paid by nobody."""
    before: dict[str, Decimal] = {}
    for first, last in _spans(rules):
        currency, amount = _paid(recorded, rules.before(first), first, last)
        before[currency] = before.get(currency, NOTHING) + amount
    currency, after = _paid(replayed, rules.after, rules.first, rules.last)
    for each in {*before, currency} - {""}:
        sums.add_paid(each, before.get(each, NOTHING), after if each == currency else NOTHING)


def _spans(rules: Rules) -> Iterator[tuple[date, date]]:
    """The period cut where another version comes into force."""
    starts = [rules.first, *(day for day in sorted(set(rules.changes)) if rules.first < day <= rules.last)]
    for number, start in enumerate(starts):
        yield start, starts[number + 1] - ONE_DAY if number + 1 < len(starts) else rules.last


def _paid(facts: Facts, agreement: Agreement | None, first: date, last: date) -> tuple[str, Decimal]:
    try:
        paid = allowance(facts, agreement, first, last) if agreement else None
    except NoValueInForce:
        return "", NOTHING
    return (paid.currency, paid.amount) if paid else ("", NOTHING)


def before_of(timeline) -> tuple[Callable[[date], Agreement | None], tuple[date, ...]]:
    """The agreement in force on a day and the days on which it changes, of a timeline (None: there never was any)."""
    if timeline is None:
        return (lambda day: None), ()
    days, upward = set(), timeline
    while upward is not None:
        days |= set(upward.days)
        upward = upward.above
    return timeline.on, tuple(sorted(days))
