"""The group, its two entities, five sites and teams of about 25."""

from dataclasses import dataclass, field
from datetime import date

from people.models import Contract, Entity, Person, Place, Site, Skill, Team

from .chance import Chance, uid
from .rosters import ROSTERS

TEAM_SIZE = 25
SECOND_ENTITY_SHARE = 5  # every fifth team


@dataclass(frozen=True, slots=True)
class Town:
    """A site's town: its place on earth and how many of a hundred teams work there."""

    name: str
    latitude: float
    longitude: float
    share: int


TOWNS = (
    Town("Niort", 46.3237, -0.4648, 45),
    Town("Nantes", 47.2184, -1.5536, 15),
    Town("Lyon", 45.764, 4.8357, 15),
    Town("Le Havre", 49.4944, 0.1079, 10),
    Town("Tours", 47.3941, 0.6848, 15),
)


@dataclass(frozen=True, slots=True)
class Trade:
    """What a team does: its job code, and a title that fits women and men; ``round_the_clock`` follows a roster."""

    name: str
    job: str
    title: str
    round_the_clock: bool = False


TRADES = (
    Trade("Plateau Auto", "assistance", "Assistance automobile", True),
    Trade("Relation clients", "client_relations", "Relation clients"),
    Trade("Plateau Santé", "assistance", "Assistance médicale", True),
    Trade("Informatique", "it", "Ingénierie informatique"),
    Trade("Plateau Habitation", "assistance", "Assistance habitation", True),
    Trade("Gestion des prestataires", "network", "Gestion du réseau"),
    Trade("Plateau Voyage", "assistance", "Assistance voyage", True),
    Trade("Finances", "finance", "Comptabilité"),
    Trade("Plateau Régulation", "assistance", "Régulation", True),
    Trade("Ressources humaines", "hr", "Ressources humaines"),
    Trade("Qualité et méthodes", "quality", "Qualité"),
    Trade("Services généraux", "general_services", "Services généraux"),
)
ON_SITE_JOBS = (
    ("reception", "Accueil"),
    ("general_services", "Services généraux"),
    ("maintenance", "Maintenance"),
)


@dataclass(slots=True)
class Crew:
    """A team with what its people need to know of it."""

    team: Team
    town: Town
    trade: Trade
    size: int
    roster: str = ""


@dataclass(slots=True)
class Hand:
    """One person of a crew with all rows that belong to them, before and after they are written.

    Who ``is_settled`` is there all year with nothing missing: leaders, and the people one meets first.
    """

    person: Person
    crew: Crew
    rate: int
    role: str
    home: str
    contracts: list[Contract] = field(default_factory=list)
    place: Place | None = None
    is_settled: bool = False

    @property
    def rostered(self) -> bool:
        return bool(self.crew.roster) and self.role in ("officer", "supervisor")

    @property
    def last_day(self) -> date | None:
        return self.contracts[-1].end


@dataclass(slots=True)
class Organisation:
    group: Entity
    entities: tuple[Entity, Entity]
    skills: dict[str, Skill]
    crews: list[Crew] = field(default_factory=list)


def create_organisation(people: int, chance: Chance) -> Organisation:
    """Write entities, sites, skills and as many teams as ``people`` need; team sizes add up to ``people``."""
    rng = chance.stream("organisation")
    group = Entity.objects.create(uid=uid(rng), name="Groupe Demo", slug="groupe-demo")
    entities = tuple(
        Entity.objects.create(uid=uid(rng), name=name, slug=slug, parent=group)
        for name, slug in (("Demo Assistance", "demo-assistance"), ("Demo Services", "demo-services"))
    )
    sites = {town.name: Site.objects.create(uid=uid(rng), name=town.name) for town in TOWNS}
    organisation = Organisation(group, entities, _create_skills())
    for number, size in enumerate(_sizes(people)):
        organisation.crews.append(_create_crew(number, size, entities, sites, rng))
    return organisation


def _sizes(people: int) -> list[int]:
    count = max(2, round(people / TEAM_SIZE))
    return [people // count + (number < people % count) for number in range(count)]


def _create_crew(number: int, size: int, entities, sites: dict[str, Site], rng) -> Crew:
    second = number % SECOND_ENTITY_SHARE == 1
    town = TOWNS[0] if number == 0 else rng.choices(TOWNS, [town.share for town in TOWNS])[0]
    trade = TRADES[number % len(TRADES)]
    if second and trade.round_the_clock:
        trade = TRADES[1]
    turn = number // len(TRADES)
    name = f"{trade.name}, {town.name}" + (f" {turn + 1}" if turn else "")
    team = Team.objects.create(uid=uid(rng), entity=entities[second], site=sites[town.name], name=name)
    roster = ROSTERS[number // 2 % len(ROSTERS)] if trade.round_the_clock else ""
    return Crew(team, town, trade, size, roster)


def _create_skills() -> dict[str, Skill]:
    names = {"supervisor": "Supervision", "assistance_officer": "Assistance"}
    return {code: Skill.objects.create(code=code, name=name) for code, name in names.items()}
