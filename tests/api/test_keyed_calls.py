"""A call that comes again with its Idempotency-Key: the same answer, and the fact exists once."""

from datetime import timedelta
from threading import Barrier, Event, Thread
from unittest.mock import patch

import pytest
from django.db import connection, connections

from people.api import keyed_calls
from people.models import KeyedCall
from people.tasks import forget_old_calls
from telework import services
from telework.models import Booking, BookingNote, Feed
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
WISH = {"day": "2026-06-12"}


def booked(api, body=WISH, key="one", path="/bookings"):
    return api("POST", path, body, idempotency_key=key)


class TestTheSameAgain:
    def test_same_key_and_body_give_the_same_bytes_and_one_booking(self, api):
        first, again = booked(api), booked(api)
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content and first["Content-Type"] == again["Content-Type"]
        assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
        assert Booking.objects.count() == 1

    def test_without_a_key_every_call_is_another(self, api):
        assert [api("POST", "/bookings", WISH).status_code for _time in range(2)] == [201, 409]

    def test_a_secret_told_once_is_told_again_to_whoever_lost_the_answer(self, api):
        answers = [api("POST", "/feeds", {}, idempotency_key="feed").json()["address"] for _time in range(2)]
        assert answers[0] == answers[1] and Feed.objects.count() == 1

    def test_a_refusal_by_the_rules_is_an_answer_like_any_other(self, api, at_nine):
        saturday = {"day": "2026-06-13"}
        answers = [booked(api, saturday) for _time in range(2)]
        assert [answer.status_code for answer in answers] == [409, 409]
        assert answers[0].content == answers[1].content and answers[1]["Idempotency-Replayed"] == "true"

    def test_an_answer_without_content_comes_back_as_it_was(self, api):
        series = api("POST", "/series", {"first_day": "2026-06-08", "rrule": "FREQ=WEEKLY;COUNT=2"}).json()
        assert api("DELETE", f"/series/{series['uid']}", idempotency_key="x").status_code == 200
        assert not KeyedCall.objects.exists(), "only POST reads the header"


class TestAnother:
    @pytest.mark.parametrize(("body", "path"), [({"day": "2026-06-15"}, "/bookings"), (WISH, "/bookings/preview")])
    def test_body_or_address_with_the_key_of_before_is_a_422(self, api, body, path):
        booked(api)
        answer = booked(api, body, path=path)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
        assert answer["Content-Type"] == "application/problem+json" and Booking.objects.count() == 1

    def test_person_may_use_the_same_key(self, api, at_nine):
        booked(api)
        assert booked(Caller(at_nine.manager)).status_code == 201
        assert Booking.objects.count() == 2

    def test_value_after_one_that_could_not_be_read_may_keep_the_key(self, api):
        assert booked(api, {"day": "31/02/2026"}).status_code == 422
        assert booked(api).status_code == 201

    def test_spelling_of_the_same_object_is_another_body(self, api):
        """What is compared are the bytes sent: whoever sends a call again sends what was sent."""
        booked(api, b'{"day": "2026-06-12", "part": "full"}')
        answer = booked(api, b'{"part": "full", "day": "2026-06-12"}')
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")

    @pytest.mark.parametrize("path", ["/bookings?x=1", "/nothing"])
    def test_address_that_leads_nowhere_leaves_the_key_free(self, api, path):
        assert booked(api, path=path).status_code in (404, 422)
        assert booked(api).status_code == 201

    def test_reading_call_does_not_read_the_header(self, api):
        assert api("GET", "/me", idempotency_key="x" * 300).status_code == 200 and not KeyedCall.objects.exists()

    def test_scope_is_asked_for_before_anything_kept_is_told(self, api, at_nine):
        from people.tokens import create_token

        booked(api)
        reader = create_token(at_nine.person.account, scopes=["bookings:read"], now=at_nine.now)
        assert booked(Caller(key=reader)).status_code == 403

    def test_key_of_255_signs_is_one(self, api):
        assert [booked(api, key="~" * 255).status_code for _time in range(2)] == [201, 201]

    @pytest.mark.parametrize("key", ["", " ", "x" * 256, "clé", "\U0001f511", "two words", "a\tb", "a\x7f"])
    def test_header_that_is_no_key_is_refused_with_its_name(self, api, key):
        answer = booked(api, key=key)
        assert (answer.status_code, answer.json()["field"]) == (422, "Idempotency-Key")
        assert "1 to 255" in answer.json()["detail"] and not Booking.objects.exists()


class TestKept:
    def test_for_a_day_then_forgotten_and_free(self, key, clock):
        api = Caller(key=key)
        booked(api)
        clock("2026-06-09T08:59:00+02:00")
        assert forget_old_calls() == 0 and booked(api).status_code == 201
        clock("2026-06-09T09:01:00+02:00")
        assert booked(api).status_code == 409  # judged anew: the day is taken
        clock("2026-06-10T09:02:00+02:00")
        assert (forget_old_calls(), KeyedCall.objects.count()) == (1, 0)

    def test_neither_key_nor_answer_can_be_read_in_the_database(self, api):
        booked(api, WISH | {"note": "Fibre is in."}, key="a-key-of-mine")
        columns = ", ".join(field.column for field in KeyedCall._meta.fields)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM people_keyedcall")
            text = str(cursor.fetchall())
        assert "a-key-of-mine" not in text and "2026-06-12" not in text and "requested" not in text

    def test_the_worker_forgets_every_hour(self):
        from django_q.models import Schedule

        assert Schedule.objects.get(name="people.forget_old_calls").func == "people.tasks.forget_old_calls"


