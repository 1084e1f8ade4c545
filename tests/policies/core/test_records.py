"""What people have judged of somebody, told with its day where it is known."""

from datetime import date

import pytest

from policies.core import Request, TraitFacts, decide
from policies.core.explain import sentence

from .given import agreement, person, rule


@pytest.mark.parametrize(
    ("since", "opinion", "fr", "en"),
    [
        (date.min, "", "Appréciation favorable\u202f: autonomie", "Judged well: autonomy"),
        (
            date.min,
            "no",
            "L’appréciation est défavorable\u202f: autonomie.",
            "The judgement is unfavourable: autonomy.",
        ),
        (
            date(2026, 1, 5),
            "",
            "Appréciation du 5 janvier 2026\u202f: autonomie",
            "Judgement of 5 January 2026: autonomy",
        ),
    ],
)
def test_a_judgement_recorded_without_its_day_is_told_without_one(since, opinion, fr, en):
    values = 'from = 2020-01-01;code = "judged";by = "manager"'
    labels = '[labels]\njudged = { fr = "autonomie", en = "autonomy" }\n'
    document = agreement(rule("judgement", values), readings=labels)
    facts = person(traits=(TraitFacts("judged", since, date.max, opinion=opinion),))
    found = next(f for f in decide(Request(date(2026, 6, 19)), facts, document).findings if f.rule == "judgement")
    assert sentence(found, "fr") == fr
    assert sentence(found, "en") == en
