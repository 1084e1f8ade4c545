"""What stands today in the entities that a file may speak of, read once. What is out of reach is unknown here."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.imports.lines import likened
from people.imports.staff.fields import words_of
from people.models import Account, Contract, Entity, Membership, Person, Place, Site, Team, WorkPattern
from people.texts import folded


class Present:
    """Entities, sites, teams, working days, people with their contracts, teams and places. Eight queries."""

    def __init__(self, home: Entity, reach: Iterable[Entity]):
        self.home, self.entities = home, {entity.pk: entity for entity in reach}
        keys = list(self.entities)
        self._read_names(keys)
        people = Person.objects.filter(entity__in=keys).select_related("account", "site").order_by("pk")
        self.people = {person.pk: person for person in people}
        self.by_number, self.by_email, self.by_name = defaultdict(list), defaultdict(list), defaultdict(list)
        self.by_digits: dict[str, list[Person]] = defaultdict(list)
        for person in self.people.values():
            person.entity = self.entities[person.entity_id]
            self.know(person)
        held = Q(person__entity__in=keys)
        self.contracts = _grouped(
            Contract.objects.filter(held).select_related("pattern").order_by("start"), self.people
        )
        places = Membership.objects.filter(held | Q(team__in=self.teams)).select_related("team", "person")
        self.memberships = _grouped(places.order_by("first_day"), self.people)
        self.leading = defaultdict(list)
        for rows in self.memberships.values():
            for row in rows:
                row.team = self.teams.get(row.team_id, row.team)
                if row.role != "member":
                    self.leading[row.team_id].append(row)
        self.places: dict[int, list[Place]] = {}
        self.taken: dict[str, int] = {}

    def _read_names(self, keys: list[int]) -> None:
        self.entity_names = {
            key: entity for entity in self.entities.values() for key in _keys(entity.name, entity.slug)
        }
        mine = Q(people__entity__in=keys) | Q(teams__entity__in=keys) | Q(people=None, teams=None)
        self.sites = {likened(site.name): site for site in Site.objects.filter(mine).distinct().order_by("-pk")}
        self.teams = {team.pk: team for team in Team.objects.filter(entity__in=keys).select_related("site", "entity")}
        self.team_names: dict[str, list[Team]] = defaultdict(list)
        for team in self.teams.values():
            self.team_names[likened(team.name)].append(team)
        used = Q(contracts__person__entity__in=keys) | Q(contracts=None)
        patterns = WorkPattern.objects.filter(used).distinct().order_by("-pk")
        self.patterns = {likened(pattern.name): pattern for pattern in patterns}

    def know(self, person: Person) -> None:
        """Let the lines that follow find a person, also one who is only about to be added."""
        if person.number:
            self.by_number[person.number.casefold()].append(person)
            if bare := _bare(person.number):
                self.by_digits[bare].append(person)
        if person.email:
            self.by_email[person.email.lower()].append(person)
        for name in (f"{person.first_name} {person.last_name}", f"{person.last_name} {person.first_name}"):
            self.by_name[folded(" ".join(name.split()))].append(person)

    def numbered(self, text: str) -> list[Person]:
        """Those with a staff number; where nobody has it, with one that a spreadsheet made of it: 123 of 00123."""
        return self.by_number.get(text.casefold()) or (self.by_digits.get(bare, []) if (bare := _bare(text)) else [])

    def read_places(self) -> None:
        """Declared places, without their commune. One query."""
        rows = Place.objects.filter(person__in=self.people).defer("commune").order_by("declared_on", "pk")
        self.places = _grouped(rows, self.people)

    def read_taken(self, addresses: Iterable[str]) -> None:
        """Which of these addresses already open an account, anywhere. One query a thousand."""
        asked = list({address for address in addresses if address})
        for start in range(0, len(asked), 500):
            rows = Account.objects.filter(email__in=asked[start : start + 500]).values_list("email", "pk")
            self.taken |= {email.lower(): pk for email, pk in rows}

    def person(self, field: str, text: str) -> Person:
        """Somebody named by number, mail address or full name."""
        told = text.casefold()
        found = self.numbered(text) or self.by_email.get(told) or self.by_name.get(folded(text)) or []
        found = list({each.uid: each for each in found}.values())
        if not found:
            sentence = _("“%(value)s” is nobody in these entities. Check the number, the mail address or the name.")
            raise Wrong(field, text, sentence % {"value": text[:60]})
        if len(found) > 1:
            sentence = _("“%(value)s” is the name of %(count)s people. Give the number or the mail address.")
            raise Wrong(field, text, sentence % {"value": text[:60], "count": len(found)})
        return found[0]

    def entity(self, text: str) -> Entity:
        return _named("entity", text, self.entity_names, (entity.name for entity in self.entities.values()))

    def site(self, text: str) -> Site:
        return _named("site", text, self.sites, (site.name for site in self.sites.values()))

    def pattern(self, text: str) -> WorkPattern:
        return _named("pattern", text, self.patterns, (pattern.name for pattern in self.patterns.values()))

    def team(self, text: str, entity: Entity | None) -> Team | None:
        """The team of that name, first in ``entity``; None where there is none, ``Wrong`` where there are several."""
        found = self.team_names.get(likened(text), [])
        near = [team for team in found if entity is None or team.entity_id == entity.pk]
        if len(near or found) > 1:
            sentence = _("Several teams are called “%(value)s”. Give their entity, or rename one.")
            raise Wrong("team", text, sentence % {"value": text[:60]})
        return next(iter(near or (found if entity is None else ())), None)

    def unknown_team(self, text: str) -> Wrong:
        sentence = _("The team “%(value)s” is not known. Known: %(known)s. Or let new teams be created.")
        names = _some(team.name for team in self.teams.values())
        return Wrong("team", text, sentence % {"value": text[:60], "known": names})

    def contract_on(self, person: Person, day: date) -> Contract | None:
        """The contract in force on a day, else the next one."""
        rows = self.contracts.get(person.pk, [])
        return next((row for row in rows if row.end is None or row.end >= day), None)


def _grouped(rows, people: dict[int, Person]) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        if row.person_id in people:
            row.person = people[row.person_id]
        found[row.person_id].append(row)
    return found


def _bare(number: str) -> str:
    """A number of digits alone without the zeros before it; "" for any other."""
    return number.lstrip("0") if number.isdecimal() else ""


def _keys(*names: str) -> set[str]:
    return {likened(name) for name in names}


def _named(field: str, text: str, known: dict, names: Iterable[str]):
    found = known.get(likened(text))
    if found is None:
        sentence = _("“%(value)s” is not known as %(field)s. Known: %(known)s.")
        raise Wrong(field, text, sentence % {"value": text[:60], "field": words_of(field), "known": _some(names)})
    return found


def _some(names: Iterable[str]) -> str:
    found = sorted(set(names))
    return " · ".join(found[:8]) + (" …" if len(found) > 8 else "") if found else "–"
