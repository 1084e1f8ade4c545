"""What a rule looks at: one request upon the facts and the agreement of a person."""

from datetime import date
from functools import cached_property

from .counts import Counts, counts_of
from .document import Agreement, Clause, Reading
from .facts import ContractFacts, Facts, PlaceFacts, Request, Workday
from .taken import taken

_COUNTING = ("yearly_cap", "monthly_cap", "weekly_cap", "manager_approval")
HALF_DAYS = tuple(f"{halves / 2:g}" for halves in range(1000))


def days(halves: int) -> str:
    """Half-days written as days: 3 → ``1.5``."""
    return HALF_DAYS[halves] if 0 <= halves < 1000 else f"{halves / 2:g}"


class Situation:
    """One request: the halves of a day asked for, upon what is held already."""

    def __init__(
        self,
        facts: Facts,
        agreement: Agreement,
        day: date,
        halves: int,
        planning: bool,
        request: Request | None = None,
        *,
        is_glance: bool = False,
    ) -> None:
        self.facts = taken(facts, agreement)
        self.agreement = agreement
        self.day = day
        self.halves = halves
        self.planning = planning
        self.today = facts.today
        self.workday: Workday | None = facts.workdays.get(day)
        self.contract = contract_on(facts, day)
        self.request = request
        self.form = request.form if request else ""
        self.clause: Clause | None = None  # the one being judged
        self.is_glance = is_glance  # only the verdict is asked, so that no remedy need be searched

    def reading(self, name: str) -> Reading:
        """What was chosen for the clause being judged: its own reading, else the document's; NoValueInForce if open."""
        own = self.clause.readings.get(name) if self.clause is not None else None
        if own is None:
            return self.agreement.reading(name)
        if own.choice == "open":
            raise self.agreement.silent(f"readings.{name}", None, own.article or self.clause.article)
        return own

    def optional_reading(self, name: str) -> Reading | None:
        """The same where a convention stands in for a reading left out: None then; an open one is still an error."""
        own = self.clause.readings.get(name) if self.clause is not None else None
        return self.reading(name) if own is not None or name in self.agreement.readings else None

    @property
    def name(self) -> str:
        """The name of the clause being judged, "" where it has none."""
        return self.clause.name if self.clause is not None else ""

    def answer_of(self, who: str) -> str:
        """What somebody has answered this request already: yes, no, or "" so far."""
        return dict(self.request.answers).get(who, "") if self.request else ""

    @property
    def reason(self) -> str:
        """The code of the reason stated for the request, "" where none is."""
        return self.request.reason if self.request else ""

    @property
    def place(self) -> PlaceFacts | None:
        """The place chosen for the day, where the request names one."""
        return self.request.place if self.request else None

    @cached_property
    def available(self) -> int:
        """Halves really worked that day."""
        return self.workday.available if self.workday is not None else 0

    @cached_property
    def counts(self) -> Counts:
        """Half-days held, as the agreement counts a half-day."""
        return counts_of(self.facts, half_is_whole=half_is_whole(self.agreement))

    @cached_property
    def added(self) -> int:
        """Half-days that this request adds to every count."""
        return self.counts.added(self.day, self.halves)

    def remembered(self, key: object, compute):
        """What depends on the facts only, computed once for all requests upon them."""
        memory = self.facts._counts
        if key not in memory:
            memory[key] = compute()
        return memory[key]


def contract_on(facts: Facts, day: date) -> ContractFacts | None:
    """The contract that holds on a day; the one that started last where two overlap."""
    found = None
    for contract in facts.contracts:
        if (
            contract.start <= day
            and (contract.end is None or day <= contract.end)
            and (found is None or contract.start > found.start)
        ):
            found = contract
    return found


def half_is_whole(agreement: Agreement) -> bool:
    """Does a half-day count as a whole one? The reading ``half_day_counts`` says, needed only where days are capped."""
    known = agreement.cache.get("half_is_whole")
    if known is None:
        capped = any(clause.kind in _COUNTING for clause in agreement.rules)
        known = capped and agreement.reading("half_day_counts").choice == "whole"
        agreement.cache["half_is_whole"] = known
    return known
