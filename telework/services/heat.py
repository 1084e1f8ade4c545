"""Keep the heat of the year ready for pages; what the worker does when nobody waits for it."""

from datetime import date

from policies.selectors import requirements_in_force
from telework.coverage.heats import keep_heats


def keep_heat(today: date, *, years: int = 2) -> int:
    """Count what changed in this year and the next, and write it down; how many requirements that were."""
    spans = [(date(year, 1, 1), date(year, 12, 31)) for year in range(today.year, today.year + years)]
    return sum(keep_heats(list(requirements_in_force(*span)), span[0].year) for span in spans)
