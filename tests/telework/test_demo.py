"""The demo organisation is whole, true to life, and judged by the engine."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction

from people import access
from people.models import (
    Account,
    Contract,
    Entity,
    Person,
    Shift,
    Site,
    WorkPattern,
)  # fmt: skip
from policies import core
from policies.core.decision import Verdict
from policies.selectors import agreement_for
from telework.demo import cast
from telework.facts import facts_of_many
from telework.models import ACTIVE, Booking, Series, State
from telework.recorded import unpack

TODAY = date(2026, 6, 9)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """One demo for all tests of this file, taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", people=60, seed=1, today=TODAY.isoformat())
        yield
        transaction.set_rollback(True)


def test_there_is_a_group_with_two_entities_each_under_its_own_agreement():
    group = Entity.objects.get(parent=None)
    first, second = group.children.order_by("pk")
    assert agreement_for(first.pk, TODAY).title != agreement_for(second.pk, TODAY).title
    assert agreement_for(group.pk, TODAY) is None
    assert set(Site.objects.values_list("name", flat=True)) == {"Niort", "Nantes", "Lyon", "Le Havre", "Tours"}
    assert Person.objects.count() == 60
    assert Person.objects.filter(entity=second).count() == 30


def test_every_demo_account_signs_in_and_nobody_else_has_a_password(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for account in cast.DEMO_ACCOUNTS:
        assert authenticate(None, username=account.email, password="cent-jours-demo"), account
    others = Account.objects.exclude(email__in=[account.email for account in cast.DEMO_ACCOUNTS])
    assert others.count() == 60 - len(cast.DEMO_ACCOUNTS)
    assert not any(account.has_usable_password() for account in others)


def test_nadia_manages_camilles_team_and_seven_requests_wait_for_her():
    nadia, camille = (Person.objects.get(email=account.email) for account in (cast.NADIA, cast.CAMILLE))
    assert access.may(nadia, "answer_request", camille, day=TODAY)
    waiting = Booking.objects.filter(state=State.REQUESTED, person__in=access.people_managed_by(nadia, TODAY))
    assert len({(booking.person_id, booking.requested_at) for booking in waiting}) == 7
    assert Series.objects.get().bookings.count() == waiting.exclude(series=None).count() > 2
    assert camille.bookings.filter(state=State.APPROVED).count() > 20


def test_hr_sees_both_entities_and_the_administrator_only_the_companys_month():
    hr, admin = (Person.objects.get(email=account.email) for account in (cast.HR, cast.ADMIN))
    assert access.people_for(hr, "view_balances", day=TODAY).count() == 60
    assert access.entities_for(admin, "view_company_month", day=TODAY).count() == 3
    assert not access.may(admin, "view_year", Person.objects.get(email=cast.CAMILLE.email), day=TODAY)


def test_every_active_booking_lies_on_worked_halves_and_no_entitlement_is_overdrawn():
    people = list(Person.objects.select_related("site"))
    facts = facts_of_many(people, today=TODAY, first=TODAY, last=TODAY)
    for person in people:
        theirs = facts[person.pk]
        for day, halves in theirs.booked.items():
            assert halves & theirs.workdays[day].available == halves, (person, day)
        assert core.balance(theirs, agreement_for(person, TODAY), TODAY).left >= 0, person


def test_every_booking_keeps_a_decision_that_did_not_refuse_it():
    decisions = [unpack(packed) for packed in Booking.objects.values_list("decision", flat=True)]
    assert len(decisions) > 1500
    assert all(decision.verdict is not Verdict.REFUSED for decision in decisions)
    assert {decision.document for decision in decisions} == {
        agreement_for(entity.pk, TODAY).title for entity in Entity.objects.exclude(parent=None)
    }


def test_the_past_is_answered_and_the_future_holds_approved_days_and_requests():
    past = Counter(Booking.objects.filter(day__lt=TODAY).values_list("state", flat=True))
    future = Counter(Booking.objects.filter(day__gte=TODAY).values_list("state", flat=True))
    assert past[State.REQUESTED] == 0 and past[State.APPROVED] > past[State.CANCELLED] > past[State.REFUSED] > 0
    assert 0.02 < future[State.REQUESTED] / future.total() < 0.3
    assert Booking.objects.filter(day__gte=TODAY, state=State.APPROVED).exists()
    assert not Booking.objects.filter(state=State.REFUSED, reason="").exists()
    assert not Booking.objects.filter(state=State.REFUSED, answered_by=None).exists()


def test_excluded_jobs_and_people_without_validated_autonomy_have_no_bookings():
    for person in Person.objects.filter(autonomy_validated_on=None, entity__slug="demo-assistance"):
        assert not person.bookings.filter(state__in=ACTIVE).exists()
    assert not Booking.objects.filter(person__job__in=("reception", "maintenance")).exists()


def test_shifts_leave_eleven_hours_of_rest_and_lie_within_contracts():
    ends = {}
    shifts = Shift.objects.order_by("person", "start").select_related("person")
    assert shifts.count() > 3000
    for shift in shifts:
        before = ends.get(shift.person_id)
        assert before is None or shift.start - before >= timedelta(hours=11)
        ends[shift.person_id] = shift.end
        assert shift.day >= shift.person.hired_on
    assert Shift.objects.filter(skill__code="supervisor").exists()
    assert max(Shift.objects.values_list("day", flat=True)) >= TODAY + timedelta(days=200)


def test_a_full_time_rotation_works_about_as_much_as_an_office_week():
    full = Contract.objects.filter(rostered=True, rate=100, start__lt=date(2026, 1, 1), end=None)
    weeks = (TODAY - date(2026, 1, 1)).days / 7
    for contract in full:
        worked = contract.person.shifts.filter(day__lt=TODAY).count() / weeks
        assert 3.4 <= worked <= 5.6, contract.person


def test_part_timers_have_patterns_of_their_own():
    for pattern in WorkPattern.objects.all():
        halves = sum((day.get("halves", 3) + 1) // 2 for day in pattern.days if day)
        share = int(pattern.name.split()[0]) if pattern.name[0].isdigit() else 100
        assert halves / 2 / 5 / (len(pattern.days) / 7) * 100 == share, pattern.name
    assert Contract.objects.filter(rate__lt=100).exists()


def test_absences_of_a_person_never_overlap():
    for person in Person.objects.prefetch_related("absences"):
        spans = sorted((absence.first_day, absence.last_day) for absence in person.absences.all())
        assert all(one[1] < two[0] for one, two in pairwise(spans)), person
