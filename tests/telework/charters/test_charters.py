"""Charters of teams: within the agreement's ranges, for the team's people, told, rechecked; seen by nobody else."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from notifications.models import Message
from notifications.services import sweep
from people.errors import BadFact
from people.models import Membership
from policies.models import TeamCharter
from policies.selectors import timeline_for
from policies.selectors.charters import charters_of, settings_of
from telework import services as telework
from telework.charters.ranges import ranges_of
from telework.charters.services import write_charter
from telework.errors import BookingRefused
from tests import factories

pytestmark = pytest.mark.django_db
TODAY, NOW, MONDAY = date(2026, 6, 8), datetime(2026, 6, 8, 7, tzinfo=UTC), date(2026, 6, 15)
READING = '[readings.short_weeks]\nchoice = "same_minimum"\nby = "ours"\narticle = "1"\n'


def rule(kind: str, *lines: str) -> str:
    return "\n".join([f'[[rules]]\nkind = "{kind}"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01', *lines])


RULES = (
    rule("minimum_on_site", "limit = 2", 'chosen = "days_on_site"', "up_to = 4"),
    rule("anchor_days", 'chosen = "team_day"'),
)


@pytest.fixture
def held(team, manager):
    factories.agreement_in_force(team.entity, text="\n\n".join([factories.agreement_text(), READING, *RULES]))
    with translation.override("en"):
        yield team


@pytest.fixture
def person(held):
    return factories.eligible_person(team=held)


def write(team, manager, first: date = TODAY, text: str = "", **values) -> TeamCharter:
    numbers = {name: Decimal(str(value)) for name, value in values.items()}
    return write_charter(team, values=numbers, text=text, first=first, actor=manager, now=NOW, today=TODAY)


def book(person, ahead: int):
    return telework.book_day(person=person, day=MONDAY + timedelta(days=ahead), actor=person, now=NOW, today=TODAY)


def test_the_agreement_tells_what_it_leaves_to_teams(held):
    left = {one.name: one for one in ranges_of(timeline_for(held.entity_id).on(TODAY), TODAY)}
    days, weekday = left["days_on_site"], left["team_day"]
    assert (days.name, days.lowest, days.highest, days.article) == ("days_on_site", 2, 4, "1")
    assert (weekday.name, weekday.weekday, weekday.highest) == ("team_day", True, 7)


def test_what_is_fixed_holds_for_the_team_s_people(held, manager, person):
    write(held, manager, days_on_site=4)
    book(person, 0)
    with pytest.raises(BookingRefused):
        book(person, 1)
    write(held, manager, days_on_site=3)
    book(person, 1)


def test_a_weekday_of_the_team_is_on_site(held, manager, person):
    write(held, manager, days_on_site=2, team_day=2)
    book(person, 0)
    with pytest.raises(BookingRefused):
        book(person, 1)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"days_on_site": 1}, "1 is outside what article 1 leaves, 2 to 4"),
        ({"days_on_site": 4.5}, "outside"),
        ({"days_on_site": 2.3}, "no multiple of 0.5"),
        ({"team_day": 8}, "outside"),
        ({"team_day": 1.5}, "no multiple"),
        ({"pause": 1}, "leaves no setting"),
    ],
)
def test_what_lies_outside_the_bounds_is_told_and_writes_nothing(held, manager, values, said):
    with pytest.raises(BadFact, match=said) as bad:
        write(held, manager, **values)
    assert bad.value.field == next(iter(values))
    assert TeamCharter.objects.count() == Message.objects.count() == 0


@pytest.mark.parametrize("first", [date(2026, 6, 7), date(2030, 1, 1)])
def test_a_charter_begins_today_or_within_a_year(held, manager, first):
    with pytest.raises(BadFact, match="not possible"):
        write(held, manager, first=first, days_on_site=3)


def test_past_charters_stay_and_the_one_of_the_same_day_is_replaced(held, manager):
    write(held, manager, days_on_site=2)
    write(held, manager, days_on_site=3)
    write(held, manager, first=MONDAY, days_on_site=4)
    assert [charter.values["days_on_site"] for charter in TeamCharter.objects.order_by("first_day")] == ["3", "4"]


def test_the_team_is_told_in_its_language_and_its_days_are_rechecked(held, manager, person, mailoutbox):
    write(held, manager, days_on_site=2)
    for ahead in (0, 1, 2):
        book(person, ahead)
    person.account.language = "fr"
    person.account.save()
    write(held, manager, text="Réunion le mardi.", days_on_site=4)
    assert Message.objects.filter(kind="coverage.changed", recipient=person).exists()
    sweep(datetime(2026, 6, 8, 8, tzinfo=UTC))
    letter = next(mail for mail in mailoutbox if mail.to == [person.email] and mail.subject.startswith("Charte"))
    assert "4 jours" in letter.body and "Réunion le mardi." in letter.body


def test_somebody_of_two_teams_follows_the_first_by_name(held, manager, person):
    other = factories.TeamFactory(entity=held.entity, site=held.site, name="A first one")
    Membership.objects.create(person=person, team=other, first_day=date(2020, 1, 1))
    write(held, manager, days_on_site=4, team_day=2)
    write(other, manager, days_on_site=3)
    assert settings_of([person], TODAY)[person.pk] == {"days_on_site": 3, "team_day": 2}
    assert [charter.team.name for charter in charters_of(person, TODAY)] == ["A first one", held.name]


def test_settings_cost_two_queries_however_many_people(held, manager, person, django_assert_num_queries):
    write(held, manager, days_on_site=3)
    more = [factories.eligible_person(team=held) for _number in range(4)]
    for people in ([person], [person, *more]):
        with django_assert_num_queries(2):
            settings_of(people, TODAY)


def test_the_page_shows_bounds_to_those_who_lead_and_the_charter_to_the_team(held, manager, person, sign_in, clock):
    clock("2026-06-08T09:00+02:00")
    page = f"/team/{held.uid}/charter/"
    client = sign_in(manager)
    assert "Article 1 leaves 2 days to 4 days." in client.get(page).content.decode()
    form = {
        "first": "2026-06-08",
        "words": "We meet on Tuesdays.",
        "setting-days_on_site": "3",
        "setting-team_day": "2",
    }
    assert client.post(f"{page}write/", {**form, "setting-days_on_site": "9"}).status_code == 422
    assert client.post(f"{page}write/", form).status_code == 302
    shown = sign_in(person).get(page).content.decode()
    assert "We meet on Tuesdays." in shown and "3 days" in shown and "Tuesday" in shown
    assert "Write the charter" not in shown
    assert sign_in(person).post(f"{page}write/", form).status_code == 404
    assert sign_in(factories.eligible_person()).get(page).status_code == 404


def test_one_s_own_agreement_page_shows_the_charter(held, manager, person, sign_in, clock):
    clock("2026-06-08T09:00+02:00")
    write(held, manager, text="We meet on Tuesdays.", days_on_site=3)
    page = sign_in(person).get("/agreement/").content.decode()
    assert "We meet on Tuesdays." in page and f"/team/{held.uid}/charter/" in page


@pytest.mark.parametrize("field", ["first", "words", "setting-days_on_site", "setting-team_day"])
def test_nothing_typed_makes_the_form_fall_over(held, manager, sign_in, clock, field):
    clock("2026-06-08T09:00+02:00")
    client = sign_in(manager)
    for typed in ("", "x", "\0", "NaN", "1e9", "-1", "9999-12-31", "0001-01-01", "é" * 3000):
        assert client.post(f"/team/{held.uid}/charter/write/", {field: typed}).status_code in (302, 422)
