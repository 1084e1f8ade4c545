"""What people read of coverage: on My year before they ask, in the inbox before they answer, in the API the same."""

import json

import pytest
from django.urls import reverse

from policies.core.facts import Part
from telework.coverage.days import Sight, sights_of
from telework.models import Booking, State
from tests import factories

from .conftest import SATURDAY
from .test_checking import SENTENCE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


def cell(page: str) -> str:
    """The button of Saturday night on My year."""
    start = page.index(f'id="d{SATURDAY}"')
    return page[page.rindex("<button", 0, start) : page.index("</button>", start)]


def sight(night, person) -> Sight:
    return sights_of(person, [SATURDAY], Part.FULL)[SATURDAY].sight


def post(client, path: str, body: dict):
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_the_kept_counts_follow_bookings_absences_rosters_teams_and_needs(night):
    first, second, third, _fourth = night.supervisors
    assert sight(night, second) is Sight.TIGHT
    booking = night.book(first)
    assert sight(night, second) is Sight.CLOSED
    night.approve(booking)
    assert sight(night, second) is Sight.CLOSED
    Booking.objects.update(state=State.CANCELLED)
    for person in night.supervisors:
        person.calendar_version += 1
        person.save()
    assert sight(night, second) is Sight.TIGHT
    third.skills.update(last_day=SATURDAY.replace(day=1))
    third.calendar_version += 1
    third.save()
    assert sight(night, second) is Sight.CLOSED
    night.need.slots.update(number=1)
    night.need.version += 1
    night.need.save()
    assert sight(night, second) is Sight.SAFE


def test_my_year_shows_a_tight_day_then_a_closed_one_with_its_numbers(night, sign_in):
    client = sign_in(night.supervisors[1])
    assert "day tight" in cell(client.get("/year/2026/").content.decode())
    night.book(night.supervisors[0])
    closed = cell(client.get("/year/2026/").content.decode())
    assert "day closed" in closed and SENTENCE.rstrip(".") in closed


def test_the_panel_of_a_closed_day_says_why_offers_days_near_by_and_an_exception(night, sign_in):
    night.book(night.supervisors[0])
    client = sign_in(night.supervisors[1])
    page = client.get(f"/year/2026/?day={SATURDAY}").content.decode()
    assert SENTENCE in page and "1 more supervisor on site" in page and "Free near by" in page
    factories.shift(night.supervisors[1], "2026-06-19T22:00+02:00", "2026-06-20T06:00+02:00")
    asked = {"day": str(SATURDAY), "part": "full", "exception": "yes", "note": "My child is ill."}
    client.post(reverse("book"), asked)
    assert Booking.objects.get(person=night.supervisors[1]).exception


def test_the_api_refuses_in_the_same_words_and_takes_an_exception_and_its_grant(night, sign_in):
    night.book(night.supervisors[0])
    client = sign_in(night.supervisors[1])
    no = post(client, "/bookings", {"day": str(SATURDAY)})
    assert no.status_code == 409 and no.json()["data"]["rule"] == "continuity"
    assert no.json()["detail"].startswith(SENTENCE)
    several = {"days": [str(SATURDAY)], "exception": True}
    assert post(client, "/bookings", several).status_code == 422
    asked = post(client, "/bookings", {"day": str(SATURDAY), "exception": True, "note": "My child is ill."})
    assert asked.status_code == 201
    path = f"/bookings/{asked.json()['uid']}/approve"
    manager = sign_in(night.scene.manager)
    assert post(manager, path, {}).status_code == 409
    assert post(manager, path, {"override": "Inès comes in early."}).json()["state"] == "approved"


def test_hr_may_answer_but_not_override(night, sign_in):
    hr = factories.eligible_person(entity=night.scene.team.entity)
    factories.grant(hr, "hr")
    night.book(night.supervisors[0])
    booking = night.book(night.supervisors[1], exception=True, note="Once.")
    assert post(sign_in(hr), f"/bookings/{booking.uid}/approve", {"override": "So be it."}).status_code == 404
    fields = {"booking": f"{booking.uid}.1", "action": "approve", "override": "So be it."}
    assert sign_in(hr).post(reverse("answer_requests"), fields).status_code == 404


def test_the_inbox_shows_four_to_three_tight_and_the_line_of_what_is_required(night, sign_in):
    booking = night.book(night.supervisors[0])
    page = sign_in(night.scene.manager).get(reverse("request", args=[booking.uid])).content.decode()
    assert "4 → 3 supervisors" in page and "Tight: coverage is kept, with no margin" in page
    assert "need 3" in page and "3 for 3" in page


def test_a_closed_request_is_granted_from_the_page_only_with_a_reason(night, sign_in):
    night.book(night.supervisors[0])
    booking = night.book(night.supervisors[1], exception=True, note="Once.")
    client = sign_in(night.scene.manager)
    page = client.get(reverse("request", args=[booking.uid])).content.decode()
    assert SENTENCE in page and 'name="override"' in page and "as an exception" in page
    fields = {"booking": f"{booking.uid}.1", "action": "approve"}
    client.post(reverse("answer_requests"), fields)
    assert Booking.objects.get(pk=booking.pk).state == State.REQUESTED
    client.post(reverse("answer_requests"), fields | {"override": "Inès comes in early."})
    assert Booking.objects.get(pk=booking.pk).state == State.APPROVED


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_cost_the_same_once_counted(night, sign_in, language, django_assert_max_num_queries):
    client = sign_in(night.supervisors[1])
    client.get("/year/2026/")
    with django_assert_max_num_queries(24):
        client.get("/year/2026/", headers={"accept-language": language})


def test_the_panel_of_a_closed_day_draws_the_shortage_with_a_table_beside_it(night, sign_in):
    first, second, *_others = night.supervisors
    night.book(first)
    page = sign_in(second).get(f"/year/day/{SATURDAY}/", headers={"hx-request": "true"}).content.decode()
    finding = page[page.index('<article class="finding">') : page.index("</article>")]
    assert 'class="missing"' in finding and "need 3" in finding
    assert "Supervisors on site if you were remote (without that: 3)." in finding
    cells = '<td class="number">3</td><td class="number">2</td><td class="number">3</td>'
    assert f"<td>22:00–00:00</td>{cells}" in finding or f"<td>22:00–06:00</td>{cells}" in finding
    assert finding.index("<p>") < finding.index("<figure") < finding.index("remedy")


def test_a_request_beside_its_strip_has_four_boxes_and_no_second_chart(night, sign_in):
    booking = night.book(night.supervisors[0])
    client = sign_in(night.scene.manager)
    page = client.get(reverse("request", args=[booking.uid])).content.decode()
    effect = page[page.index('<dl class="effect">') : page.index("</dl>", page.index('<dl class="effect">'))]
    assert effect.count("<dt>") == 4
    assert "<b>4 → 3 supervisors</b>" in effect
    assert page.count('class="strip"') == 1 and "Who is where that day" in page
