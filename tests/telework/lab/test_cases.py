"""HR writes one more case: by hand, or from a person and a day, seen before it is added."""

from datetime import UTC, date, datetime
from html import unescape
from re import search
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Role
from policies.core.cases import load_cases
from policies.services import documents, publish_version
from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 3, 6, tzinfo=UTC)
KEPT = "# what was signed stays as it is typed\n[defaults]\ntoday = 2026-06-03\n"


@pytest.fixture(autouse=True)
def _june(clock):
    clock("2026-06-03T08:00+02:00")


@pytest.fixture
def hr():
    person = factories.eligible_person(team=factories.TeamFactory())
    factories.grant(person, Role.HR)
    return person


@pytest.fixture
def pages(hr) -> Client:
    client = Client()
    client.force_login(hr.account)
    return client


@pytest.fixture
def draft(hr):
    held = factories.agreement_in_force(hr.entity, approval=False)
    return documents.begin_draft(held.agreement, text=held.text, cases=KEPT, actor=hr, now=NOW)


@pytest.fixture
def person(hr):
    return factories.eligible_person(team=hr.memberships.get().team, rate=80, first_name="Zénaïde", last_name="Quiroga")


def _shown(answer) -> str:
    """The case as the page shows it."""
    return unescape(search(r"<textarea id=\"case\"[^>]*>(.*?)</textarea>", answer.content.decode(), 16).group(1))


def _post(pages, draft, act, **typed):
    return pages.post(reverse("case_new", args=[draft.uid]), {"act": act, **typed})


def _add(pages, draft, text):
    return _post(pages, draft, "add", case=text, edition=draft.edition)


def test_the_hundredth_and_the_next_day_by_hand(pages, draft):
    for taken, verdict in (("99", "allowed"), ("100", "refused")):
        answer = _post(pages, draft, "hand", name=f"After {taken}", day="2026-11-12", taken=taken)
        case = load_cases(_shown(answer))[0]
        assert (answer.status_code, case.expect["verdict"], case.given["taken"]) == (200, verdict, int(taken))


def test_a_case_is_added_after_those_there_are_and_passes(pages, draft):
    text = _shown(_post(pages, draft, "hand", name="One more", day="2026-11-12", taken="99"))
    draft.refresh_from_db()
    assert draft.cases == KEPT
    answer = _add(pages, draft, text)
    assert answer.url == reverse("agreement_cases", args=[draft.uid])
    draft.refresh_from_db()
    assert draft.cases.startswith(KEPT.rstrip()) and [case.name for case in load_cases(draft.cases)] == ["One more"]
    assert all(outcome.passed for outcome in documents.outcomes_of(draft))


def test_what_is_expected_otherwise_is_said_before_it_is_added(pages, draft):
    answer = _post(pages, draft, "hand", day="2026-11-12", taken="99", verdict="refused")
    assert b"answers otherwise" in answer.content and "expected refused" in unescape(answer.content.decode())


def test_a_person_and_a_day_become_a_case_without_their_name(pages, draft, person):
    for day in (date(2026, 6, 8), date(2026, 6, 9)):
        asked = {"state": State.APPROVED, "requested_at": NOW, "updated_at": NOW}
        Booking.objects.create(person=person, day=day, **asked)
    person.absences.create(kind="leave", first_day=date(2026, 6, 22), last_day=date(2026, 6, 24))
    answer = _post(pages, draft, "person", person=str(person.uid), day="2026-06-18", part="morning")
    text = _shown(answer)
    case = load_cases(text)[0]
    assert case.given["contracts"][0].rate == 80 and len(case.given["booked"]) == 2
    assert case.given["request"]["part"] == "morning" and len(case.given["absences"]) == 3
    place = person.places.get()
    for secret in (person.first_name, person.last_name, str(person.uid), person.email, place.label, place.commune):
        assert secret not in text
    assert b"answers what the case expects" in answer.content
    _add(pages, draft, text)
    draft.refresh_from_db()
    assert [outcome.passed for outcome in documents.outcomes_of(draft)] == [True]


