"""An agreement with derogations, a formula and a volume; a person, their manager, and human resources."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from people.models import Person
from policies.selectors import timeline_for
from telework.terms.offers import choices_of, effects_of, told_effect
from tests import factories

TODAY, NOW = date(2026, 6, 8), datetime(2026, 6, 8, 7, tzinfo=UTC)
MONDAY = date(2026, 6, 15)


def rule(kind: str, *lines: str, head: str = "") -> str:
    return "\n".join(
        [f'[[rules]]\nkind = "{kind}"\narticle = "1"\n{head}', "[[rules.values]]\nfrom = 2020-01-01", *lines]
    )


RULES = (
    rule("weekly_cap", "limit = 1", 'unit = "day"'),
    rule("derogation", 'traits = ["pregnant"]', 'lifts = ["weekly_cap"]', head='name = "pregnancy"'),
    rule(
        "derogation", 'traits = ["medical"]', 'replace = { weekly_cap = { limit = 2 } }',
        'most = { n = 6, unit = "month" }', "renewable = true", 'opinion = "occupational_health"',
        head='name = "health"',
    ),
    rule("derogation", 'traits = ["carer"]', 'lifts = ["yearly_cap"]', 'most = { n = 3, unit = "month" }',
         head='name = "carer"'),
    rule("derogation", 'traits = ["disabled"]', 'lifts = ["weekly_cap"]', head='name = "disability"'),
    rule(
        "cap", "limit = 8", 'unit = "day"', 'per = "month"', 'agreed = "volume"',
        head='name = "own_volume"\npopulation = { traits = ["volume"] }',
    ),
)  # fmt: skip


@dataclass
class Desk:
    """Who writes for whom."""

    person: Person
    hr: Person
    manager: Person

    @staticmethod
    def by(actor: Person, today: date = TODAY) -> dict:
        return {"actor": actor, "now": NOW, "today": today}

    @property
    def agreement(self):
        return timeline_for(self.person).on(TODAY)

    def effect(self, said: str) -> str:
        """The key of the effect whose words begin so."""
        told = {told_effect(one, self.agreement): one.key for one in effects_of(self.agreement, TODAY)}
        return next(key for words, key in told.items() if words.startswith(said))

    @property
    def codes(self) -> set[str]:
        return {choice.code for choice in choices_of(self.agreement, TODAY)}


@pytest.fixture
def desk(team):
    factories.agreement_in_force(team.entity, text="\n\n".join([factories.agreement_text(), *RULES]))
    hr = factories.eligible_person(entity=team.entity, site=team.site, last_name="Human")
    factories.grant(hr, "hr")
    with translation.override("en"):
        yield Desk(factories.eligible_person(team=team), hr, factories.manager_of(team))
