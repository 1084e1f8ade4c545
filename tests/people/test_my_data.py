"""My data: one click hands over everything that is kept on a person, and says who opened it."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from notifications import outbox
from people.audit import record
from people.models import Absence, Account, ApiToken, AuditEvent, Person, ReadEvent, Role, What
from people.personal_data.archive import archive_of, document_of
from people.personal_data.registry import tables
from people.reads import record_read
from people.tokens import create_token
from telework.models import Booking, BookingNote, Feed, Series
from tests import factories

NOW = datetime(2026, 6, 3, 7, tzinfo=UTC)
SECRETS = ("argon2", "token_hash", "secret-hash", "gAAAA")


@pytest.fixture(autouse=True)
def _today(clock):
    clock("2026-06-03T09:00+02:00")
    with translation.override("en"):
        yield


@pytest.fixture
def known(person, team):
    """Somebody with a row of every kind."""
    factories.MembershipFactory(person=person, team=team)
    factories.shift(person, "2026-06-04T09:00+02:00", "2026-06-04T17:00+02:00")
    Absence.objects.create(person=person, first_day=date(2026, 6, 8), last_day=date(2026, 6, 9), kind="leave")
    factories.term(person, date(2026, 6, 1), lifts=["weekly_cap"])
    Feed.objects.create(owner=person, token_hash="secret-hash", created_at=NOW)
    create_token(person.account, name="My script", scopes=["people:read"], now=NOW)
    series = Series.objects.create(
        person=person, first_day=date(2026, 6, 10), rrule="FREQ=WEEKLY", part="full", created_at=NOW
    )
    booking = booked(person, date(2026, 6, 10), series=series, reason_text="=1+1")
    manager = factories.manager_of(team, first_name="Nadia", last_name="Benali")
    BookingNote.objects.create(booking=booking, author=manager, at=NOW, text="Could you come on Friday?")
    outbox.put(person, "booking_approved", "key-1", {"booking": str(booking.uid)}, NOW)
    record(manager, "booking.approved", booking, NOW, day="2026-06-10")
    return person


def booked(person, day: date, **fields) -> Booking:
    fields = {"state": "approved", "requested_at": NOW, "updated_at": NOW, "requested_by": person} | fields
    return Booking.objects.create(person=person, day=day, **fields)


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def kept(files: dict[str, bytes], name: str) -> list[dict]:
    return json.loads(files["my-data.json"])["tables"][name]["rows"]


def test_one_click_hands_over_everything(sign_in, known):
    answer = sign_in(known).get(reverse("my_data_file"))
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "no-store"
    files = opened(answer.content)
    assert kept(files, "person")[0]["first_name"] == known.first_name
    assert kept(files, "places")[0]["commune"] == "Niort"
    assert kept(files, "absences") == [
        {"kind": "leave", "first_day": "2026-06-08", "last_day": "2026-06-09", "halves": 3, "start": None, "end": None}
    ]
    assert kept(files, "notes")[0]["text"] == "Could you come on Friday?"
    assert kept(files, "notes")[0]["author"] == "Nadia Benali"
    assert kept(files, "keys")[0]["name"] == "My script"
    assert [event["verb"] for event in kept(files, "events")] == ["key.made", "booking.approved"]
    for name in ("teams", "shifts", "bookings", "series", "calendar_addresses", "terms", "messages", "contracts"):
        assert len(kept(files, name)) == 1, name


def test_no_secret_leaves(known):
    whole = b"".join(opened(archive_of(known, NOW)).values()).decode()
    assert [word for word in SECRETS if word in whole] == []


def test_every_table_is_a_sheet_too_with_its_headings_in_the_language(known):
    with translation.override("fr"):
        files = opened(archive_of(known, NOW))
    assert {f"{table.name}.csv" for table in tables()} | {"my-data.json", "my-days.ics"} == set(files)
    head, row = csv.reader(io.StringIO(files["places.csv"].decode("utf-8-sig")), delimiter=";")
    assert head[:3] == ["Nom", "Genre de lieu", "Commune"] and row[:3] == ["home", "domicile", "Niort"]
    assert row[head.index("Internet sûr")] == "oui"


def test_no_cell_of_a_sheet_is_a_formula(known):
    sheet = opened(archive_of(known, NOW))["bookings.csv"].decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(sheet)))
    assert row["Words of the refusal"] == "'=1+1"


def test_the_days_are_a_calendar(known):
    calendar = Calendar.from_ical(opened(archive_of(known, NOW))["my-days.ics"])
    told = sorted((str(event["SUMMARY"]), event["DTSTART"].dt) for event in calendar.walk("VEVENT"))
    assert [words for words, _start in told] == ["Leave", "Shift", "Telework"]
    assert told[0][1] == date(2026, 6, 8) and told[2][1] == date(2026, 6, 10)


def test_of_others_only_what_the_pages_show(known):
    """What I did for others is told by kind and time, never whom it was about; their rows are not mine."""
    other = factories.eligible_person(first_name="Zephyrine", last_name="Unseen")
    theirs = booked(other, date(2026, 6, 11))
    BookingNote.objects.create(booking=theirs, author=known, at=NOW, text="Fine with me.")
    record(known, "booking.approved", theirs, NOW, day="2026-06-11")
    record_read(known, [other], What.YEAR, NOW)
    files = opened(archive_of(known, NOW))
    whole = b"".join(files.values()).decode()
    assert "Unseen" not in whole and str(theirs.uid) not in whole and str(other.uid) not in whole
    assert kept(files, "notes_you_wrote") == [{"at": "2026-06-03T07:00:00Z", "text": "Fine with me."}]
    assert kept(files, "what_you_did")[-1]["verb"] == "booking.approved"
    assert kept(files, "what_you_opened")[0]["what"] == "year"


def test_the_api_gives_the_same(sign_in, known):
    answer = sign_in(known).get("/api/v1/my-data")
    assert answer.status_code == 200
    mine = json.loads(json.dumps(document_of(known, NOW), default=str))["tables"]
    assert {name: table["rows"] for name, table in answer.json()["tables"].items() if name != "sessions"} == {
        name: table["rows"] for name, table in mine.items() if name != "sessions"
    }


def test_a_key_needs_its_own_scope(client, known):
    for scope, status in (("people:read", 403), ("my_data:read", 200)):
        raw = create_token(known.account, name=scope, scopes=[scope], now=NOW)
        assert client.get("/api/v1/my-data", headers={"Authorization": f"Bearer {raw}"}).status_code == status


def test_ten_years_take_as_many_queries_as_one(known, django_assert_max_num_queries, django_assert_num_queries):
    def book(first: date, count: int) -> None:
        days = (first + timedelta(days=step) for step in range(count))
        rows = {"state": "approved", "requested_at": NOW, "updated_at": NOW, "decision": {"findings": []}}
        Booking.objects.bulk_create(Booking(person=known, day=day, **rows) for day in days)

    book(date(2025, 1, 1), 250)
    with django_assert_max_num_queries(60) as few:
        archive_of(known, NOW)
    book(date(2016, 1, 1), 2250)
    with django_assert_num_queries(len(few)):
        files = opened(archive_of(known, NOW))
    assert len(kept(files, "bookings")) == 2501


# ── who opened it


def test_whoever_opens_places_is_named_with_their_role(sign_in, known, team):
    nadia = Person.objects.get(last_name="Benali")
    for _time in range(2):
        assert sign_in(nadia).get(reverse("person_places", args=[known.uid])).status_code == 200
    page = sign_in(known).get(reverse("my_data")).content.decode()
    assert page.count("Nadia Benali, manager, looked at your places on 3 June") == 1
    assert kept(opened(archive_of(known, NOW)), "who_opened")[0]["reader"] == "Nadia Benali"


def test_it_is_said_in_french_too(sign_in, known, team):
    record_read(Person.objects.get(last_name="Benali"), [known], What.YEAR, NOW)
    known.account.language = "fr"
    known.account.save()
    assert (
        "Nadia Benali, responsable, a ouvert vos jours le 3 juin"
        in sign_in(known).get(reverse("my_data")).content.decode()
    )


def test_the_days_and_the_api_are_noted_once_a_day(sign_in, known, clock):
    nadia = Person.objects.get(last_name="Benali")
    client = sign_in(nadia)
    client.get(reverse("person_year", args=[known.uid, 2026]))
    client.get(f"/api/v1/people/{known.uid}/year/2026")
    assert ReadEvent.objects.filter(person=known, what="year").count() == 1
    clock("2026-06-04T09:00+02:00")
    sign_in(nadia).get(f"/api/v1/people/{known.uid}/year/2026")
    assert ReadEvent.objects.filter(person=known, what="year").count() == 2


def test_looking_at_oneself_is_no_event_and_no_query(person, django_assert_num_queries):
    with django_assert_num_queries(0):
        record_read(person, [person], What.YEAR, NOW)


def test_a_file_of_5000_people_is_noted_in_few_queries(person, django_assert_max_num_queries):
    entity, site = person.entity, person.site
    Person.objects.bulk_create(
        Person(entity=entity, site=site, first_name="A", last_name=str(number)) for number in range(5000)
    )
    with django_assert_max_num_queries(40):  # SQLite takes 999 values at once
        record_read(person, Person.objects.values_list("pk", flat=True), What.EXPORT, NOW)
    assert ReadEvent.objects.count() == 5000
    record_read(person, Person.objects.values_list("pk", flat=True), What.EXPORT, NOW)
    assert ReadEvent.objects.count() == 5000


# ── on request


def test_the_officer_hands_over_and_the_person_sees_it(sign_in, known):
    officer = factories.eligible_person(entity=known.entity, first_name="Odile", last_name="Duval")
    factories.grant(officer, Role.DPO)
    client = sign_in(officer)
    assert known.name in client.get(reverse("data_people"), {"q": known.first_name}).content.decode()
    answer = client.post(reverse("person_data_file", args=[known.uid]))
    assert kept(opened(answer.content), "places")[0]["commune"] == "Niort"
    assert AuditEvent.objects.get(verb="person.data_exported").actor == officer
    page = sign_in(known).get(reverse("my_data")).content.decode()
    assert "Odile Duval, data protection officer, looked at everything that is kept on you on 3 June" in page


@pytest.mark.parametrize("role", ["hr", "admin", "planner", None])
def test_nobody_else_hands_over(sign_in, known, role):
    other = factories.eligible_person(entity=known.entity)
    if role:
        factories.grant(other, role)
    assert sign_in(other).post(reverse("person_data_file", args=[known.uid])).status_code == 404
    assert not ReadEvent.objects.exists()


def test_the_officer_of_another_company_does_not(sign_in, known):
    officer = factories.eligible_person()
    factories.grant(officer, Role.DPO)
    client = sign_in(officer)
    assert client.post(reverse("person_data_file", args=[known.uid])).status_code == 404
    assert known.name not in client.get(reverse("data_people"), {"q": known.last_name}).content.decode()


def test_the_role_named_is_the_one_that_opens_the_thing(known):
    """Who protects data and also manages the team looked at places as its manager."""
    nadia = Person.objects.get(last_name="Benali")
    factories.grant(nadia, Role.DPO)
    record_read(nadia, [known], What.PLACES, NOW)
    record_read(nadia, [known], What.MY_DATA, NOW)
    assert dict(ReadEvent.objects.values_list("what", "role")) == {"places": "manager", "my_data": "dpo"}


def test_an_account_that_is_nobodys_has_its_own_data_and_no_more(client, known):
    """An administrator without a person: the account, its browsers, its keys; nothing of anybody else."""
    account = Account.objects.create_user("root@house.example", "a long enough one", is_staff=True)
    client.force_login(account)
    key = ApiToken.objects.create(account=account, name="Night job", scopes=["my_data:read"], token_hash="x" * 64,
                                  created_at=NOW)  # fmt: skip
    record(None, "key.made", key, NOW)
    assert reverse("my_data") in client.get(reverse("account")).content.decode()
    page = client.get(reverse("my_data"))
    assert page.status_code == 200 and "account.csv" in page.content.decode() and "shifts.csv" not in str(page.content)
    packed = zipfile.ZipFile(io.BytesIO(client.get(reverse("my_data_file")).content))
    whole = json.loads(packed.read("my-data.json"))
    assert whole["person"] == {"uid": None, "name": "root@house.example"}
    held = {name: table["rows"] for name, table in whole["tables"].items()}
    assert [row["email"] for row in held["account"]] == ["root@house.example"]
    assert [row["name"] for row in held["keys"]] == ["Night job"]
    assert [row["verb"] for row in held["events"]] == ["key.made"] and len(held["sessions"]) == 1
    assert known.last_name not in packed.read("my-data.json").decode()
    assert client.get("/api/v1/my-data").json()["person"]["uid"] is None
