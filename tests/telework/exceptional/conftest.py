"""Two of human resources, a team of three, and a cap of one day a week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from people.models import Person, Team
from policies.models import Regime, RegimeTerm
from policies.selectors.regimes import Population
from telework.exceptional import services
from telework.exceptional.drafts import Draft
from tests import factories

MONDAY, FRIDAY = date(2026, 6, 15), date(2026, 6, 19)
TODAY = date(2026, 6, 8)
NOW = datetime(2026, 6, 8, 7, tzinfo=UTC)
CLAUSE = '[[rules]]\nkind = "exceptional_regime"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01\n'
CAP = '[[rules]]\nkind = "weekly_cap"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01\nlimit = 1\nunit = "day"\n'


@dataclass
class Crisis:
    """Who prepares, who confirms, for whom."""

    team: Team
    first_hr: Person
    second_hr: Person
    people: list[Person]

    def draft(self, **fields) -> Draft:
        scope = {name: fields.pop(name) for name in ("site", "team", "job", "listed") if name in fields}
        given = {"first": MONDAY, "last": FRIDAY, "name": "Transport strike"} | fields
        return Draft(Population(self.team.entity, **scope), **given)

    def prepare(self, **fields) -> RegimeTerm:
        return services.prepare_regime(self.draft(**fields), **self.by(self.first_hr))

    def open(self, **fields) -> Regime:
        term = self.prepare(**fields)
        services.confirm_term(term, **self.by(self.second_hr))
        return term.regime

    @staticmethod
    def by(actor: Person, today: date = TODAY) -> dict:
        return {"actor": actor, "now": NOW, "today": today}


@pytest.fixture
def crisis(team):
    lifts = CLAUSE + 'causes = ["strike"]\nlifts = ["weekly_cap"]\nmost = { n = 14, unit = "calendar_day" }\n'
    factories.agreement_in_force(team.entity, text="\n".join([factories.agreement_text(), CAP, lifts]))
    two = [factories.eligible_person(entity=team.entity, site=team.site, last_name=name) for name in ("One", "Two")]
    for person in two:
        factories.grant(person, "hr")
    people = [factories.eligible_person(team=team) for _number in range(3)]
    with translation.override("en"):
        yield Crisis(team, *two, people)
