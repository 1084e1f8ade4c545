"""Who is on call at night at the smaller sites that work around the clock: supervisors in turn, a week each."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from people.models import Absence, OnCall, Shift

from .chance import Chance, uid
from .planning import ZONE
from .requirements import ON_CALL_NIGHT
from .staff import Hand


def create_on_calls(hands: Sequence[Hand], chance: Chance, *, first: date, last: date) -> None:
    """Write one supervisor on call a night from ``first`` to ``last``; nobody where all of a site work or are away."""
    rng, main = chance.stream("on call"), hands[0].crew.team.site
    sites = defaultdict(list)
    for hand in hands:
        if hand.rostered and hand.role == "supervisor" and hand.crew.team.site != main:
            sites[hand.crew.team.site].append(hand)
    rows = [row for crew in sites.values() for row in _nights(crew, rng, first, last)]
    OnCall.objects.bulk_create(rows, batch_size=1000)


def _nights(crew: Sequence[Hand], rng: Random, first: date, last: date) -> Iterator[OnCall]:
    people = [hand.person.pk for hand in crew]
    starts, ends, away = defaultdict(list), defaultdict(list), set()
    for person, start, end in (
        Shift.objects.filter(person__in=people).order_by("start").values_list("person", "start", "end")
    ):
        starts[person].append(start)
        ends[person].append(end)
    for person, begin, until in Absence.objects.filter(person__in=people).values_list(
        "person", "first_day", "last_day"
    ):
        away |= {(person, begin + timedelta(days=number)) for number in range((until - begin).days + 1)}
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        start, end = _night(day)
        turn = number // 7
        for hand in (crew[(turn + ahead) % len(crew)] for ahead in range(len(crew))):
            pk = hand.person.pk
            employed = hand.person.hired_on <= day and (not hand.last_day or day < hand.last_day)
            following = bisect_left(ends[pk], start)
            free = following == len(starts[pk]) or starts[pk][following] >= end
            if employed and free and not {(pk, day), (pk, day + timedelta(days=1))} & away:
                yield OnCall(
                    uid=uid(rng), person=hand.person, start=start, end=end, zone=ZONE, site=hand.crew.team.site
                )
                break


def _night(day: date) -> tuple[datetime, datetime]:
    zone, (evening, morning) = ZoneInfo(ZONE), ON_CALL_NIGHT
    return datetime.combine(day, evening, zone), datetime.combine(day + timedelta(days=1), morning, zone)
