"""What was decided of people outside the agreement's text, as facts: exceptional days, own terms, team charters."""

from collections.abc import Collection
from datetime import date

from people.models import Person
from policies.selectors.regimes import regimes_of
from policies.selectors.terms import terms_facts_of


def decided_of(people: Collection[Person], first: date, last: date) -> dict[int, dict[str, object]]:
    """Values for ``Facts`` by person (primary key), only where something holds from ``first`` to ``last``.

    A constant number of queries, one for each kind of record where nothing is recorded.
    """
    found: dict[int, dict[str, object]] = {}
    for name, held in {"regimes": regimes_of(people, first, last), **terms_facts_of(people, first, last)}.items():
        for person, values in held.items():
            found.setdefault(person, {})[name] = values
    return found
