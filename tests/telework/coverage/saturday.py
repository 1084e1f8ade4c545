"""A short Saturday night: two of three supervisors on site, one remote, one absent, one on call, one off."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from people.models import Absence, OnCall, Person
from policies.models import Requirement
from telework.models import Booking, State
from tests import factories

SATURDAY = date(2026, 6, 20)
NIGHT = ("2026-06-20T22:00+02:00", "2026-06-21T06:00+02:00")
GAP = "Sat 22:00–06:00: 2 of 3 supervisors on site"
DAY = f"/coverage/{SATURDAY}/"


@dataclass
class Saturday:
    """The people by first name, the requirement, and who looks at it."""

    people: dict[str, Person]
    need: Requirement
    planner: Person
    manager: Person
    hr: Person

    def what_if(self, **places: str) -> str:
        """The address of the night with people moved in thought: Ann="absent"."""
        moved = "&".join(f"if={self.people[name].uid}.{place}" for name, place in places.items())
        return f"{DAY}?{moved}"


def saturday_of(scene) -> Saturday:
    team = scene.team
    people = {name: supervisor(team, name, works=name not in ("Otto", "Calla")) for name in
              ("Ann", "Bob", "Remi", "Abel", "Otto", "Calla")}  # fmt: skip
    at = datetime(2026, 6, 1, 8, tzinfo=UTC)
    Booking.objects.create(
        person=people["Remi"], day=SATURDAY, part="full", state=State.APPROVED, requested_at=at, updated_at=at
    )
    Absence.objects.create(person=people["Abel"], first_day=SATURDAY, last_day=SATURDAY)
    start, end = (datetime.fromisoformat(text) for text in NIGHT)
    OnCall.objects.create(person=people["Calla"], start=start, end=end, zone="Europe/Paris", site=team.site)
    office = {"entity": team.entity, "site": team.site}
    planner, hr = (factories.PersonFactory(first_name=name, **office) for name in ("Plan", "Hr"))
    factories.grant(planner, "planner")
    factories.grant(hr, "hr")
    return Saturday(people, three_supervisors(team, people["Ann"]), planner, scene.manager, hr)


def supervisor(team, name: str, *, works: bool = True, shift: tuple[str, str] = NIGHT) -> Person:
    person = factories.eligible_person(team=team, first_name=name, account__language="fr")
    factories.skilled(person, "supervisor")
    if works:
        factories.shift(person, *shift)
    return person


def three_supervisors(team, one: Person, **fields) -> Requirement:
    """Three of them on site on Saturday nights, this one only unless dates are given."""
    words = {"one_fr": "superviseur", "many_fr": "superviseurs", "one_en": "supervisor", "many_en": "supervisors"}
    names = {"name_fr": "Superviseurs", "name_en": "Supervisors", "skill": one.skills.get().skill}
    dates = {"first_day": SATURDAY, "last_day": SATURDAY}
    return factories.requirement(team, 3, **{"start": time(22), "end": time(6)} | words | names | dates | fields)


def text_of(page: str) -> str:
    """What a reader reads, in one line."""
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", page, flags=re.S)
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", page))


def crew_of(page: str) -> dict[str, list[str]]:
    """{place: names} of the list of who is where."""
    found = {}
    for place, inside in re.findall(r'<details class="crew (\w+)".*?>(.*?)</details>', page, flags=re.S):
        found[place] = re.findall(r"<li><span>(.*?)</span>", inside)
    return found


def counts_of(page: str) -> dict[str, tuple[int, str]]:
    """{hours: (people, required)} of the table under the curves."""
    table = page[page.index("day-curves") : page.index("day-people")]
    rows = re.findall(r"<tr><td>(\d\d:\d\d–\d\d:\d\d)</td><td>(\d+)</td><td>(.*?)</td></tr>", table)
    return {hours: (int(count), limit) for hours, count, limit in rows}


def margins_of(page: str) -> dict[str, str]:
    """{what a cell says before the colon: the number written in it} of the heat map."""
    cells = re.findall(r'aria-label="([^"]*?)\u202f?: [^"]*"><rect.*?<text[^>]*>([^<]*)</text>', page)
    return dict(cells)
