"""What holds for people beside the agreement, as facts: effects, and codes of choices and commitments."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from people.models import Person
from people.prepared import prepared
from policies.core.facts import EffectFacts, TraitFacts
from policies.models import PersonalTerm


def terms_facts_of(people: Collection[Person], first: date, last: date) -> dict[str, dict[int, tuple]]:
    """``effects`` and ``traits`` of people (by primary key) that touch ``first`` to ``last``. One query."""
    found: Mapping[str, dict[int, list]] = {"effects": defaultdict(list), "traits": defaultdict(list)}
    for term in _terms([person.pk for person in people], first, last):
        end = term.last_day or date.max
        if term.is_effect:
            found["effects"][term.person_id].append(
                EffectFacts(term.first_day, end, tuple(term.lifts), dict(term.replace))
            )
        else:
            found["traits"][term.person_id].append(TraitFacts(term.code, term.first_day, end, term.number))
    return {name: {person: tuple(held) for person, held in rows.items()} for name, rows in found.items()}


def terms_held(people: Collection[int], first: date, last: date) -> QuerySet[PersonalTerm]:
    """The terms of people (primary keys) that hold on a day from ``first`` to ``last``, by person and day."""
    open_or_later = Q(last_day=None) | Q(last_day__gte=first)
    held = PersonalTerm.objects.filter(open_or_later, person__in=people, first_day__lte=last, withdrawn_at=None)
    return held.order_by("person", "first_day", "pk")


_terms = prepared(terms_held)


def carriers_of(codes: Collection[str], entities: Collection[int], day: date) -> dict[tuple[str, int], set[int]]:
    """Who carries each code on a day: people (primary keys) by code and entity. One query, none without codes."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    if codes:
        rows = PersonalTerm.objects.filter(
            Q(last_day=None) | Q(last_day__gte=day),
            code__in=codes, person__entity__in=entities, first_day__lte=day, withdrawn_at=None,
        ).order_by()  # fmt: skip
        for code, entity, person in rows.values_list("code", "person__entity_id", "person_id"):
            found[code, entity].add(person)
    return found
