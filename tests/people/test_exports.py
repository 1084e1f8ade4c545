"""Files of what one may see: no row more, no formula, and true numbers as numbers."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from people.audit import record
from people.exports import KINDS, Kind, Rows, harmless, offered_to, register
from people.exports.cells import as_json, as_text
from people.imports import read_tables, staff
from people.models import AuditEvent, Contract, Entity, ReadEvent, Role, Skill
from policies.models import TeamCharter
from telework.exports.agreements import number_in
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 3)
NOW = datetime(2026, 6, 3, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(clock):
    clock("2026-06-03T08:00+02:00")


@pytest.fixture
def house():
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity)
    found = {"team": team, "manager": factories.manager_of(team, last_name="Benali", number="1")}
    for name in ("hr", "planner", "camille", "mate"):
        found[name] = factories.eligible_person(team=team, last_name=name, number=f"N-{name}")
    found["other"] = factories.eligible_person(team=factories.TeamFactory(entity=team.entity), last_name="other")
    found["stranger"] = factories.eligible_person(team=factories.TeamFactory(), last_name="stranger")
    factories.grant(found["hr"], Role.HR)
    factories.grant(found["planner"], Role.PLANNER)
    for who in found.values():
        if who is not team:
            who.absences.create(kind="leave", first_day=date(2026, 6, 8), last_day=date(2026, 6, 9))
            factories.shift(who, "2026-06-10T09:00+02:00", "2026-06-10T17:00+02:00")
    return found


def take(client, kind: str, form: str = "json", **query):
    answer = client.get(reverse("export_file", args=[kind, form]), query)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return b"".join(answer.streaming_content)


def names(content: bytes) -> set[str]:
    return {row["last_name"] for row in json.loads(content)["rows"]}


@pytest.mark.parametrize(
    ("who", "kind", "expected"),
    [
        ("camille", "people", {"camille"}),
        ("manager", "people", {"Benali", "hr", "planner", "camille", "mate"}),
        ("hr", "people", {"Benali", "hr", "planner", "camille", "mate", "other"}),
        ("manager", "contracts", {"Benali"}),
        ("planner", "contracts", {"planner"}),
        ("hr", "contracts", {"Benali", "hr", "planner", "camille", "mate", "other"}),
        ("camille", "absences", {"camille"}),
        ("planner", "shifts", {"Benali", "hr", "planner", "camille", "mate", "other"}),
        ("manager", "teams", {"Benali", "hr", "planner", "camille", "mate"}),
    ],
)
def test_a_file_holds_those_whom_its_reader_may_see_and_nobody_else(sign_in, house, who, kind, expected):
    assert names(take(sign_in(house[who]), kind)) == expected


def test_the_kind_of_an_absence_and_staff_numbers_are_for_those_who_keep_them(sign_in, house):
    def rows(who):
        found = json.loads(take(sign_in(house[who]), "absences"))["rows"]
        return {row["last_name"]: (row["kind"], row["number"]) for row in found}

    assert rows("manager")["camille"] == ("", "") and rows("manager")["Benali"] == ("leave", "1")
    assert rows("planner")["camille"] == ("leave", "N-camille")
    assert rows("camille") == {"camille": ("leave", "N-camille")}


@pytest.mark.parametrize(
    ("who", "kind", "expected"),
    [
        ("hr", "skills", {"camille", "other"}),
        ("hr", "on_calls", {"camille", "other"}),
        ("manager", "on_calls", {"camille"}),
        ("camille", "on_calls", {"camille"}),
        ("hr", "places", {"Benali", "planner", "camille", "mate", "other"}),
        ("manager", "places", {"hr", "planner", "camille", "mate"}),
    ],
)
def test_skills_places_and_on_call_periods_hold_those_in_reach(sign_in, house, who, kind, expected):
    skill = Skill.objects.create(code="nurse", name="Nurse")
    for each in ("camille", "other", "stranger"):
        person = house[each]
        person.skills.create(skill=skill, first_day=TODAY)
        person.places.create(label="home", commune="Niort", declared_on=TODAY)
        start = datetime(2026, 6, 6, 18, tzinfo=UTC)
        person.on_calls.create(start=start, end=start + timedelta(days=2), zone="Europe/Paris", site=person.site)
    content = take(sign_in(house[who]), kind)
    assert names(content) == expected and b"Niort" not in content


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("camille", {"skills", "places", "team_list", "entities", "sites", "events", "company", "agreements", "lab"}),
        ("manager", {"skills", "team_list", "entities", "sites", "events", "company", "agreements", "lab"}),
        ("hr", {"entities", "sites", "events"}),
        ("planner", {"skills", "places", "team_list", "entities", "sites", "events", "agreements", "lab"}),
    ],
)
def test_files_that_are_not_ones_own_are_not_found_and_not_offered(sign_in, house, who, kinds):
    client = sign_in(house[who])
    page = client.get(reverse("exports")).content.decode()
    for kind in kinds:
        assert client.get(reverse("export_file", args=[kind, "csv"])).status_code == 404, kind
        assert f"/exports/{kind}.csv" not in page


def test_the_month_of_a_company_is_each_of_its_people_day_by_day(sign_in, house):
    rows = json.loads(take(sign_in(house["hr"]), "company", first="2026-06-08", last="2026-06-09"))["rows"]
    mine = [row for row in rows if row["name"] == house["camille"].name]
    assert [row["day"] for row in mine] == ["2026-06-08", "2026-06-09"]
    assert mine[0]["first_half"] == "absent" and "leave" not in json.dumps(rows)
    assert house["other"].name in str(rows) and house["stranger"].name not in str(rows)
    answer = sign_in(house["hr"]).get(
        reverse("export_file", args=["company", "csv"]), {"first": "2026-06-01", "last": "2026-07-15"}
    )
    assert answer.status_code == 422


def test_margins_are_numbers_of_people(sign_in, house):
    factories.requirement(house["team"], 2)
    client = sign_in(house["hr"])
    sheet = load_workbook(io.BytesIO(take(client, "margins", "xlsx", first="2026-06-10", last="2026-06-10"))).active
    gaps = json.loads(take(client, "gaps", first="2026-06-10", last="2026-06-10"))["rows"]
    assert sheet["A2"].is_date and sheet["F2"].data_type == "n" and (sheet["F2"].value < 0) == bool(gaps)
    assert sheet.max_row == 2


def test_the_audit_is_for_the_officer_and_about_people_in_reach(sign_in, house):
    for who in ("camille", "stranger"):
        now = datetime(2026, 6, 2, 10, tzinfo=UTC)
        record(house[who], "person.changed", house[who], now, fields=["number"])
        record(None, "access.ended", house[who], now)
    officer = factories.eligible_person(team=factories.TeamFactory(entity=house["team"].entity), last_name="officer")
    factories.grant(officer, Role.DPO)
    rows = json.loads(take(sign_in(officer), "events", first="2026-06-02", last="2026-06-02"))["rows"]
    assert [(row["actor"], row["verb"], row["about"]) for row in rows] == [
        (house["camille"].name, "person.changed", house["camille"].name),
        ("", "access.ended", house["camille"].name),
    ]
    assert json.loads(rows[0]["values"]) == {"fields": ["number"]}
    assert ReadEvent.objects.filter(person=house["camille"], reader=officer, what="export").exists()


def test_what_teams_and_the_company_have_written_comes_as_rows(sign_in, house):
    TeamCharter.objects.create(team=house["team"], first_day=TODAY, values={"days": "2.50"}, words="=1", written_at=NOW)
    client = sign_in(house["camille"])
    (row,) = json.loads(take(client, "charters"))["rows"]
    assert (row["team"], row["setting"], row["value"], row["words"]) == (house["team"].name, "days", 2.5, "=1")
    assert b"'=1" in take(client, "charters", "csv")
    (version,) = json.loads(take(sign_in(house["hr"]), "agreements"))["rows"]
    assert version["state"] == "in_force" and version["entity"] == house["team"].entity.name


def test_a_file_that_is_not_by_team_says_so(sign_in, house):
    answer = sign_in(house["hr"]).get(
        reverse("export_file", args=["agreements", "csv"]), {"team": str(house["team"].uid)}
    )
    assert answer.status_code == 422 and "is not by team" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "figure", "number"),
    [("en", "1,234.5", Decimal("1234.5")), ("fr", "1\u202f234,5", Decimal("1234.5")), ("en", "−3", Decimal(-3)),
     ("en", "5 or more", "5 or more"), ("fr", "–", "–")],
)  # fmt: skip
def test_figures_of_the_lab_are_numbers_where_they_are(language, figure, number):
    with translation.override(language):
        assert number_in(figure) == number


def test_every_kind_comes_in_every_format_and_its_taking_is_kept_and_seen_by_those_in_it(sign_in, house):
    client = sign_in(house["hr"])
    offered = offered_to(house["hr"])
    assert len(offered) >= 14
    for kind in offered:
        query = {"team": str(house["team"].uid)} if kind.needs_team else {}
        for form in ("csv", "xlsx", "json"):
            assert take(client, kind.code, form, **query)
    event = AuditEvent.objects.filter(verb="export.made", data__kind="people", data__format="xlsx").get()
    assert event.actor == house["hr"] and event.data["rows"] == 6
    assert ReadEvent.objects.filter(person=house["camille"], what="export", reader=house["hr"]).count() == 1
    assert not ReadEvent.objects.filter(person=house["stranger"]).exists()


def test_a_period_beyond_a_year_or_backwards_and_a_foreign_team_are_refused_in_sentences(sign_in, house):
    client = sign_in(house["hr"])
    for query, said in (
        ({"first": "2026-01-01", "last": "2027-01-02"}, "366 at most"),
        ({"first": "2026-02-01", "last": "2026-01-01"}, "exchange them"),
        ({"first": "31/02/2026"}, "not a date"),
    ):
        answer = client.get(reverse("export_file", args=["shifts", "csv"]), query)
        assert answer.status_code == 422 and said in answer.content.decode()
    foreign = house["stranger"].memberships.get().team.uid
    assert client.get(reverse("export_file", args=["shifts", "csv"]), {"team": foreign}).status_code == 404
    assert client.get(reverse("export_file", args=["nothing", "csv"])).status_code == 404
    assert client.get(reverse("export_file", args=["people", "exe"])).status_code == 422
    assert not AuditEvent.objects.filter(verb="export.made").exists()


SIGNS = [
    "=1+1",
    "+33 1",
    "-3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "\u200b=1",
    "\ufeff+1",
    "−1",
]


@pytest.mark.parametrize("text", SIGNS)
def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Élodie", "O'Brien", "a=b", "Jean-Paul", "3-5", ""])
def test_other_texts_stay_as_they_are(text):
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("value", "french", "english", "in_json"),
    [
        (Decimal("-3.50"), "-3,5", "-3.5", -3.5),
        (Decimal("100.00"), "100", "100", 100),
        (Decimal("1E+2"), "100", "100", 100),
        (-7, "-7", "-7", -7),
        (True, "1", "1", True),
        (None, "", "", None),
        (date(2026, 6, 3), "2026-06-03", "2026-06-03", "2026-06-03"),
    ],
)
def test_true_numbers_stay_numbers(value, french, english, in_json):
    assert (as_text(value, "fr"), as_text(value, "en"), as_json(value)) == (french, english, in_json)


def test_names_that_look_like_formulas_are_texts_in_every_format(sign_in, house):
    person = house["camille"]
    person.last_name, person.first_name = '=HYPERLINK("http://x")', "+cmd|' /C calc'!A0"
    person.save()
    client = sign_in(person)
    rows = list(csv.reader(io.StringIO(take(client, "people", "csv").decode("utf-8-sig"))))
    assert rows[1][1].startswith("'=") and rows[1][2].startswith("'+")
    sheet = load_workbook(io.BytesIO(take(client, "people", "xlsx"))).active
    cell = sheet["B2"]
    assert (cell.data_type, cell.value, bool(cell.quotePrefix)) == ("s", person.last_name, True)
    assert json.loads(take(client, "people"))["rows"][0]["last_name"] == person.last_name


def test_numbers_and_days_of_a_sheet_are_numbers_and_days(sign_in, house):
    sheet = load_workbook(io.BytesIO(take(sign_in(house["hr"]), "contracts", "xlsx"))).active
    assert sheet["G2"].data_type == "n" and sheet["G2"].value == 100
    assert sheet["D2"].is_date and sheet["D2"].value.date() == date(2020, 1, 1)


def test_a_french_file_has_semicolons_and_decimal_commas(sign_in, house):
    me = house["camille"]
    me.contracts.update(rate=Decimal("62.50"))
    me.account.language = "fr"
    me.account.save()
    rows = list(csv.reader(io.StringIO(take(sign_in(me), "contracts", "csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[1][6] == "62,5"


def test_control_characters_break_no_format(sign_in, house):
    me = house["camille"]
    me.last_name = 'a\x0bb\nc\x1f;,"d'
    me.save()
    client = sign_in(me)
    assert len(list(csv.reader(io.StringIO(take(client, "people", "csv").decode("utf-8-sig"))))) == 2
    assert load_workbook(io.BytesIO(take(client, "people", "xlsx"))).active["B2"].value == 'a b c ;,"d'
    assert names(take(client, "people")) == {me.last_name}


def test_rows_are_written_as_they_are_read(sign_in, house):
    """Two hundred thousand rows leave in pieces: none of them waits for the last."""
    drawn = []

    def endless(ask):
        return Rows(200_000, (drawn.append(number) or [number] for number in range(200_000)))

    register(Kind("endless", "Endless", "", [("n", "N")], "export_people", endless))
    try:
        answer = sign_in(house["camille"]).get(reverse("export_file", args=["endless", "csv"]))
        pieces = iter(answer.streaming_content)
        next(pieces), next(pieces)
        assert 0 < len(drawn) <= 1000
        assert sum(1 for _piece in pieces) > 100
        too_many = Kind("endless", "Endless", "", [("n", "N")], "export_people", lambda ask: Rows(200_001, ()))
        register(too_many)
        refused = sign_in(house["camille"]).get(reverse("export_file", args=["endless", "xlsx"]))
        assert refused.status_code == 422 and "200000 at most" in refused.content.decode()
    finally:
        del KINDS["endless"]


@pytest.mark.parametrize("kind", ["people", "contracts", "shifts", "absences", "teams", "bookings"])
def test_a_file_costs_the_same_queries_for_five_people_and_twenty(sign_in, house, kind, django_assert_max_num_queries):
    client = sign_in(house["hr"])
    for _number in range(20):
        factories.eligible_person(team=house["team"])
    with django_assert_max_num_queries(26):
        take(client, kind)


def test_the_page_offers_each_reader_what_they_may_take(sign_in, house):
    employee = sign_in(house["camille"]).get(reverse("exports")).content.decode()
    assert "/exports/people.csv" in employee and "/exports/gaps.csv" not in employee
    factories.requirement(house["team"], 1)
    assert "/exports/gaps.csv" in sign_in(house["hr"]).get(reverse("exports")).content.decode()


def test_scripts_take_the_same_files(sign_in, house):
    client = sign_in(house["hr"])
    listed = client.get("/api/v1/exports").json()["items"]
    assert {"people", "balances"} <= {one["kind"] for one in listed}
    answer = client.get("/api/v1/exports/people", {"format": "csv"})
    assert answer.status_code == 200 and b"camille" in b"".join(answer.streaming_content)
    assert client.get("/api/v1/exports/people", {"format": "exe"}).status_code == 422
    assert client.get("/api/v1/exports/people", {"colour": "red"}).status_code == 422


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["people", "contracts"])
def test_a_file_taken_out_is_read_back_without_a_difference(sign_in, house, kind, form, language):
    """As HR does it: take the list out, import it again."""
    hr, team = house["hr"], house["team"]
    hr.account.language = language
    hr.account.save()
    odd = factories.eligible_person(team=team, number="007", first_name="Zoé", last_name="O’Brien; “Ada”", job="it")
    odd.contracts.update(rate=Decimal("62.50"), end=date(2027, 3, 31), trial_end=date(2020, 3, 1))
    factories.MembershipFactory(person=odd, team=factories.TeamFactory(entity=team.entity), first_day=date(2021, 1, 1))
    week = factories.WorkPatternFactory(name="Week of the house")  # one week, by one name
    Contract.objects.update(pattern=week)
    content = take(sign_in(hr), kind, form)
    tables = read_tables(content)
    staff.refuse_columns(tables, kind)
    head = staff.heads(tables, kind)[0]
    columns = tuple(staff.columns_of(head.titles, kind))
    plan = staff.plan_staff(
        tables[0], head, staff.Choices(columns, as_of=TODAY), kind=kind, home=team.entity,
        reach=Entity.objects.filter(pk=team.entity_id), by=hr, today=TODAY,
    )  # fmt: skip
    assert [fault.sentence for fault in plan.faults] == []
    assert not plan.changes, plan.changes


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_apostrophe_of_ours_is_no_part_of_a_name_that_is_read_back(sign_in, house, form):
    """Numbers with zeros, names that begin with a sign: out and in again, and nobody has changed."""
    hr, team = house["hr"], house["team"]
    factories.eligible_person(team=team, number="00042", last_name="-Xavier", first_name="@na", job_title="+ de 3 ans")
    tables = read_tables(take(sign_in(hr), "people", form))
    head = staff.heads(tables, "people")[0]
    plan = staff.plan_staff(
        tables[0], head, staff.Choices(tuple(staff.columns_of(head.titles, "people")), as_of=TODAY), kind="people",
        home=team.entity, reach=Entity.objects.filter(pk=team.entity_id), by=hr, today=TODAY,
    )  # fmt: skip
    assert not plan.faults and not plan.changes, (plan.faults, plan.changes)
