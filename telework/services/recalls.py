"""On which grounds the agreement lets a manager call somebody back on site."""

from datetime import date

from policies.selectors import agreement_for

from people.models import Person


def grounds_of(person: Person, day: date) -> tuple[str, ...]:
    """Codes of the grounds that the agreement in force on ``day`` lists; empty when it allows no recall."""
    agreement = agreement_for(person, day)
    return tuple(agreement.recall_grounds(day)) if agreement else ()
