"""My year: what a day shows, what the panel says, what the forms do, with a script and without."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from people.models import Absence
from telework.models import Booking, BookingNote, Series, State
from tests import factories

NOW = "2026-06-03T09:00+02:00"  # a Wednesday
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _today(clock):
    clock(NOW)


@pytest.fixture
def colleague(team):
    """Somebody of the team, under an agreement with a manager's answer, two days' notice and a cap of 100 days."""
    factories.agreement_in_force(team.entity, notice=2, months_ahead=6)
    return factories.eligible_person(team=team)


@pytest.fixture
def page(sign_in, colleague):
    return sign_in(colleague)


def booked(person, day, *, part="full", state=State.APPROVED, **fields) -> Booking:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    return Booking.objects.create(
        person=person, day=day, part=part, state=state, requested_at=at, updated_at=at, **fields
    )


def cell(html: str, day: str) -> tuple[str, str]:
    """Style and words of a day's cell."""
    found = re.search(rf'<button class="day ([^"]*)" name="day" value="{day}"[^>]*aria-label="([^"]*)"', html)
    return found[1], found[2]


def year_html(client, query: str = "") -> str:
    answer = client.get(f"/year/2026/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def left(html: str) -> str:
    return re.search(r'class="big">([^<]+)<', html)[1]


def test_each_state_of_a_day_has_its_style_and_its_words(page, colleague):
    booked(colleague, "2026-06-09")
    booked(colleague, "2026-06-10", state=State.REQUESTED)
    booked(colleague, "2026-06-11", part="morning")
    booked(colleague, "2026-06-12", part="afternoon", state=State.REQUESTED)
    Absence.objects.create(person=colleague, first_day="2026-06-15", last_day="2026-06-15")
    Absence.objects.create(person=colleague, first_day="2026-06-16", last_day="2026-06-16", halves=1)
    html = year_html(page)
    assert cell(html, "2026-06-08") == ("free", "Monday 8 June, free")
    assert cell(html, "2026-06-09") == ("telework", "Tuesday 9 June, telework")
    assert cell(html, "2026-06-10") == ("pending", "Wednesday 10 June, pending")
    assert cell(html, "2026-06-11")[0] == "half first"
    assert cell(html, "2026-06-12")[0] == "pending half second"
    assert cell(html, "2026-06-15") == ("absent", "Monday 15 June, absent")
    assert cell(html, "2026-06-16")[0] == "absent half first"
    assert cell(html, "2026-06-13") == ("off", "Saturday 13 June, day off")
    assert cell(html, "2026-07-14")[0] == "holiday"
    assert "public holiday" in cell(html, "2026-07-14")[1]
    assert cell(html, "2026-05-05") == ("site", "Tuesday 5 May, on site")


def test_an_impossible_day_names_the_rule_in_its_cell(page):
    style, words = cell(year_html(page), "2026-06-04")
    assert style == "impossible"
    assert words.startswith("Thursday 4 June, not possible: ")


def test_today_is_marked(page):
    assert cell(year_html(page), "2026-06-03")[1].endswith(", today")


@pytest.mark.parametrize("asked", ["full", "morning", "afternoon"])
def test_greying_judges_the_part_chosen(page, colleague, asked):
    booked(colleague, "2026-06-09", part="morning")
    html = year_html(page, f"?part={asked}&day=2026-06-09")
    assert ('id="book-form"' in html) == (asked == "afternoon")


def test_absence_goes_before_a_booking_and_a_booking_before_greying(page, colleague):
    booked(colleague, "2026-06-04")
    booked(colleague, "2026-06-15")
    Absence.objects.create(person=colleague, first_day="2026-06-15", last_day="2026-06-15")
    html = year_html(page)
    assert cell(html, "2026-06-04")[0] == "telework"
    assert cell(html, "2026-06-15")[0] == "absent"


def test_the_balance_tells_done_booked_pending_and_left(page, colleague):
    booked(colleague, "2026-05-05")
    booked(colleague, "2026-06-09", part="morning")
    booked(colleague, "2026-06-10", state=State.REQUESTED)
    html = year_html(page)
    assert left(html) == "97.5"
    assert "1 done, 0.5 booked, 1 awaiting an answer, 97.5 to take of 100 days" in html


def test_without_an_agreement_the_page_says_so_and_shows_the_year(sign_in, person):
    html = year_html(sign_in(person), "?day=2026-06-09")
    assert "No agreement says how many days are due this year." in html
    assert "has no telework agreement in force that day" in html
    assert cell(html, "2026-06-09")[0] == "site chosen"


def test_a_version_that_begins_within_the_year_greys_from_its_day_on(sign_in, team):
    person = factories.eligible_person(team=team)
    factories.agreement_in_force(team.entity)
    factories.agreement_in_force(team.entity, notice=150, since=date(2026, 9, 1))
    html = year_html(sign_in(person))
    assert cell(html, "2026-08-31")[0] == "free"
    assert cell(html, "2026-09-01")[0] == "impossible"


def test_the_panel_opens_with_the_verdict_the_rules_and_free_days(page):
    html = page.get("/year/day/2026-06-04/", **HTMX).content.decode()
    assert "<html" not in html
    assert html.index("No telework that day") < html.index('class="finding"') < html.index('id="rules"')
    assert "“The only article.”" in html
    assert 'name="day" value="2026-06-05"' in html


@pytest.mark.parametrize("path", ["/year/day/2026-06-09/", "/year/2026/?day=2026-06-09"])
def test_without_a_script_a_day_is_a_page(page, path):
    html = page.get(path).content.decode()
    assert "<html" in html
    assert 'action="/year/book/"' in html
    assert cell(html, "2026-06-09")[0] == "free chosen"


def test_booking_by_form_alone_redirects_to_the_day(page, colleague):
    answer = page.post("/year/book/", {"day": "2026-06-09", "part": "full"}, follow=True)
    assert answer.redirect_chain == [("/year/2026/?part=full&day=2026-06-09", 302)]
    assert "Tuesday 9 June is requested." in answer.content.decode()
    assert colleague.bookings.get().state == State.REQUESTED


def test_booking_by_htmx_brings_panel_year_balance_and_undo(page, colleague, manager):
    html = page.post("/year/book/", {"day": "2026-06-09", "part": "full"}, **HTMX).content.decode()
    booking = colleague.bookings.get()
    assert cell(html, "2026-06-09") == ("pending chosen", "Tuesday 9 June, pending")
    assert left(html) == "99"
    assert f"{manager.name} will answer by" in html
    assert reverse("booking_withdraw", args=[booking.uid]) in html
    undone = page.post(reverse("booking_withdraw", args=[booking.uid]), {"version": booking.version}, **HTMX)
    assert cell(undone.content.decode(), "2026-06-09")[0] == "free chosen"
    assert left(undone.content.decode()) == "100"


def test_a_refused_day_changes_nothing_and_says_why(page, colleague):
    answer = page.post("/year/book/", {"day": "2026-06-04", "part": "full"}, **HTMX)
    assert answer.status_code == 409
    assert 'class="toast failure"' in answer.content.decode()
    assert not colleague.bookings.exists()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"day": "2026-06-31"}, "“2026-06-31” is not a date."),
        ({"day": ""}, "No day was given."),
        ({"day": "2026-06-09", "part": "night"}, "“night” is no part of a day."),
        ({"day": "2026-06-09", "place": "my garden"}, "This place is not among yours."),
        ({"day": "9999-12-31"}, "9999-12-31"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(page, colleague, form, sentence):
    answer = page.post("/year/book/", form, **HTMX)
    assert answer.status_code in {409, 422}
    assert sentence in answer.content.decode()
    assert not colleague.bookings.exists()


def test_a_booked_day_is_given_back_and_taken_again(page, colleague):
    booking = booked(colleague, "2026-06-09")
    html = page.post(reverse("booking_cancel", args=[booking.uid]), {"version": 1}, **HTMX).content.decode()
    assert "Tuesday 9 June is given back: you are on site." in html
    assert 'action="/year/book/" hx-post="/year/book/"' in html
    assert colleague.bookings.get().state == State.CANCELLED


def test_a_day_changed_meanwhile_stays_as_it_is(page, colleague):
    booking = booked(colleague, "2026-06-09", version=4)
    answer = page.post(reverse("booking_cancel", args=[booking.uid]), {"version": 3}, **HTMX)
    assert answer.status_code == 409
    assert colleague.bookings.get().state == State.APPROVED


def test_a_booking_moves_to_another_day(page, colleague):
    booking = booked(colleague, "2026-06-09")
    move = reverse("booking_move", args=[booking.uid])
    html = page.post(move, {"day": "2026-06-11", "part": "full", "version": 1}, **HTMX).content.decode()
    assert "Moved from Tuesday 9 June to Thursday 11 June." in html
    assert cell(html, "2026-06-09")[0] == "free"
    assert cell(html, "2026-06-11")[0] == "pending chosen"


def test_the_form_to_move_keeps_the_part_of_the_booking(page, colleague):
    booked(colleague, "2026-06-09", part="morning")
    html = page.get("/year/day/2026-06-09/", **HTMX).content.decode()
    assert '<option value="morning" selected>Morning</option>' in html
    assert html.count("<option value=") == 3


def test_the_free_half_of_a_half_day_is_offered(page, colleague):
    booked(colleague, "2026-06-09", part="morning")
    html = page.get("/year/day/2026-06-09/", **HTMX).content.decode()
    assert "Look at the other half: afternoon" in html
    assert "part=afternoon" in html
    booked(colleague, "2026-06-09", part="afternoon")
    assert "the other half" not in page.get("/year/day/2026-06-09/", **HTMX).content.decode()


def test_a_message_is_kept_with_the_booking(page, colleague):
    booking = booked(colleague, "2026-06-09")
    html = page.post(reverse("booking_note", args=[booking.uid]), {"text": "Back by <noon>"}, **HTMX).content.decode()
    assert "Back by &lt;noon&gt;" in html
    assert BookingNote.objects.get().booking == booking


def test_a_past_day_is_corrected_not_booked(page, colleague):
    html = page.get("/year/day/2026-05-05/", **HTMX).content.decode()
    assert 'action="/year/correct/"' in html
    assert 'action="/year/book/"' not in html
    page.post("/year/correct/", {"day": "2026-05-05", "part": "full", "note": "Trains stood still"}, **HTMX)
    booking = colleague.bookings.get()
    assert (booking.correction, booking.state) == (True, State.REQUESTED)


def test_a_range_shows_each_day_before_anything_is_asked(page, colleague):
    booked(colleague, "2026-06-10")
    html = page.get("/year/days/?first=2026-06-12&last=2026-06-08", **HTMX).content.decode()
    assert "<strong>4</strong> days are possible." in html
    assert colleague.bookings.count() == 1
    page.post("/year/book/days/", {"first": "2026-06-08", "last": "2026-06-12", "part": "full"}, **HTMX)
    assert colleague.bookings.count() == 5


def test_days_not_worked_are_left_out_of_a_range(page):
    html = page.get("/year/days/?first=2026-06-12&last=2026-06-15", **HTMX).content.decode()
    assert "2 days not worked are left out." in html


def test_a_series_is_shown_then_asked_as_far_as_it_is_possible(page, colleague):
    booked(colleague, "2026-06-18")
    wish = {"every": "week", "weekday": "TH", "first": "2026-06-11", "until": "2026-07-02", "part": "full"}
    html = page.get("/year/series/", wish | {"preview": "1"}, **HTMX).content.decode()
    assert "3 days are possible" in html
    rule = re.search(r'name="rrule" value="(FREQ[^"]+)"', html.split("Ask for these 3 days")[0])[1]
    said = page.post("/year/book/series/", {"first": "2026-06-11", "rrule": rule, "part": "full"}, **HTMX)
    assert "3 days are requested. 1 was not possible." in said.content.decode()
    assert Series.objects.get().bookings.count() == 3


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"first": ""}, "Give the first day."),
        ({"first": "2026-13-01"}, "“2026-13-01” is not a date."),
        ({"first": "2026-06-11", "until": "2026-06-01"}, "The series ends before it starts."),
        ({"first": "2026-06-11", "every": "century"}, "“century” is no rhythm."),
        ({"first": "2026-06-11", "rrule": "FREQ=SECONDLY"}, "FREQ=SECONDLY"),
    ],
)
def test_a_wish_that_cannot_be_read_is_named_beside_its_field(page, wish, sentence):
    answer = page.get("/year/series/", wish | {"preview": "1"}, **HTMX)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_fifth_weekday_of_a_month_becomes_the_last(page):
    wish = {"every": "month", "first": "2026-07-30", "until": "2026-10-31", "preview": "1"}
    html = page.get("/year/series/", wish, **HTMX).content.decode()
    days = re.findall(r"<strong>(Thu [^<]+)</strong>", html)
    assert days == ["Thu 30 July", "Thu 27 Aug", "Thu 24 Sept", "Thu 29 Oct"]


