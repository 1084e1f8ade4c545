"""The pages of exceptional days: dry run, second person, who is where; and the letters."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from notifications.models import Message
from notifications.services import sweep
from policies.models import Regime
from telework import services as telework
from telework.exceptional import services
from telework.exceptional.board import ABSENT, OFF, ON_SITE, REMOTE, board_of
from tests import factories

from .conftest import MONDAY, TODAY

pytestmark = pytest.mark.django_db
FORM = {"name": "Transport strike", "first": "2026-06-15", "last": "2026-06-19", "off_quota": "1", "whom": "population"}


@pytest.fixture(autouse=True)
def _now(clock):
    clock("2026-06-08T09:00+02:00")


def test_the_dry_run_lists_people_and_writes_nothing(crisis, sign_in):
    page = sign_in(crisis.first_hr).post("/exceptional/new/", FORM)
    text = page.content.decode()
    assert "It would concern 5 people" in text
    assert all(person.name in text for person in crisis.people)
    assert not Regime.objects.exists()


def test_people_may_be_left_out_of_a_list(crisis, sign_in):
    kept = [str(person.uid) for person in crisis.people[:2]]
    form = {**FORM, "whom": "list", "seen": "1", "people": kept, "write": "1"}
    sign_in(crisis.first_hr).post("/exceptional/new/", form)
    regime = Regime.objects.get()
    assert {row.person for row in regime.people.all()} == set(crisis.people[:2])


def test_from_the_form_to_the_second_person_to_the_letter(crisis, sign_in, mailoutbox, client):
    made = sign_in(crisis.first_hr).post("/exceptional/new/", {**FORM, "cause": "strike", "write": "1"})
    page = client.get(made.url).content.decode()
    assert "Another person with the same right confirms it" in page
    assert client.post(f"{made.url}confirm/").status_code == 422
    client.force_login(crisis.second_hr.account)
    assert "5 people are told" in client.post(f"{made.url}confirm/", follow=True).content.decode()
    sweep(datetime(2026, 6, 8, 8, tzinfo=UTC))
    letter = next(mail for mail in mailoutbox if mail.to == [crisis.people[0].email])
    assert letter.subject == "Exceptional days: Transport strike"
    assert "taken from no quota" in letter.body and "Monday 15 June to Friday 19 June 2026" in letter.body


def test_letters_are_written_in_the_reader_s_language(crisis, mailoutbox):
    account = crisis.people[0].account
    account.language = "fr"
    account.save()
    crisis.open(words="Aucun train.")
    sweep(datetime(2026, 6, 8, 8, tzinfo=UTC))
    letter = next(mail for mail in mailoutbox if mail.to == [account.email])
    assert letter.subject == "Jours exceptionnels\u202f: Transport strike"
    assert "Aucun train." in letter.body and "décomptés d’aucun quota" in letter.body


def test_a_letter_about_days_called_off_meanwhile_is_not_sent(crisis, mailoutbox):

    regime = crisis.open()
    services.end_regime(regime, TODAY, **crisis.by(crisis.first_hr))
    sweep(datetime(2026, 6, 8, 8, tzinfo=UTC))
    subjects = {mail.subject for mail in mailoutbox if mail.to == [crisis.people[0].email]}
    assert subjects == {"Exceptional days end: Transport strike"}


def test_a_manager_sees_the_days_of_their_people_once_they_hold_and_no_others(crisis, sign_in, team):
    manager = factories.manager_of(team)
    stranger = factories.eligible_person(entity=team.entity, last_name="Elsewhere")
    term = crisis.prepare()
    client = sign_in(manager)
    assert client.get(f"/exceptional/{term.regime.uid}/").status_code == 404
    regime = crisis.open(name="Flood")
    page = client.get(f"/exceptional/{regime.uid}/").content.decode()
    assert crisis.people[0].name in page and stranger.name not in page
    assert "End early" not in page and "Who has fired it" not in page
    assert client.post(f"/exceptional/{regime.uid}/end/", {"last": "2026-06-16"}).status_code == 404


def test_the_board_tells_planned_places_and_never_why(crisis, sign_in):
    remote, absent, here = crisis.people
    crisis.open()
    telework.book_day(person=remote, day=MONDAY, **{k: v for k, v in crisis.by(remote).items()})
    remote.bookings.update(state="approved")
    absent.absences.create(first_day=MONDAY, last_day=MONDAY, kind="training")
    at = datetime(2026, 6, 15, 8, tzinfo=UTC)
    states = {row.person: row.state for group in board_of(crisis.people, at).groups for row in group.rows}
    assert states == {remote: REMOTE, absent: ABSENT, here: ON_SITE}
    night = board_of(crisis.people, datetime(2026, 6, 15, 20, tzinfo=UTC))
    assert night.counts == {OFF: 2, ABSENT: 1}


def test_a_night_shift_counts_until_its_end_on_the_next_day(crisis):
    person = crisis.people[0]
    factories.shift(person, "2026-06-15T22:00+02:00", "2026-06-16T06:00+02:00")
    board = board_of([person], datetime(2026, 6, 16, 3, tzinfo=UTC))
    assert board.counts == {ON_SITE: 1}


def test_the_page_and_its_fragment_tell_the_hour_and_keep_one_state(crisis, sign_in, clock):
    regime = crisis.open()
    clock("2026-06-15T10:30+02:00")
    client = sign_in(crisis.second_hr)
    fragment = client.get(f"/exceptional/{regime.uid}/where/?where=on_site").content.decode()
    assert "at 10:30" in fragment and 'hx-trigger="every 60s"' in fragment and "<html" not in fragment
    assert "on site 5" in re.sub(r"\s+", " ", fragment)
    assert crisis.people[0].name not in client.get(f"/exceptional/{regime.uid}/?where=remote").content.decode()


def test_the_board_costs_the_same_for_three_people_and_for_twelve(crisis, team, django_assert_num_queries):
    at = datetime(2026, 6, 15, 8, tzinfo=UTC)
    with django_assert_num_queries(5):
        board_of(crisis.people, at)
    more = [factories.eligible_person(team=team) for _number in range(9)]
    with django_assert_num_queries(5):
        board_of([*crisis.people, *more], at)


@pytest.mark.parametrize(
    ("act", "last"), [("extend", "soon"), ("extend", "2026-06-01"), ("end", ""), ("end", "2027-01-01")]
)
def test_a_day_that_cannot_be_meant_comes_back_with_a_sentence(crisis, sign_in, act, last):
    regime = crisis.open()
    answer = sign_in(crisis.first_hr).post(f"/exceptional/{regime.uid}/{act}/", {"last": last})
    assert answer.status_code == 422 and "error-summary" in answer.content.decode()


@pytest.mark.parametrize("field", ["first", "last", "entity", "site", "team", "job", "cause", "name"])
def test_nothing_typed_makes_the_form_fall_over(crisis, sign_in, field):
    client = sign_in(crisis.first_hr)
    for typed in ("", "x", "\0", "2026-99-99", "0001-01-01", "9999-12-31", "é" * 2000):
        assert client.post("/exceptional/new/", {**FORM, field: typed}).status_code in (200, 404, 422)


def test_pages_are_in_french_too(crisis, sign_in):
    account = crisis.first_hr.account
    account.language = "fr"
    account.save()
    with translation.override("fr"):
        client = sign_in(crisis.first_hr)
        assert "Préparer des jours exceptionnels" in client.get("/exceptional/").content.decode()
        answer = client.post("/exceptional/new/", FORM).content.decode()
    assert "Cela concernerait 5 personnes" in answer


def test_one_s_own_year_shows_days_off_quota_as_possible(crisis, sign_in):
    person = crisis.people[0]
    telework.book_day(person=person, day=MONDAY, **crisis.by(person))
    crisis.open()
    answer = sign_in(person).get("/year/day/2026-06-16/?part=full").content.decode()
    assert answer and Message.objects.exists()
    outcomes = telework.preview_days(person=person, days=[MONDAY + timedelta(days=1)], today=date(2026, 6, 8))
    assert outcomes[0].decision.verdict.name == "NEEDS_APPROVAL"
