"""Several people answer the same term at once: it is fired once, by one other person, and everybody is told once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from notifications.models import Message
from policies.models import RegimeTerm
from telework.exceptional import services
from tests import factories

from .conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(acts) -> Counter:
    def run(act) -> str:
        try:
            act()
            return "done"
        except services.NotYours:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def test_of_many_who_confirm_at_once_one_does(crisis):
    term = crisis.prepare()
    others = [factories.eligible_person(entity=crisis.team.entity) for _number in range(4)]
    people = [crisis.first_hr, crisis.second_hr, *others]

    def confirm(actor):
        return lambda: services.confirm_term(RegimeTerm.objects.get(pk=term.pk), **crisis.by(actor))

    came = all_at_once([confirm(actor) for actor in people])

    assert came == {"done": 1, "refused": 5}
    term.refresh_from_db()
    assert term.confirmed_by_id not in (None, crisis.first_hr.pk)
    opened = Message.objects.filter(kind=services.OPENED)
    assert opened.count() == opened.values("recipient").distinct().count() > 0


def test_confirming_and_dismissing_at_once_ends_in_one_of_the_two(crisis):
    term = crisis.prepare()

    def fresh():
        return RegimeTerm.objects.get(pk=term.pk)

    came = all_at_once(
        [
            lambda: services.confirm_term(fresh(), **crisis.by(crisis.second_hr)),
            lambda: services.dismiss_term(fresh(), actor=crisis.first_hr, now=NOW),
        ]
    )

    assert came == {"done": 1, "refused": 1}
    term.refresh_from_db()
    assert bool(term.confirmed_at) != bool(term.dismissed_at)