def test_a_manager_reads_the_year_of_the_team_and_cannot_act_on_it(sign_in, colleague, manager):
    booked(colleague, "2026-06-09")
    client = sign_in(manager)
    html = client.get(reverse("person_year", args=[colleague.uid, 2026]) + "?day=2026-06-09").content.decode()
    assert cell(html, "2026-06-09")[0] == "telework chosen"
    main = html[html.index("<main") :]
    assert "/year/book/" not in main
    assert "/cancel/" not in main
    assert client.get(reverse("person_day", args=[colleague.uid, date(2026, 6, 9)]), **HTMX).status_code == 200


def test_a_stranger_finds_no_year_and_no_booking(sign_in, colleague):
    booking = booked(colleague, "2026-06-09")
    client = sign_in(factories.eligible_person())
    assert client.get(reverse("person_year", args=[colleague.uid, 2026])).status_code == 404
    assert client.get(reverse("person_day", args=[colleague.uid, date(2026, 6, 9)])).status_code == 404
    assert client.post(reverse("booking_cancel", args=[booking.uid]), {"version": 1}).status_code == 404
    assert client.get(reverse("person_year", args=[booking.uid, 2026])).status_code == 404


def test_a_manager_does_not_act_on_the_booking_of_somebody_else(sign_in, colleague, manager):
    booking = booked(colleague, "2026-06-09")
    assert sign_in(manager).post(reverse("booking_cancel", args=[booking.uid])).status_code == 404
    assert colleague.bookings.get().state == State.APPROVED


