"""HR asks a past period again under a draft: what the run counts, how it goes on, and what its pages tell."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_q.models import OrmQ

from people.models import Role
from policies.services import documents
from telework import tasks
from telework.lab import services
from telework.lab.services import LabRefused
from telework.models import Booking, LabRun, LabState, State
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 3, 6, tzinfo=UTC)
MAY = {"first": date(2026, 5, 1), "last": date(2026, 5, 31), "as_of": date(2026, 6, 3)}
WEEK = [date(2026, 5, 4) + timedelta(days=offset) for offset in range(4)]


@pytest.fixture(autouse=True)
def _june(clock):
    clock("2026-06-03T08:00+02:00")
    with translation.override("en"):
        yield


@pytest.fixture
def hr():
    team = factories.TeamFactory(name="Advisers")
    person = factories.eligible_person(team=team)
    factories.grant(person, Role.HR)
    return person


@pytest.fixture
def held(hr):
    return factories.agreement_in_force(hr.entity, approval=False)


@pytest.fixture
def people(hr):
    team = hr.memberships.get().team
    return [hr, *(factories.eligible_person(team=team) for _ in range(7))]


@pytest.fixture
def pages(hr) -> Client:
    client = Client()
    client.force_login(hr.account)
    return client


def _booked(person, days, **fields):
    asked = {"state": State.APPROVED, "requested_at": datetime(2026, 4, 20, 8, tzinfo=UTC), "updated_at": NOW}
    return [Booking.objects.create(person=person, day=day, **asked | fields) for day in days]


def _draft(held, hr, old="", new=""):
    assert old in held.text
    return documents.begin_draft(held.agreement, text=held.text.replace(old, new), cases=held.cases, actor=hr, now=NOW)


def _capped(held, hr, days):
    """The same text with so many days a week."""
    cap = f'[[rules]]\nkind = "weekly_cap"\narticle = "{next(iter(_articles(held)))}"\n[[rules.values]]\n'
    text = f'{held.text}\n{cap}from = 2020-01-01\nlimit = {days}\nunit = "day"\n'
    return documents.begin_draft(held.agreement, text=text, cases=held.cases, actor=hr, now=NOW)


def _opened(draft, hr, reading):
    """The draft with a reading left open."""
    stated = draft.text.index("choice", draft.text.index(f"[readings.{reading}]"))
    text = draft.text[:stated] + 'choice = "open"' + draft.text[draft.text.index("\n", stated) :]
    return documents.save_draft(draft, text=text, cases="", edition=draft.edition, actor=hr, now=NOW)


def _articles(held):
    from policies.core.agreement import load

    return load(held.text).articles


def _run(draft, hr, **changes):
    run = services.start_run(draft, **MAY | changes, actor=hr, now=NOW)
    while services.work(run, now=lambda: NOW):
        pass
    run.refresh_from_db()
    return run


def test_bookings_beyond_a_tighter_cap_are_counted_by_rule_and_stretch(held, hr, people):
    for person in people:
        _booked(person, WEEK)
    run = _run(_capped(held, hr, 3), hr)
    refused = run.result["refused"]
    assert (run.state, run.result["people"], run.result["asked"]) == (LabState.DONE, 8, 32)
    assert (refused["bookings"], refused["people"], refused["both"]) == (8, 8, 0)
    assert refused["rules"] == [[[f"{next(iter(_articles(held)))}\tweekly_cap\t"], 8, 8]]
    assert refused["stretches"] == [["month 2026-05", 8]]


def test_the_first_asked_for_are_those_kept(held, hr, people):
    for person in people:
        late = _booked(person, WEEK[:1], requested_at=datetime(2026, 4, 29, 8, tzinfo=UTC))
        _booked(person, WEEK[1:])
    run = services.start_run(_capped(held, hr, 3), **MAY, actor=hr, now=NOW)
    task = services._Task(run)
    services._claim(run, NOW)
    task.step(NOW)
    kept = {int.from_bytes(run.refused[place : place + 8], "little") for place in range(0, len(run.refused), 8)}
    assert late[0].pk in kept and len(kept) == len(people)


def test_the_same_text_changes_nothing(held, hr, people):
    for person in people:
        _booked(person, WEEK)
    run = _run(_draft(held, hr), hr)
    assert run.result["refused"]["bookings"] == 0
    assert run.result["entitlement"]["total"]["rows"][0]["cells"] == [0, 0, 8, 0]
    assert all(before == after for _currency, before, after in run.result["paid"])


def test_a_draft_that_begins_later_is_held_against_the_past(held, hr, people):
    for person in people:
        _booked(person, WEEK)
    text = held.text.replace("in_force = 2022-01-01", "in_force = 2027-01-01")
    draft = documents.begin_draft(held.agreement, text=text, cases="", actor=hr, now=NOW)
    run = _run(draft, hr, as_of=date(2027, 3, 1))
    assert run.result["refused"]["bookings"] == 0


def test_what_the_rules_of_then_refuse_as_well_is_told_apart(held, hr, people):
    for person in people:
        _booked(person, WEEK)
        person.absences.create(kind="leave", first_day=WEEK[0], last_day=WEEK[0])
    run = _run(_capped(held, hr, 3), hr)
    assert (run.result["refused"]["both"], run.result["refused"]["bookings"]) == (8, 0)


def test_refusals_of_fewer_than_five_people_are_not_told(held, hr, people):
    for person in people[:4]:
        _booked(person, WEEK)
    run = _run(_capped(held, hr, 3), hr)
    assert run.result["refused"] is None and run.result["coverage"] == []


def test_fewer_than_five_people_are_not_told_at_all(held, hr):
    _booked(hr, WEEK)
    assert _run(_capped(held, hr, 3), hr).result == {"people": None}


def test_nothing_of_a_person_stays_when_a_run_is_over(held, hr, people):
    for person in people:
        _booked(person, WEEK)
    run = _run(_capped(held, hr, 3), hr)
    assert run.partial == {} and bytes(run.refused) == b""
    assert not any(person.name in str(run.result) or str(person.uid) in str(run.result) for person in people)


def test_a_run_goes_on_where_it_stopped_and_counts_nobody_twice(held, hr, people, monkeypatch):
    for person in people:
        _booked(person, WEEK)
    monkeypatch.setattr(services, "CHUNK", 3)
    whole = _run(_capped(held, hr, 3), hr)
    run = services.start_run(whole.version, **MAY, actor=hr, now=NOW)
    assert services.work(run, now=lambda: NOW, seconds=-1)
    assert run.reached == 3
    other = LabRun.objects.get(pk=run.pk)
    assert services.work(other, now=lambda: NOW, seconds=-1)
    assert not services.work(run, now=lambda: NOW)
    run.refresh_from_db()
    assert (run.state, run.reached) == (LabState.RUNNING, 6)
    while services.work(run, now=lambda: NOW):
        pass
    assert LabRun.objects.get(pk=run.pk).result == whole.result


def test_one_run_at_a_time_for_an_entity(held, hr, people):
    draft = _draft(held, hr)
    run = services.start_run(draft, **MAY, actor=hr, now=NOW)
    with pytest.raises(LabRefused, match="under way"):
        services.start_run(draft, **MAY, actor=hr, now=NOW)
    assert services.cancel_run(run, actor=hr, now=NOW)
    assert services.start_run(draft, **MAY, actor=hr, now=NOW).state == LabState.WAITING


def test_a_cancelled_run_stops_and_keeps_nothing(held, hr, people):
    run = services.start_run(_draft(held, hr), **MAY, actor=hr, now=NOW)
    stale = LabRun.objects.get(pk=run.pk)
    services.cancel_run(run, actor=hr, now=NOW)
    assert not services.work(stale, now=lambda: NOW)
    run.refresh_from_db()
    assert (run.state, run.result) == (LabState.CANCELLED, {})


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 5, 2), date(2026, 5, 1)), (date(2024, 1, 1), date(2026, 5, 1))]
)
def test_a_period_that_makes_none_is_refused(held, hr, first, last):
    with pytest.raises(LabRefused, match="at most a year"):
        services.start_run(_draft(held, hr), first=first, last=last, as_of=last, actor=hr, now=NOW)


def test_runs_that_nobody_works_on_are_taken_up_again(held, hr, people, clock):
    run = services.start_run(_draft(held, hr), **MAY, actor=hr, now=NOW)
    assert services.stalled_runs(NOW) == []
    clock("2026-06-03T08:10+02:00")
    before = OrmQ.objects.count()
    assert (tasks.resume_labs(), OrmQ.objects.count()) == (1, before + 1)
    assert tasks.run_lab(str(run.uid)) is False
    run.refresh_from_db()
    assert run.state == LabState.DONE


def test_a_run_that_breaks_says_so(held, hr, people, monkeypatch):
    run = services.start_run(_draft(held, hr), **MAY, actor=hr, now=NOW)
    monkeypatch.setattr(services, "subjects_of", lambda *given, **named: 1 / 0)
    tasks.run_lab(str(run.uid))
    run.refresh_from_db()
    assert run.state == LabState.FAILED


def test_days_refused_give_people_back_to_coverage(held, hr, people):
    team = hr.memberships.get().team
    need = factories.requirement(team, 8, kind="minimum", start=time(10), end=time(12), zone="Europe/Paris")
    few = factories.requirement(
        team,
        8,
        kind="minimum",
        start=time(10),
        end=time(12),
        zone="Europe/Paris",
        skill=factories.skilled(people[0], "lead").skill,
    )
    for person in people:
        _booked(person, WEEK)
    run = _run(_capped(held, hr, 3), hr)
    row = next(row for row in run.result["coverage"] if row[0] == str(need.uid))
    assert (row[1] - row[2], row[3] - row[4]) == (1, 120)
    assert str(few.uid) not in {row[0] for row in run.result["coverage"]}


def test_half_days_refused_are_given_back_alone(held, hr, people):
    team = hr.memberships.get().team
    need = factories.requirement(team, 8, kind="minimum", start=time(9), end=time(13), zone="Europe/Paris")
    for person in people:
        _booked(person, WEEK[:3])
        _booked(person, WEEK[3:], part="morning")
    run = _run(_capped(held, hr, 3), hr)
    row = next(row for row in run.result["coverage"] if row[0] == str(need.uid))
    assert (row[1] - row[2], row[3] - row[4]) == (1, 240)


def test_the_allowance_is_that_of_the_days_left(held, hr, people):
    article = next(iter(_articles(held)))
    rule = f'\n[[rules]]\nkind = "allowance_per_day"\narticle = "{article}"\n'
    paid = f"{rule}[[rules.values]]\nfrom = 2020-01-01\namount = 2\n"
    for person in people:
        _booked(person, WEEK)
    draft = _draft(held, hr)
    draft = documents.save_draft(draft, text=draft.text + paid, cases="", edition=1, actor=hr, now=NOW)
    before = {currency: old for currency, old, _new in _run(draft, hr).result["paid"]}
    after = {currency: new for currency, _old, new in _run(draft, hr).result["paid"]}
    assert after["EUR"] - before["EUR"] == 8 * 4 * 200


def test_queries_do_not_grow_with_people(held, hr, people, django_assert_max_num_queries):
    for person in people:
        _booked(person, WEEK)
    run = services.start_run(_capped(held, hr, 3), **MAY, actor=hr, now=NOW)
    with django_assert_max_num_queries(40):
        services.work(run, now=lambda: NOW)


def test_each_choice_of_a_reading_is_held_against_that_of_the_draft(held, hr, people):
    for person in people:
        _booked(person, WEEK, part="morning")
    draft = _capped(held, hr, 3)
    run = _run(draft, hr, reading="half_day_counts")
    base, other = run.result["choices"]
    assert run.result["base"] == base["choice"]
    counted = {one["choice"]: one["refused"] for one in run.result["choices"]}
    assert counted["half"] == 0 and (counted["whole"] == 8 or other["no_longer"] == 8)


def test_an_open_reading_has_its_choices_tried_and_one_that_needs_numbers_is_not(held, hr, people):
    for person in people:
        _booked(person, WEEK, part="morning")
    draft = _capped(held, hr, 3)
    draft = _opened(draft, hr, "half_day_counts")
    result = _run(draft, hr, reading="half_day_counts").result
    assert [one["choice"] for one in result["choices"]] == ["half", "whole"]
    assert [one["refused"] for one in result["choices"]] == [0, 8]
    with pytest.raises(LabRefused, match="numbers of their own"):
        services.start_run(draft, **MAY, reading="entry_into_force", actor=hr, now=NOW)


def test_a_silent_draft_refuses_and_says_that_it_is_silent(held, hr, people):
    for person in people:
        _booked(person, WEEK)
    draft = _capped(held, hr, 3)
    draft = _opened(draft, hr, "half_day_counts")
    rules = _run(draft, hr).result["refused"]["rules"]
    assert rules == [[["\tsilent\t"], 32, 8]]


def test_pages_from_the_form_to_the_result(pages, held, hr, people, django_capture_on_commit_callbacks):
    for person in people:
        _booked(person, WEEK)
    draft = _capped(held, hr, 3)
    page = reverse("policy_lab", args=[draft.uid])
    assert b"2026-06-02" in pages.get(page).content
    typed = {name: day.isoformat() for name, day in MAY.items()}
    with django_capture_on_commit_callbacks(execute=True):
        answer = pages.post(page, typed)
    run = LabRun.objects.get()
    assert answer.url == reverse("lab_run", args=[run.uid])
    assert b"every 2s" in pages.get(reverse("lab_progress", args=[run.uid])).content
    assert tasks.run_lab(str(run.uid)) is False
    told = pages.get(reverse("lab_progress", args=[run.uid])).content.decode()
    assert "8 bookings of 8 people would have been refused." in told and "every 2s" not in told
    assert pages.get(answer.url).status_code == 200


def test_bad_dates_and_readings_are_answered_in_words(pages, held, hr):
    page = reverse("policy_lab", args=[_draft(held, hr).uid])
    typed = {name: day.isoformat() for name, day in MAY.items()}
    for spoilt, words in (
        ({"first": "soon"}, "soon"),
        ({"reading": "nothing"}, "nothing"),
        ({"last": "2020-01-01"}, "year"),
    ):
        answer = pages.post(page, typed | spoilt)
        assert answer.status_code == 422 and words in answer.content.decode()
    assert not LabRun.objects.exists()


def test_a_text_that_cannot_be_read_says_so(pages, held, hr):
    draft = documents.begin_draft(held.agreement, text="title = ", cases="", actor=hr, now=NOW)
    page = reverse("policy_lab", args=[draft.uid])
    assert b"cannot be read yet" in pages.get(page).content
    assert pages.post(page, {name: day.isoformat() for name, day in MAY.items()}).status_code == 422