class TestFailure:
    def test_of_ours_frees_the_key_and_leaves_nothing(self, at_nine):
        api = Caller(at_nine.person, raises=False)
        book = services.book_day

        def book_then_break(**wish):
            book(**wish)
            raise RuntimeError("the disk is on fire")

        with patch.object(services, "book_day", book_then_break):
            assert booked(api).status_code == 500
        assert (KeyedCall.objects.count(), Booking.objects.count()) == (0, 0)
        assert booked(api).status_code == 201

    def test_while_the_answer_is_kept_takes_the_fact_back(self, at_nine):
        api = Caller(at_nine.person, raises=False)
        with patch.object(keyed_calls, "_keep", side_effect=RuntimeError("no power")):
            assert booked(api).status_code == 500
        assert Booking.objects.count() == 0 and booked(api).status_code == 201

    def test_a_claim_whose_process_died_is_free_after_its_lease(self, api, clock):
        request_of_the_dead(api)
        assert booked(api).json()["code"] == "idempotency_key_in_flight"
        clock("2026-06-08T09:06:00+02:00")
        assert booked(api).status_code == 201

    def test_whoever_lost_the_claim_writes_nothing(self, api):
        book = services.book_day

        def slowly(**wish):
            KeyedCall.objects.update(claim="00000000-0000-0000-0000-000000000000")  # another took over
            return book(**wish)

        with patch.object(services, "book_day", slowly):
            assert booked(api).json()["code"] == "idempotency_key_in_flight"
        assert not Booking.objects.exists()


def request_of_the_dead(api) -> None:
    """The row that a killed process leaves behind: claimed, never answered."""
    booked(api)
    Booking.objects.all().delete()
    KeyedCall.objects.update(status=None, content="")


def two_at_once(person, path: str) -> tuple[list[int], int]:
    """The same note sent while the first sending is held up before it writes; statuses, and how many notes."""
    inside, go_on = Event(), Event()
    write, statuses = services.add_note, []

    def held_up(**note):
        inside.set()
        assert go_on.wait(20)
        return write(**note)

    def send(caller: Caller) -> None:
        try:
            statuses.append(caller("POST", path, {"text": "Once."}, idempotency_key="note").status_code)
        finally:
            connections.close_all()

    first, second = (Thread(target=send, args=(Caller(person),)) for _caller in range(2))
    with patch.object(services, "add_note", held_up):
        first.start()
        assert inside.wait(20)
    second.start()
    second.join(2)  # without the claim SQLite makes it wait for the first one's lock
    go_on.set()
    first.join(20)
    second.join(20)
    return sorted(statuses), BookingNote.objects.count()


@pytest.mark.django_db(transaction=True)
class TestUnderWay:
    @pytest.fixture
    def path(self, api) -> str:
        return f"/bookings/{booked(api).json()['uid']}/notes"

    def test_the_second_call_is_a_409_and_the_note_is_written_once(self, at_nine, path):
        assert two_at_once(at_nine.person, path) == ([201, 409], 1)

    def test_without_the_claim_the_note_is_written_twice(self, at_nine, path, monkeypatch):
        """The negative control."""
        monkeypatch.setattr("people.api.manners.answered_once", lambda request, key, answer, **rest: answer())
        assert two_at_once(at_nine.person, path) == ([201, 201], 2)


def many_at_once(senders: list[Caller], path: str) -> list:
    """The same note sent with the same key by everybody at the same moment; their answers."""
    ready, answers = Barrier(len(senders)), []

    def send(caller: Caller) -> None:
        try:
            ready.wait(20)
            answers.append(caller("POST", path, {"text": "Once."}, idempotency_key="storm"))
        finally:
            connections.close_all()

    threads = [Thread(target=send, args=(caller,)) for caller in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_write_once_and_all_that_are_answered_get_the_same(at_nine, api):
    path = f"/bookings/{booked(api).json()['uid']}/notes"
    answers = many_at_once([Caller(at_nine.person) for _sender in range(20)], path)
    told = [answer for answer in answers if answer.status_code == 201]
    others = [(answer.status_code, answer.json()["code"]) for answer in answers if answer.status_code != 201]
    assert len(answers) == 20 and told and set(others) <= {(409, "idempotency_key_in_flight")}
    assert {answer.content for answer in told} == {told[0].content} and BookingNote.objects.count() == 1
    assert sum("Idempotency-Replayed" not in answer for answer in told) == 1
    assert many_at_once([Caller(at_nine.person)], path)[0].content == told[0].content


def test_the_lease_is_shorter_than_what_is_kept():
    assert timedelta(0) < keyed_calls.LEASE < keyed_calls.KEPT
