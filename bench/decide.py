"""Decisions per second on a loaded year of facts, and the greying of a year, beside a naive recount.

The baseline answers the same caps of the same agreement by counting the calendar again for each request, as a
straightforward application does. Run: ``python bench/decide.py``.
"""

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.agreements import slowest  # noqa: E402
from policies.core import ContractFacts, Facts, Part, PlaceFacts, Request, Workday, balance, decide, glance  # noqa: E402
from policies.core.agreement import load  # noqa: E402

TODAY = date(2026, 6, 9)
SECONDS = 0.5
YEAR = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(365)]


def facts_of_a_year() -> Facts:
    """A person at 80 % who changed rate in April, with 100 bookings in the year, 15 of them pending."""
    around = [date(2025, 12, 1) + timedelta(days=offset) for offset in range(430)]
    workdays = {day: Workday(day, due=3 if day.weekday() < 5 else 0) for day in around}
    worked = [day for day in YEAR if workdays[day].due]
    booked = {day: 3 if index % 4 else 1 for index, day in enumerate(worked[::2][:100])}
    contracts = (
        ContractFacts(date(2020, 1, 1), date(2026, 3, 31), Decimal(100), "permanent"),
        ContractFacts(date(2026, 4, 1), None, Decimal(80), "permanent"),
    )
    place = PlaceFacts("home", date(2021, 1, 4), None, True, date(2099, 12, 31))
    pending = {day: booked[day] for day in list(booked)[-15:]}
    return Facts(
        TODAY, contracts=contracts, hired=date(2020, 1, 1), job="assistance", autonomy=date(2021, 1, 4),
        places=(place,), workdays=workdays, booked=booked, pending=pending,
    )  # fmt: skip


def naive(day: date, facts: Facts) -> bool:
    """Yearly, monthly and weekly counts recounted from the bookings, the pattern and the eligibility read again."""
    half = {0: 0, 1: 1, 2: 1, 3: 2}
    year = sum(half[held] for held_day, held in facts.booked.items() if held_day.year == day.year)
    month = sum(half[h] for d, h in facts.booked.items() if (d.year, d.month) == (day.year, day.month))
    week = sum(half[h] for d, h in facts.booked.items() if d.isocalendar()[:2] == day.isocalendar()[:2])
    contract = [c for c in facts.contracts if c.start <= day and (c.end is None or day <= c.end)]
    covered = any(p.declared_on <= day and p.secure_internet for p in facts.places)
    return bool(contract) and covered and facts.workdays[day].due == 3 and year < 200 and month < 62 and week < 10


def per_second(run) -> float:
    """Calls of ``run`` per second of processor time; ``run`` answers how many it made."""
    run()
    calls, start = 0, process_time()
    while process_time() - start < SECONDS:
        calls += run()
    return calls / (process_time() - start)


def shipped(slug: str):
    return load((ROOT / f"policies/agreements/{slug}.toml").read_text(encoding="utf-8"), name=slug)


def main() -> None:
    agreement = shipped("ima-gie-2021")
    slow = slowest()
    facts = facts_of_a_year()
    requests = [Request(day) for day in YEAR]

    def deciding() -> int:
        for request in requests:
            decide(request, facts, agreement)
        return len(requests)

    def recounting() -> int:
        for day in YEAR[::10]:
            naive(day, facts)
        return len(YEAR[::10])

    def greying() -> int:
        fresh = facts.with_booking(TODAY, 3)
        for part in Part:
            glance(fresh, agreement, YEAR, part)
        return 1

    def greying_one() -> int:
        glance(facts.with_booking(TODAY, 3), agreement, YEAR, Part.FULL)
        return 1

    def balancing() -> int:
        balance(facts.with_booking(TODAY, 3), agreement, TODAY)
        return 1

    baseline = per_second(recounting)
    decided = per_second(deciding)
    print(f"decide                 {decided:10.0f} /s   {decided / baseline:6.1f} × naive recount ({baseline:.0f} /s)")
    least = per_second(slow.decide_all)
    told = f"{least / baseline:6.1f} ×, {slow.agreement.name}, {len(slow.agreement.rules)} rules"
    print(f"decide, slowest text   {least:10.0f} /s   {told}")
    print(
        f"grey a year, 3 parts   {1000 / per_second(greying):10.2f} ms   naive recount {3 * 365_000 / baseline:.0f} ms"
    )
    print(
        f"grey a year, 1 part    {1000 / per_second(greying_one):10.2f} ms   naive recount {365_000 / baseline:.0f} ms"
    )
    print(f"balance, fresh facts   {1000 / per_second(balancing):10.3f} ms")


if __name__ == "__main__":
    main()
