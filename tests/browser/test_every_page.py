"""Every page of the address book, as somebody who may open them all: axe finds nothing and no width makes it scroll
sideways; light and dark, French and English.

A page that is new is walked as soon as it has its row in tests/house/endpoints.toml.
"""

from datetime import date

import pytest

from people.models import Membership, MembershipRole
from people.roles import ROLES, Circle
from tests import factories
from tests.browser.looking import MANY, WIDTHS, sideways
from tests.house.doors import EVERY_ROLE, NOW, doors, knock_at, world_of

pytestmark = pytest.mark.browser
# What lies over the page is opened by tests of its own: all at once, one thing covers another.
UNFOLD = "() => document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"
GRANTED = [role for role in EVERY_ROLE if role not in {"employee", *MembershipRole.values}]
NO_PAGE = ("/download/", ".csv", ".ics", ".xlsx", ".json", ".txt", ".zip", "/openapi", ".webmanifest", ".js")
PAGES = [
    door
    for door in doors().values()
    if door.method == "GET" and not door.name.startswith(("api-", "health_")) and door.name != "robots"
]


@pytest.fixture
def world(transactional_db, clock):
    """A world whose actor leads a team and holds every grant."""
    clock(NOW)
    found = world_of("hr")
    home = found.teams[Circle.OWN_TEAM]
    Membership.objects.create(person=found.actor, team=home, role=MembershipRole.MANAGER, first_day=date(2020, 1, 1))
    for role in GRANTED:
        if role != "hr":
            factories.grant(found.actor, role)
    return found


def path_of(door, world) -> str:
    """The address of a page, aimed at whom the actor may open it for."""
    uid = ""
    if door.target:
        for circle in (Circle.OWN_TEAM, Circle.OWN, Circle.OTHER_TEAM):
            if any(door.opens_for(role, circle) for role in ROLES) and world.target(door, circle) is not None:
                uid = world.target(door, circle).uid
                break
    knock = knock_at(door, uid)
    query = "&".join(f"{key}={value}" for key, value in knock.query.items())
    return f"{knock.path}?{query}" if query else knock.path


@pytest.mark.parametrize("door", PAGES, ids=lambda door: door.name)
def test_a_page_is_for_every_eye_and_every_hand(door, world, open_page):
    path = path_of(door, world)
    if path.split("?")[0].endswith(NO_PAGE):
        return
    faults = []
    who = None if door.name.startswith("account_") else world.actor
    for language, dark, width in (("fr", False, 1440), ("en", True, 390)):
        page = open_page(who, path, language=language, dark=dark, width=width, touch=width < 900)
        if page.locator("main").count() == 0:
            return  # a fragment, looked at on the page that asks for it
        if dark and page.locator("*").count() < MANY:
            page.evaluate(UNFOLD)
        if not dark:  # axe reads each page as it is left, at the widest
            faults += [one for each in WIDTHS for one in sideways(page, each)]
    assert faults == [], f"{path}\n" + "\n".join(faults)
