"""Many at once: one last day, one request, one booking. The same crowd without the lock must do harm."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from telework import services
from telework.errors import BookingRefused, LostRace, StaleVersion, WrongState
from telework.models import Booking, State
from telework.services import judging, lock
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
CROWD, AT_ONCE = 500, 20


def all_at_once(acts: Sequence[Callable[[], object]], workers: int = AT_ONCE) -> Counter:
    """Do everything on threads with connections of their own; what came of it, by type."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        except (BookingRefused, LostRace, StaleVersion, WrongState) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return Counter(type(result).__name__ for result in pool.map(run, acts))


def working_days(first: date, count: int) -> list[date]:
    days = (first + timedelta(days=ahead) for ahead in range(2 * count))
    return [day for day in days if day.weekday() < 5][:count]


def crowd_for_the_last_day(scene) -> Counter:
    """Five hundred requests of one person, who has a single day left, each for another day."""
    factories.agreement_in_force(scene.team.entity, yearly=1, since=scene.today)
    days = working_days(scene.today, 140)
    asked = [days[number % len(days)] for number in range(CROWD)]
    return all_at_once([lambda day=day: services.book_day(day=day, **scene.own) for day in asked])


def test_five_hundred_requests_for_the_last_day_leave_exactly_one(scene):
    came = crowd_for_the_last_day(scene)

    assert came == {"Booking": 1, "BookingRefused": CROWD - 1}
    assert Booking.objects.count() == 1


def test_without_the_lock_the_same_crowd_overbooks(scene, monkeypatch):
    """The negative control: the first twenty are held together between reading and writing, as luck may have it."""
    meeting, met = Barrier(AT_ONCE, timeout=30), []
    gathered = judging.gathered

    def slowly(*args, **options):
        facts = gathered(*args, **options)
        if len(met) < AT_ONCE:
            met.append(1)
            meeting.wait()
        return facts

    @contextmanager
    def unguarded(people, *, today) -> Iterator[None]:
        yield

    monkeypatch.setattr(lock, "guarded", unguarded)
    monkeypatch.setattr(judging, "gathered", slowly)

    came = crowd_for_the_last_day(scene)

    assert came["Booking"] > 1


def test_the_same_day_asked_twice_at_once_is_booked_once(scene):
    came = all_at_once([lambda: services.book_day(day=scene.day(4), **scene.own)] * AT_ONCE)
    assert came == {"Booking": 1, "BookingRefused": AT_ONCE - 1}


def test_approving_and_withdrawing_at_once_ends_in_one_of_the_two(scene):
    for ahead in (1, 2, 3, 4):
        booking = services.book_day(day=scene.day(ahead), **scene.own)
        fresh = Booking.objects.select_related("person__site", "person__entity")

        came = all_at_once(
            [
                lambda fresh=fresh, pk=booking.pk: services.approve_bookings(
                    bookings=[fresh.get(pk=pk)], **scene.by(scene.manager)
                )[0].error or "approved",
                lambda fresh=fresh, pk=booking.pk: services.withdraw_booking(
                    booking=fresh.get(pk=pk), **scene.by(scene.person)
                ),
            ],
            workers=2,
        )  # fmt: skip

        booking.refresh_from_db()
        assert booking.state in (State.APPROVED, State.CANCELLED)
        assert booking.version == 2, "exactly one of the two changed it"
        assert came["str"] + came["Booking"] == 1


def test_two_managers_answering_the_same_requests_at_once_answer_each_once(scene):
    other = factories.manager_of(scene.team)
    bookings = [services.book_day(day=scene.day(ahead), **scene.own) for ahead in (1, 2, 3, 4)]

    def answer(act, who, **why):
        return lambda: sum(done.done for done in act(bookings=bookings, **why, **scene.by(who)))

    all_at_once(
        [
            answer(services.approve_bookings, scene.manager),
            answer(services.refuse_bookings, other, reason="coverage"),
        ],
        workers=2,
    )

    assert set(Booking.objects.values_list("version", flat=True)) == {2}
    assert Booking.objects.filter(state=State.REQUESTED).count() == 0