@pytest.mark.parametrize("path", ["/year/1999/", "/year/2101/", "/year/day/2026-02-31/", "/year/day/0000-00-00/"])
def test_years_out_of_reach_and_dates_that_are_none_are_not_found(page, path):
    assert page.get(path).status_code == 404


@pytest.mark.parametrize("query", ["?day=garbage", "?part=%00", "?day=2026-02-31", "?day=2025-05-05", "?part=night"])
def test_what_an_address_says_wrongly_is_left_aside(page, query):
    assert page.get(f"/year/2026/{query}").status_code == 200


def test_actions_by_get_are_refused(page, colleague):
    booking = booked(colleague, "2026-06-09")
    for name in ("booking_cancel", "booking_withdraw", "booking_move", "booking_note"):
        assert page.get(reverse(name, args=[booking.uid])).status_code == 405
    assert page.get("/year/book/").status_code == 405


def test_the_page_asks_the_database_as_often_for_a_full_year_as_for_an_empty_one(
    page, colleague, django_assert_max_num_queries, django_assert_num_queries
):
    page.get("/year/2026/")
    with django_assert_max_num_queries(15) as empty:
        page.get("/year/2026/")
    for month in range(1, 13):
        for day in (5, 6, 7, 8, 9):
            if date(2026, month, day).weekday() < 5:
                booked(colleague, date(2026, month, day))
    with django_assert_num_queries(len(empty)):
        page.get("/year/2026/")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_style_and_no_script_stand_in_the_page(page, colleague, language):
    colleague.account.language = language
    colleague.account.save()
    html = year_html(page, "?day=2026-06-09")
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)


def test_those_who_work_by_shifts_choose_halves_of_a_shift(sign_in, team):
    factories.agreement_in_force(team.entity)
    person = factories.eligible_person(team=team)
    person.shifts.create(
        day="2026-06-20",
        start="2026-06-20T20:00+00:00",
        end="2026-06-21T04:00+00:00",
        zone="Europe/Paris",
        site=person.site,
    )
    html = year_html(sign_in(person), "?day=2026-06-20")
    assert "Night shift, 22:00 – 06:00" in html
    assert "First half" in html
    assert cell(html, "2026-06-20") == ("free chosen", "Saturday 20 June, 22:00 – 06:00, free")
