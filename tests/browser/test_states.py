"""The states that few think of when they draw a page: names that do not end, nothing at all, and forty of everything.

Each is a few rows; its pages are read in French, light and dark, by axe, and in English at every width.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from people.models import MembershipRole, Person
from telework.models import Booking, State
from tests import factories
from tests.browser.looking import MANY, WIDTHS, sideways, violations

pytestmark = pytest.mark.browser
NOW = "2026-06-03T08:00+02:00"
NAME = {"first_name": "Anne-Charlotte-Émilie", "last_name": "de La Rochefoucauld-Montmorency-Saint-Exupéry"}
ADDRESS = f"{'anne.charlotte.emilie.' * 2}montmorency@{'tres-longue-filiale-europeenne.' * 4}demo.example"
POST = "Chargée d’assistance médicale internationale et de coordination des rapatriements"
TEAM = "Plateau assistance, relations avec les mutuelles et partenaires internationaux, équipe de nuit"
SITE = "Tour Assistance, 118 avenue des Quarante-Journaux, bâtiment C, troisième étage, Bordeaux-Lac"
ENTITY = "Union interprofessionnelle de groupes mutualistes d’assistance et de prévoyance d’Europe"
OWN = ("/year/", "/today/", "/team/", "/agreement/", "/account/", "/my-data/", "/places/")
LEADING = ("/requests/", "/team/", "/today/", "/coverage/", "/balances/")
STAFF = ("/people/", "/people/teams/", "/agreements/", "/coverage/requirements/", "/rosters/", "/company/")


@dataclass(frozen=True)
class Seen:
    """Whose eyes, and which pages."""

    person: Person
    paths: tuple[str, ...]


def _team(**fields):
    team = factories.TeamFactory(**fields)
    factories.agreement_in_force(team.entity)
    return team


def _asks(people, day: date, number: int) -> None:
    """``number`` telework days asked for by ``people`` in turn, from ``day`` on."""
    at = datetime.fromisoformat(NOW)
    days = [each for each in (day + timedelta(n) for n in range(60)) if each.weekday() < 5]
    wanted = [(people[n % len(people)], days[n // len(people)]) for n in range(number)]
    Booking.objects.bulk_create(
        Booking(person=one, day=on, state=State.REQUESTED, requested_at=at, updated_at=at, requested_by=one)
        for one, on in wanted
    )


def long_words(today: date) -> Seen:
    """A name, an address, a team, a site and a company that do not end; everything that may be opened with them."""
    team = _team(name=TEAM)
    type(team.site).objects.filter(pk=team.site_id).update(name=SITE)
    type(team.entity).objects.filter(pk=team.entity_id).update(name=ENTITY)
    team.refresh_from_db()
    account = factories.AccountFactory(email=ADDRESS)
    person = factories.manager_of(team, account=account, email=ADDRESS, job_title=POST, number="M-0123456789", **NAME)
    other = factories.eligible_person(team=team, job_title=POST, **NAME)
    factories.grant(person, "hr")
    factories.grant(person, "planner")
    factories.requirement(team, 60, kind="share_of_people", name_fr=POST, name_en=POST)
    _asks([other, person], today + timedelta(14), 3)
    about = (f"/people/{other.uid}/", f"/people/{other.uid}/change/identity/", f"/people/teams/{team.uid}/")
    return Seen(person, (*OWN, "/requests/", *STAFF, *about, "/exports/", "/people/import/", "/help/"))


def three_teams(today: date) -> Seen:
    """A member of three teams, who leads one and stands in for another."""
    home = _team(name="Nuit")
    person = factories.manager_of(home)
    for name, role in (("Jour", MembershipRole.DEPUTY), ("Renfort", MembershipRole.MEMBER)):
        team = factories.TeamFactory(name=name, entity=home.entity, site=home.site)
        factories.MembershipFactory(person=person, team=team, role=role)
        _asks([factories.eligible_person(team=team)], today + timedelta(14), 2)
    return Seen(person, (*OWN, *LEADING))


def forty_requests_of_two_hundred(today: date) -> Seen:
    """A manager of two hundred people, with forty requests."""
    team = _team(name="Plateau")
    people = [factories.eligible_person(team=team) for _number in range(199)]
    _asks(people[:20], today + timedelta(14), 40)
    return Seen(factories.manager_of(team), LEADING)


def nothing_asked(today: date) -> Seen:
    """A manager whose team asks nothing, needs nothing and has no roster."""
    return Seen(factories.manager_of(_team()), LEADING)


def no_contract(today: date) -> Seen:
    """Somebody in a team, whose contract nobody has written yet."""
    team = _team()
    person = factories.PersonFactory(entity=team.entity, site=team.site)
    factories.MembershipFactory(person=person, team=team)
    return Seen(person, OWN)


def no_team(today: date) -> Seen:
    """Somebody with a contract whom no team has yet, and no place."""
    entity = _team().entity
    person = factories.PersonFactory(entity=entity)
    factories.ContractFactory(person=person)
    return Seen(person, (*OWN, "/feeds/", "/terms/", "/account/keys/"))


def no_agreement(today: date) -> Seen:
    """Somebody whose company has not written its agreement."""
    person = factories.manager_of(factories.TeamFactory())
    return Seen(person, (*OWN, *LEADING))


def empty_company(today: date) -> Seen:
    """Human resources of a company that begins: no team, no agreement, no requirement, no roster."""
    person = factories.PersonFactory()
    factories.grant(person, "hr")
    factories.grant(person, "planner")
    return Seen(person, (*OWN, *STAFF, "/exceptional/", "/terms/people/", "/exports/", "/people/import/"))


STATES: tuple[Callable[[date], Seen], ...] = (
    long_words, three_teams, forty_requests_of_two_hundred, nothing_asked, no_contract, no_team, no_agreement,
    empty_company,
)  # fmt: skip


_BAR = """() => {
  const words = [...document.querySelectorAll('.nav > *')].filter(one => one.getClientRects().length).at(-1);
  const menu = document.querySelector('.bar-end > .menu > summary'), drawn = menu.lastElementChild;
  const [last, first, end] = [words, menu, drawn].map(one => one.getBoundingClientRect());
  return first.left >= last.right && end.right <= innerWidth;
}"""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_page_breaks_in_a_state_few_think_of(state, transactional_db, clock, open_page):
    clock(NOW)
    seen = state(datetime.fromisoformat(NOW).date())
    page, faults = open_page(seen.person, "/", language="fr"), []
    for path in seen.paths:
        page.goto(path)
        expect(page.locator("main h1")).to_have_count(1)
        for scheme in ("dark", "light") if page.locator("*").count() < MANY else ():
            page.emulate_media(color_scheme=scheme)
            faults += [f"{path} {scheme}: {one}" for one in violations(page)]
        faults += [f"{path}: {one}" for width in WIDTHS for one in sideways(page, width)]  # ends at the widest
    page.context.close()
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_bar_holds_every_word_and_a_name_that_does_not_end(language, transactional_db, clock, open_page):
    clock(NOW)
    seen = long_words(datetime.fromisoformat(NOW).date())
    for path in ("/year/", "/people/", "/exceptional/"):
        page = open_page(seen.person, path, language=language)
        for width in (900, 960, 1024, 1100, 1200, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(_BAR), f"{path} at {width} px: the menu lies over the words or out of the window"
        page.context.close()
