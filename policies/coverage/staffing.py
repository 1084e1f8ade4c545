"""How many heads an interval of calls needs: the Erlang C formula (A. K. Erlang, 1917), stable for any size.

Calls arrive at random (Poisson), last on average ``seconds`` and wait in one queue until somebody is free.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import exp, isfinite

MOST_HEADS = 100_000
MOST_CALLS = 10_000_000


class BadVolume(ValueError):
    """A number with which nothing can be computed: its field, its value, and a sentence in each language."""

    def __init__(self, field: str, value: object, sentences: dict[str, str]) -> None:
        self.field, self.value, self.sentences = field, value, sentences
        super().__init__(sentences["en"])

    def sentence(self, lang: str) -> str:
        return self.sentences[lang]


@dataclass(frozen=True, slots=True)
class Volume:
    """An interval of ``minutes`` with ``calls`` of ``seconds`` on average; ``percent`` answered within ``within``
    seconds. ``away`` is the percentage of paid time off the phone (breaks, meetings), 0 for none."""

    calls: float
    minutes: float
    seconds: float
    percent: float
    within: float
    away: float = 0

    def __post_init__(self) -> None:
        _between("calls", self.calls, 0, MOST_CALLS)
        _between("minutes", self.minutes, 1, 1440)
        _between("seconds", self.seconds, 1, 86400)
        _between("percent", self.percent, 0, 99.99)
        _between("within", self.within, 0, 86400)
        _between("away", self.away, 0, 90)
        if self.traffic > MOST_HEADS * 0.9:
            raise BadVolume("calls", self.calls, _too_much(self.traffic))

    @property
    def traffic(self) -> float:
        """Offered traffic in erlangs: how many would talk at once if nobody had to wait."""
        return self.calls * self.seconds / (self.minutes * 60)


@dataclass(frozen=True, slots=True)
class Staffing:
    """``agents`` on the phone, ``heads`` to plan for them, and what they reach; ``wait`` is the mean in seconds."""

    agents: int
    heads: int
    traffic: float
    answered: float
    waiting: float
    wait: float
    occupancy: float


def erlang_b(servers: int, traffic: float) -> float:
    """Probability that all servers are busy when nobody may wait; the recursion never leaves [0, 1]."""
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = traffic * blocked / (number + traffic * blocked)
    return blocked


def erlang_c(servers: int, traffic: float) -> float:
    """Probability that a call waits: C(10, 8) = 0.4092. 1 where the traffic is not below the servers."""
    return _waiting(servers, traffic, erlang_b(servers, traffic))


def answered_within(servers: int, traffic: float, *, within: float, seconds: float) -> float:
    """The share of calls answered within so many seconds."""
    return _answered(servers, traffic, erlang_c(servers, traffic), within / seconds)


def heads_for(volume: Volume) -> Staffing:
    """The fewest heads that keep the promise: 60 calls in 30 minutes at 240 s, 90 % within 15 s → 13 agents."""
    traffic, patience = volume.traffic, volume.within / volume.seconds
    servers, blocked = 0, 1.0
    while True:
        waiting = _waiting(servers, traffic, blocked)
        answered = _answered(servers, traffic, waiting, patience)
        if (servers > traffic or not traffic) and answered * 100 >= volume.percent - 1e-9:
            return _staffing(volume, servers, waiting, answered)
        servers += 1
        blocked = traffic * blocked / (servers + traffic * blocked)


def _waiting(servers: int, traffic: float, blocked: float) -> float:
    if traffic <= 0:
        return 0.0
    if servers <= traffic:
        return 1.0
    return servers * blocked / (servers - traffic * (1 - blocked))


def _answered(servers: int, traffic: float, waiting: float, patience: float) -> float:
    if traffic <= 0:
        return 1.0
    return 1 - waiting * exp(-(servers - traffic) * patience) if servers > traffic else 0.0


def _staffing(volume: Volume, servers: int, waiting: float, answered: float) -> Staffing:
    wait = waiting * volume.seconds / (servers - volume.traffic) if waiting else 0.0
    present = 1 - Fraction(str(volume.away)) / 100
    heads = -(-servers // present)
    occupancy = volume.traffic / servers if servers else 0.0
    return Staffing(servers, int(heads), volume.traffic, answered, waiting, wait, occupancy)


_FIELDS = {
    "calls": ("The number of calls", "Le nombre d’appels"),
    "minutes": ("The length of the interval in minutes", "La durée de l’intervalle en minutes"),
    "seconds": ("The mean length of a call in seconds", "La durée moyenne d’un appel en secondes"),
    "percent": ("The share to be answered", "La part d’appels à prendre"),
    "within": ("The longest wait in seconds", "L’attente la plus longue en secondes"),
    "away": ("The share of time off the phone", "La part de temps hors téléphone"),
}


def _between(field: str, value: object, least: float, most: float) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
    if number and least <= value <= most:
        return
    english, french = _FIELDS[field]
    raise BadVolume(
        field,
        value,
        {
            "en": f"{english} is “{str(value)[:40]}”; give a number from {least} to {most}.",
            "fr": f"{french}\u202f: «\u202f{str(value)[:40]}\u202f». Donnez un nombre de {least} à {most}.".replace(
                "99.99", "99,99"
            ),
        },
    )


def _too_much(traffic: float) -> dict[str, str]:
    return {
        "en": f"These calls would keep {traffic:.0f} people busy at once. Check the calls and their length.",
        "fr": f"Ces appels occuperaient {traffic:.0f} personnes à la fois. Vérifiez leur nombre et leur durée.",
    }
