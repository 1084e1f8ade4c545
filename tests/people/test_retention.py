"""What is kept goes after its time: on the day after its last one, in pieces, and never what another row needs."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import DateTimeField
from django.urls import reverse
from django.utils import translation

from config.checks import retention_times
from notifications.models import Message
from people import tasks
from people.models import (
    Absence,
    Account,
    ApiToken,
    AuditEvent,
    Contract,
    ImportRun,
    OnCall,
    Person,
    Place,
    ReadEvent,
    Role,
    Session,
    Shift,
)
from people.personal_data import forgetting, registry, retention
from policies.models import PersonalTerm, RegimePerson
from telework.models import Booking, BookingNote, Feed, LabRun, Series
from tests import factories

TODAY = date(2026, 6, 3)
NOW = datetime(2026, 6, 3, 7, tzinfo=UTC)
CLASSES = {kept.code: kept for kept in registry.classes()}
PARIS = ZoneInfo(settings.TIME_ZONE)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


def booking(person, day: date) -> Booking:
    return Booking.objects.create(person=person, day=day, state="approved", requested_at=NOW, updated_at=NOW)


def lab_run(person, day: date) -> LabRun:
    version = factories.agreement_in_force(person.entity)
    dated = {"first": day, "last": day, "as_of": day, "asked_at": NOW, "finished_at": at(day)}
    return LabRun.objects.create(
        version=version, entity=person.entity, edition=1, text="", state="done", asked_by=person, **dated
    )


def exceptional(person, day: date) -> RegimePerson:
    return factories.regime([person], day, day).people.get()


def task(_person, day: date):
    from django_q.models import Task

    return Task.objects.create(id=f"{day:%Y%m%d}", name=str(day), func="a.b", started=at(day), stopped=at(day))


def leaver(person, day: date) -> Person:
    found = factories.PersonFactory(entity=person.entity)
    factories.ContractFactory(person=found, start=date(2000, 1, 1), end=day)
    return found


def nameless(person, day: date) -> Person:
    found = leaver(person, day)
    Person.objects.filter(pk=found.pk).update(erased_on=day, first_name="", last_name="—")
    return found


def span(day: date) -> dict:
    return {"start": at(day, 8), "end": at(day, 9), "zone": "Europe/Paris"}


# Of each class: a row whose event is on the day given.
MAKERS = {
    "sessions": lambda person, day: Session.objects.create(session_key=str(day), expire_date=at(day)),
    "reads": lambda person, day: ReadEvent.objects.create(person=person, what="year", role="hr", day=day, at=at(day)),
    "events": lambda person, day: AuditEvent.objects.create(
        at=at(day), actor=person, verb="place.declared", subject_type="people.place", subject_uid=person.uid
    ),
    "imports": lambda person, day: ImportRun.objects.create(
        entity=person.entity, by=person, kind="people", state="done", created_at=at(day), touched_at=at(day)
    ),
    "keys": lambda person, day: ApiToken.objects.create(
        account=person.account, token_hash=str(day), created_at=NOW, revoked_at=at(day)
    ),
    "places": lambda person, day: factories.PlaceFactory(person=person, until=day),
    "shifts": lambda person, day: Shift.objects.create(person=person, day=day, site=person.site, **span(day)),
    "on_call": lambda person, day: OnCall.objects.create(person=person, site=person.site, **span(day)),
    "absences": lambda person, day: Absence.objects.create(person=person, first_day=date(2000, 1, 1), last_day=day),
    "failed_tasks": task,
    "leavers": leaver,
    "former_people": nameless,
    "messages": lambda person, day: Message.objects.create(
        recipient=person, kind="a", key=str(day), created_at=NOW, due_at=NOW, sent_at=at(day)
    ),
    "terms": lambda person, day: factories.term(person, date(2000, 1, 1), day),
    "exceptional_people": exceptional,
    "notes": lambda person, day: BookingNote.objects.create(
        booking=booking(person, day), author=person, at=NOW, text="a"
    ),
    "bookings": booking,
    "series": lambda person, day: Series.objects.create(
        person=person, first_day=day, rrule="FREQ=WEEKLY", part="full", created_at=at(day)
    ),
    "feeds": lambda person, day: Feed.objects.create(
        owner=person, token_hash=str(day), created_at=NOW, revoked_at=at(day)
    ),
    "lab_runs": lab_run,
}


def test_every_class_has_its_maker_here():
    assert sorted(MAKERS) == sorted(CLASSES)


@pytest.mark.parametrize("code", sorted(CLASSES))
def test_a_row_stays_through_its_last_day_and_goes_on_the_next(person, code, monkeypatch):
    kept, period = CLASSES[code], retention.periods()[code]
    limit = TODAY - relativedelta(**{period.unit: period.number})
    limit = limit.replace(month=1, day=1) if period.whole_years else limit
    stays, goes = MAKERS[code](person, limit), MAKERS[code](person, limit - timedelta(days=1))
    due = set(retention.due_on(kept, TODAY).values_list("pk", flat=True))
    assert goes.pk in due and stays.pk not in due
    monkeypatch.setattr(forgetting, "classes", lambda: (kept,))
    assert forgetting.forget(lambda: NOW) is False
    left = set(retention.due_on(kept, TODAY).values_list("pk", flat=True))
    assert left == set() and kept.rows.objects.filter(pk=stays.pk).exists()
    if not kept.go:
        assert not kept.rows.objects.filter(pk=goes.pk).exists()


@pytest.mark.parametrize("code", [code for code, kept in CLASSES.items() if any(
    isinstance(kept.rows._meta.get_field(name), DateTimeField) for name in kept.events if "__" not in name
)])  # fmt: skip
def test_instants_count_by_the_clock_of_the_house(person, code):
    """Ten past midnight in Paris is still the day before in UTC: it is the day in Paris that counts."""
    kept = CLASSES[code]
    edge = datetime(2025, 6, 3, 0, 10, tzinfo=PARIS)
    assert edge.astimezone(UTC).date() == date(2025, 6, 2)
    row = MAKERS[code](person, date(2025, 6, 3))
    later = {"start": edge - timedelta(hours=9)} if code == "on_call" else {}
    kept.rows.objects.filter(pk=row.pk).update(**later | {kept.events[0]: edge})
    assert not kept.before(date(2025, 6, 3)).filter(pk=row.pk).exists()
    assert kept.before(date(2025, 6, 4)).filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("today", "months", "limit"),
    [
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2025, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 3, 1), 12, date(2024, 3, 1)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
    ],
)
def test_months_are_those_of_the_calendar(today, months, limit):
    assert retention.Period(months, "months").limit(today) == limit


def test_a_year_goes_whole(person):
    """In December of the sixth year nothing of the first has gone by half; on 1 January all of it may."""
    rows = [booking(person, day) for day in (date(2021, 1, 4), date(2021, 12, 30), date(2020, 12, 30))]
    due = [retention.due_on(CLASSES["bookings"], day).count() for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert len(rows) == 3 and due == [1, 3]


def test_it_goes_in_pieces_and_goes_on_where_it_stopped(person, monkeypatch):
    monkeypatch.setattr(forgetting, "AT_ONCE", 10)
    ReadEvent.objects.bulk_create(
        ReadEvent(person=person, what="year", role="hr", day=date(2020, 1, 1), at=at(date(2020, 1, 1)))
        for _number in range(35)
    )
    instants = iter(NOW + timedelta(seconds=90 * step) for step in range(100))
    assert forgetting.forget(lambda: next(instants)) is True
    left = ReadEvent.objects.count()
    assert 0 < left < 35
    assert forgetting.forget(lambda: NOW) is False
    assert not ReadEvent.objects.exists()
    assert AuditEvent.objects.get(verb=forgetting.VERB).data == {"class": "reads", "day": "2026-06-03", "rows": 35}


def test_a_piece_that_fails_leaves_nothing_half_done(person, monkeypatch):
    booking(person, date(2019, 5, 6))
    monkeypatch.setattr(forgetting, "_note", lambda *_values: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        forgetting.forget(lambda: NOW)
    assert Booking.objects.count() == 1


def test_what_goes_tells_calendars_and_counts(person):
    booking(person, date(2019, 5, 6))
    before = person.calendar_version
    forgetting.forget(lambda: NOW)
    person.refresh_from_db()
    assert person.calendar_version > before


def test_the_worker_runs_it_daily_and_asks_for_the_rest(person, clock, monkeypatch):
    from django_q.models import Schedule

    assert Schedule.objects.get(name="people.keep_retention").minutes == 24 * 60
    clock("2026-06-03T09:00+02:00")
    booking(person, date(2019, 5, 6))
    assert tasks.keep_retention() is False and not Booking.objects.exists()
    asked = []
    monkeypatch.setattr(tasks, "async_task", lambda name, **_options: asked.append(name))
    monkeypatch.setattr(tasks.forgetting, "forget", lambda _clock: True)
    assert tasks.keep_retention() is True and asked == ["people.tasks.keep_retention"]


# ── leavers


@pytest.fixture
def gone(team):
    """Somebody who left four years ago, with rows of every kind, among people who stay."""
    found = factories.eligible_person(team=team, first_name="Zephyrine", last_name="Partie", number="4711")
    Contract.objects.filter(person=found).update(end=date(2022, 5, 31))
    factories.term(found, date(2022, 1, 1), lifts=["weekly_cap"])
    factories.grant(found, Role.HR)
    held = booking(found, date(2022, 5, 4))
    Booking.objects.filter(pk=held.pk).update(decision={"place": "Niort"}, reason_text="Words")
    BookingNote.objects.create(booking=held, author=found, at=NOW, text="I go to my mother.")
    factories.shift(found, "2022-05-05T09:00+02:00", "2022-05-05T17:00+02:00")
    Absence.objects.create(person=found, first_day=date(2022, 5, 6), last_day=date(2022, 5, 6), kind="leave")
    return found


def test_the_name_of_a_leaver_goes_and_counts_of_others_stay(gone, person):
    account = gone.account_id
    forgetting.forget(lambda: NOW)
    gone.refresh_from_db()
    assert (gone.name, gone.email, gone.number, gone.account, gone.erased_on) == ("—", "", "", None, TODAY)
    assert not Account.objects.filter(pk=account).exists()
    for model in (Place, PersonalTerm):
        assert not model.objects.filter(person=gone).exists()
    assert not gone.grants.exists() and not BookingNote.objects.exists()
    kept = Booking.objects.get(person=gone)
    assert (kept.day, kept.decision, kept.reason_text) == (date(2022, 5, 4), {}, "")
    assert Shift.objects.filter(person=gone).exists() and gone.memberships.exists()
    assert Absence.objects.get(person=gone).kind == "other"
    assert person.first_name and Place.objects.filter(person=person).exists()


def test_nothing_of_the_name_is_left_in_the_database(gone):
    from django.apps import apps

    forgetting.forget(lambda: NOW)
    found = [
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        for row in model.objects.all()
        for column in model._meta.concrete_fields
        if any(word in str(getattr(row, column.attname)) for word in ("Zephyrine", "Partie", "4711", "Niort", "mother"))
        and getattr(row, "person_id", gone.pk) == gone.pk
    ]
    assert found == []


@pytest.mark.parametrize("end", [None, date(2026, 5, 31), date(2023, 6, 3)])
def test_who_has_not_left_long_enough_keeps_their_name(gone, end):
    factories.ContractFactory(person=gone, start=date(2022, 6, 1), end=end)
    forgetting.forget(lambda: NOW)
    gone.refresh_from_db()
    assert gone.last_name == "Partie" and gone.account


def test_who_never_had_a_contract_is_not_taken_for_a_leaver(person):
    newcomer = factories.PersonFactory()
    forgetting.forget(lambda: NOW)
    newcomer.refresh_from_db()
    assert newcomer.erased_on is None


def test_a_nameless_row_goes_last_and_never_while_another_needs_it(person):
    lone, needed, booked = (nameless(person, date(2015, 1, 1)) for _number in range(3))
    term = factories.regime([person], date(2026, 6, 1), date(2026, 6, 5)).terms.get()
    term.prepared_by = needed
    term.save()
    booking(booked, date(2025, 5, 5))
    forgetting.forget(lambda: NOW)
    assert set(Person.objects.filter(pk__in=[lone.pk, needed.pk, booked.pk])) == {needed, booked}


# ── the page and your own times


def test_the_page_is_a_dry_run(client, person):
    officer = factories.eligible_person(entity=person.entity)
    factories.grant(officer, Role.DPO)
    booking(person, date(2019, 5, 6))
    booking(factories.eligible_person(), date(2019, 5, 6))
    client.force_login(officer.account)
    rows = {row.kept.code: row for row in client.get(reverse("retention")).context["rows"]}
    assert rows["bookings"].today == 1, "rows of another company are not counted"
    assert rows["failed_tasks"].today is None
    assert Booking.objects.count() == 2


def test_the_page_counts_what_goes_within_a_month(client, person, clock):
    clock("2026-12-15T09:00+01:00")
    admin = factories.eligible_person(entity=person.entity)
    factories.grant(admin, Role.ADMIN)
    booking(person, date(2021, 5, 6))
    client.force_login(admin.account)
    row = next(row for row in client.get(reverse("retention")).context["rows"] if row.kept.code == "bookings")
    assert (row.today, row.soon) == (0, 1)


def test_your_own_times_hold_for_the_classes_they_name(settings, tmp_path):
    file = tmp_path / "times.toml"
    file.write_text("[bookings]\nmonths = 72\nwhole_years = true\n[reads]\ndays = 90\n")
    settings.RETENTION_FILE = str(file)
    assert retention.periods()["bookings"] == retention.Period(72, "months", whole_years=True)
    assert retention.periods()["reads"].words == "90 days"
    assert retention.periods()["messages"] == retention.Period(6, "months")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[booking]\nmonths = 12\n", "names the class 'booking'; known are absences"),
        ("[bookings]\nweeks = 12\n", "write months or days from 1 to 1200"),
        ("[bookings]\nmonths = 0\n", "write months or days from 1 to 1200"),
        ("[bookings]\nmonths = true\n", "write months or days from 1 to 1200"),
        ("[bookings]\nmonths = 12\ndays = 3\n", "write months or days from 1 to 1200"),
        ("bookings = 12\n", "write months or days from 1 to 1200"),
        ("[bookings\n", "cannot be read"),
    ],
)
def test_a_time_that_cannot_be_is_told(settings, tmp_path, text, sentence):
    file = tmp_path / "times.toml"
    file.write_text(text)
    settings.RETENTION_FILE = str(file)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        retention.periods()
    retention._read.cache_clear()


def test_a_file_that_is_not_there_is_told(settings, tmp_path):
    settings.RETENTION_FILE = str(tmp_path / "none.toml")
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        retention.periods()
    assert "cannot be read" in retention_times()[0].msg, "a start tells it"


def test_our_own_times_let_the_house_open():
    assert retention_times() == []