def test_a_refusal_is_written_down_with_its_rule(pages, draft, person):
    person.absences.create(kind="leave", first_day=date(2026, 6, 18), last_day=date(2026, 6, 18))
    case = load_cases(_shown(_post(pages, draft, "person", person=str(person.uid), day="2026-06-18")))[0]
    assert (case.expect["verdict"], case.expect["rule"]) == ("refused", "day_worked")


def test_two_cases_of_one_day_have_names_of_their_own(pages, draft):
    typed = {"day": "2026-11-12", "taken": "99"}
    _add(pages, draft, _shown(_post(pages, draft, "hand", **typed)))
    draft.refresh_from_db()
    assert load_cases(_shown(_post(pages, draft, "hand", **typed)))[0].name.endswith("(2)")


def test_a_draft_changed_meanwhile_keeps_what_others_wrote(pages, draft, hr):
    text = _shown(_post(pages, draft, "hand", day="2026-11-12"))
    documents.save_draft(draft, text=draft.text, cases=KEPT + "# more\n", edition=1, actor=hr, now=NOW)
    answer = _add(pages, draft, text)
    draft.refresh_from_db()
    assert answer.status_code == 409 and draft.cases == KEPT + "# more\n" and "2026-11-12" in _shown(answer)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"day": "soon"}, "soon"),
        ({"day": ""}, "The day asked for"),
        ({"day": "9999-12-31"}, "1990"),
        ({"day": "2026-11-12", "taken": "NaN"}, "NaN"),
        ({"day": "2026-11-12", "taken": "-3"}, "taken"),
        ({"day": "2026-11-12", "rate": "0"}, "rate"),
        ({"day": "2026-11-12", "booked": "2026-13-01"}, "2026-13-01"),
        ({"day": "2026-11-12", "part": "night"}, "night"),
        ({"day": "2026-11-12", "rule": "weakly_cap", "verdict": "refused"}, "weekly_cap"),
    ],
)
def test_what_cannot_be_read_is_named(pages, draft, typed, named):
    answer = _post(pages, draft, "hand", **typed)
    assert answer.status_code in (200, 422) and named in unescape(answer.content.decode())
    draft.refresh_from_db()
    assert draft.cases == KEPT


@pytest.mark.parametrize(
    "text", ["", "[[cases", "[[cases]]\nname = 3", "x = 1", "[[cases]]\n" * 9, "[defaults]\njob = 'x'"]
)
def test_what_is_no_case_is_not_added(pages, draft, text):
    assert _add(pages, draft, text).status_code == 422
    draft.refresh_from_db()
    assert draft.cases == KEPT


def test_people_are_found_by_part_of_a_name_and_strangers_are_not(pages, draft, person):
    factories.eligible_person(first_name="Zoltan", last_name="Quiroga")
    found = pages.get(reverse("case_new", args=[draft.uid]), {"who": "quiro"}).content.decode()
    assert "Zénaïde" in found and "Zoltan" not in found
    assert _post(pages, draft, "person", person=str(uuid4()), day="2026-06-18").status_code == 404


def test_a_version_in_force_takes_no_case(pages, draft, hr):
    _add(pages, draft, _shown(_post(pages, draft, "hand", day="2026-11-12", taken="99")))
    draft.refresh_from_db()
    held = publish_version(draft, date(2026, 7, 1), now=NOW, actor=hr)
    assert pages.get(reverse("case_new", args=[held.uid])).url == reverse("agreement_cases", args=[held.uid])


def test_queries_of_the_page_do_not_grow_with_people_found(pages, draft, person, hr, django_assert_max_num_queries):
    for _ in range(5):
        factories.eligible_person(team=hr.memberships.get().team, last_name="Quiroga")
    with django_assert_max_num_queries(14):
        pages.get(reverse("case_new", args=[draft.uid]), {"who": "quiro"})
