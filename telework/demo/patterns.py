"""Office weeks, full-time and part-time, as people really agree on them."""

from datetime import date

from people.models import WorkPattern

ANCHOR = date(2024, 1, 1)  # a Monday, in an even fortnight


def _day(start: str, end: str, halves: int = 3) -> dict:
    return {"start": start, "end": end, "halves": halves}


FULL, EARLY = _day("09:00", "17:00"), _day("08:30", "16:30")
MORNING, OFF = _day("09:00", "13:00", 1), None
WEEKEND = [OFF, OFF]

# name: (rate %, days)
OFFICE: dict[str, tuple[int, list]] = {
    "Semaine de bureau": (100, [FULL] * 5 + WEEKEND),
    "Semaine de bureau, 8 h 30": (100, [EARLY] * 5 + WEEKEND),
    "90 %, vendredi après-midi libre": (90, [FULL] * 4 + [MORNING, *WEEKEND]),
    "80 %, mercredi libre": (80, [FULL, FULL, OFF, FULL, FULL, *WEEKEND]),
    "80 %, vendredi libre": (80, [FULL] * 4 + [OFF, *WEEKEND]),
    "80 %, lundi libre": (80, [OFF] + [FULL] * 4 + WEEKEND),
    "70 %, mercredi et vendredi après-midi libres": (70, [FULL, FULL, OFF, FULL, MORNING, *WEEKEND]),
    "60 %, trois jours": (60, [FULL, FULL, OFF, FULL, OFF, *WEEKEND]),
    "50 %, deux puis trois jours": (
        50,
        [FULL, FULL, OFF, OFF, OFF, *WEEKEND, FULL, FULL, FULL, OFF, OFF, *WEEKEND],
    ),
    "50 %, matins": (50, [MORNING] * 5 + WEEKEND),
}


def create_patterns() -> dict[int, list[WorkPattern]]:
    """Write the patterns and give them by rate."""
    by_rate: dict[int, list[WorkPattern]] = {}
    for name, (rate, days) in OFFICE.items():
        by_rate.setdefault(rate, []).append(WorkPattern.objects.create(name=name, anchor=ANCHOR, days=days))
    return by_rate
