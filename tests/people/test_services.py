"""Writes about people: the fact, its audit event, and for what calendars show a newer version; or a clear sentence."""

from datetime import UTC, date, datetime, timedelta

import pytest

from people import services
from people.errors import BadFact
from people.models import AbsenceKind, AuditEvent, Person
from tests import factories

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
TODAY = date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(team):
    return factories.PersonFactory(entity=team.entity, site=team.site, autonomy_validated_on=None)


def verbs() -> list[str]:
    return list(AuditEvent.objects.values_list("verb", flat=True))


def version(person) -> int:
    return Person.objects.get(pk=person.pk).calendar_version


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


def refused(act, **values) -> BadFact:
    before = AuditEvent.objects.count()
    with pytest.raises(BadFact) as refusal:
        act(**values)
    assert AuditEvent.objects.count() == before
    return refusal.value


def test_a_manager_validates_autonomy_once_and_may_take_it_back(newcomer, manager):
    services.validate_autonomy(newcomer, by=manager, on=TODAY, now=NOW)
    newcomer.refresh_from_db()
    assert (newcomer.autonomy_validated_on, newcomer.autonomy_validated_by) == (TODAY, manager)
    again = refused(services.validate_autonomy, person=newcomer, by=manager, on=TODAY, now=NOW)
    assert "validated since June 1, 2026" in again.sentence or "validée depuis" in again.sentence
    services.withdraw_autonomy(newcomer, by=manager, now=NOW)
    assert Person.objects.get(pk=newcomer.pk).autonomy_validated_on is None
    assert verbs() == ["autonomy.validated", "autonomy.withdrawn"]
    refused(services.withdraw_autonomy, person=newcomer, by=manager, now=NOW)


def test_autonomy_is_not_validated_before_the_hiring(newcomer, manager):
    found = refused(services.validate_autonomy, person=newcomer, by=manager, on=date(2019, 1, 1), now=NOW)
    assert (found.field, found.value) == ("on", date(2019, 1, 1))


def test_a_place_is_declared_and_ended_and_the_audit_does_not_say_where(newcomer):
    place = services.declare_place(
        newcomer, label="  home\0 ", commune="Échiré", declared_on=TODAY, secure_internet=True,
        insured_until=date(2026, 12, 31), by=newcomer, now=NOW,
    )  # fmt: skip
    assert (place.label, place.commune) == ("home", "Échiré")
    services.end_place(place, last_day=date(2026, 7, 1), by=newcomer, now=NOW)
    place.refresh_from_db()
    assert (place.until, place.commune) == (date(2026, 7, 1), "Échiré")
    assert verbs() == ["place.declared", "place.ended"]
    assert "Échiré" not in str(list(AuditEvent.objects.values()))
    assert refused(services.end_place, place=place, last_day=date(2026, 5, 1), by=newcomer, now=NOW).field == "last_day"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"label": " \0 "}, "label"),
        ({"label": "x" * 61}, "label"),
        ({"commune": "é" * 101}, "commune"),
        ({"insured_until": date(2026, 5, 31)}, "insured_until"),
    ],
)
def test_a_place_that_cannot_be_is_refused_by_field(newcomer, values, field):
    whole = {
        "label": "home", "commune": "", "declared_on": TODAY, "secure_internet": True, "insured_until": None,
    } | values  # fmt: skip
    assert refused(services.declare_place, person=newcomer, by=newcomer, now=NOW, **whole).field == field
    assert not newcomer.places.exists()


def test_a_night_shift_belongs_to_the_date_of_its_start_by_the_clock_of_the_site(newcomer, team, manager):
    shift = services.add_shift(newcomer, start=at(1, 22), end=at(2, 6), site=team.site, by=manager, now=NOW)
    assert (shift.day, shift.zone) == (date(2026, 6, 2), "Europe/Paris")
    assert verbs() == ["shift.added"] and version(newcomer) == 2


def test_shifts_that_touch_are_fine_and_shifts_that_overlap_are_refused(newcomer, team, manager):
    services.add_shift(newcomer, start=at(1, 4), end=at(1, 12), site=team.site, by=manager, now=NOW)
    services.add_shift(newcomer, start=at(1, 12), end=at(1, 14), site=team.site, by=manager, now=NOW)
    found = refused(
        services.add_shift, person=newcomer, start=at(1, 11), end=at(1, 13), site=team.site, by=manager, now=NOW
    )
    assert found.field == "start" and newcomer.name in found.sentence
    assert version(newcomer) == 3


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (at(1, 12), at(1, 12), "end"),
        (at(1, 12), at(1, 4), "end"),
        (at(1, 4), at(2, 5), "end"),
        (datetime(2026, 6, 1, 4), datetime(2026, 6, 1, 12), "start"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_by_field(newcomer, team, manager, start, end, field):
    found = refused(services.add_shift, person=newcomer, start=start, end=end, site=team.site, by=manager, now=NOW)
    assert found.field == field and not newcomer.shifts.exists()


def absent(person, manager, **values):
    whole = {"first_day": TODAY, "last_day": TODAY, "by": manager, "now": NOW} | values
    return services.add_absence(person, **whole)


def test_two_halves_of_a_day_may_be_absences_of_their_own_but_not_the_same_half_twice(newcomer, manager):
    absent(newcomer, manager, halves=1, kind=AbsenceKind.LEAVE)
    absent(newcomer, manager, halves=2, kind=AbsenceKind.TRAINING)
    found = refused(absent, person=newcomer, manager=manager, halves=3, first_day=TODAY - timedelta(days=3))
    assert found.field == "first_day"
    assert verbs() == ["absence.added"] * 2 and version(newcomer) == 3


def test_exact_hours_may_follow_each_other_but_not_overlap(newcomer, manager):
    absent(newcomer, manager, start=at(1, 8), end=at(1, 10))
    absent(newcomer, manager, start=at(1, 10), end=at(1, 11))
    assert refused(absent, person=newcomer, manager=manager, start=at(1, 9), end=at(1, 12)).field == "first_day"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "illness"}, "kind"),
        ({"halves": 4}, "halves"),
        ({"halves": 0}, "halves"),
        ({"last_day": date(2026, 5, 31)}, "last_day"),
        ({"start": at(1, 8)}, "end"),
        ({"end": at(1, 8)}, "start"),
        ({"start": at(1, 8), "end": at(1, 8)}, "end"),
        ({"start": at(1, 8), "end": at(3, 8)}, "end"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_by_field(newcomer, manager, values, field):
    assert refused(absent, person=newcomer, manager=manager, **values).field == field
    assert not newcomer.absences.exists()
