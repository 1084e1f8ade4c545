"""The pages of terms: human resources write and are seen reading; the person reads their own; nobody else does."""

import pytest
from django.utils import translation

from people.models import ReadEvent
from policies.models import PersonalTerm
from tests import factories

from .conftest import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(clock):
    clock("2026-06-08T09:00+02:00")


def form(desk, **fields) -> dict:
    what = f"effect:{desk.effect('Does not apply: Weekly cap')}"
    return {"what": what, "first": "2026-06-15", "last": "2026-07-15", "number": ""} | fields


def test_look_then_write_then_end(desk, sign_in):
    client, page = sign_in(desk.hr), f"/people/{desk.person.uid}/terms/"
    looked = client.post(page, form(desk)).content.decode()
    assert "The agreement allows it" in looked and not PersonalTerm.objects.exists()
    client.post(page, form(desk, write="1"))
    term = PersonalTerm.objects.get()
    assert "Does not apply: Weekly cap" in client.get(page).content.decode()
    client.post(f"/terms/{term.uid}/end/", {"last": "2026-06-20"})
    term.refresh_from_db()
    assert term.last_day.isoformat() == "2026-06-20"


def test_the_person_reads_their_own_and_who_has_read_it(desk, sign_in):
    factories.term(desk.person, MONDAY, lifts=["weekly_cap"])
    sign_in(desk.hr).get(f"/people/{desk.person.uid}/terms/")
    sign_in(desk.hr).get(f"/people/{desk.person.uid}/terms/")
    assert ReadEvent.objects.filter(what="terms", person=desk.person).count() == 1
    page = sign_in(desk.person).get("/terms/").content.decode()
    assert "Does not apply: Weekly cap" in page and desk.hr.name in page


def test_a_manager_and_a_colleague_find_nothing(desk, sign_in):
    term = factories.term(desk.person, MONDAY, lifts=["weekly_cap"])
    for other in (desk.manager, desk.person):
        client = sign_in(other)
        assert client.get(f"/people/{desk.person.uid}/terms/").status_code == 404
        assert client.get("/terms/people/").status_code == 404
        assert client.post(f"/terms/{term.uid}/end/", {"last": "2026-06-20"}).status_code == 404


def test_nobody_writes_their_own(desk, sign_in):
    assert sign_in(desk.hr).get(f"/people/{desk.hr.uid}/terms/").status_code == 404


def test_people_are_found_by_part_of_a_name_and_nothing_of_what_holds_is_told(desk, sign_in):
    factories.term(desk.person, MONDAY.replace(day=1), lifts=["weekly_cap"])
    client = sign_in(desk.hr)
    page = client.get("/terms/people/").content.decode()
    assert desk.person.name in page and "Weekly cap" not in page and desk.manager.name not in page
    assert desk.manager.name in client.get("/terms/people/", {"q": desk.manager.first_name}).content.decode()


@pytest.mark.parametrize("field", ["what", "first", "last", "number", "opinion"])
def test_nothing_typed_makes_the_form_fall_over(desk, sign_in, field):
    client = sign_in(desk.hr)
    for typed in (
        "",
        "x",
        "\0",
        "2026-99-99",
        "0001-01-01",
        "9999-12-31",
        "effect:",
        "code:pregnant",
        "é" * 500,
        "NaN",
    ):
        answer = client.post(f"/people/{desk.person.uid}/terms/", form(desk, write="", **{field: typed}))
        assert answer.status_code in (200, 422)
    assert not PersonalTerm.objects.exists()


def test_pages_are_in_french_too(desk, sign_in):
    for person in (desk.hr, desk.person):
        person.account.language = "fr"
        person.account.save()
    factories.term(desk.person, MONDAY, lifts=["all"])
    with translation.override("fr"):
        assert "Mes conditions" in sign_in(desk.person).get("/terms/").content.decode()
        page = sign_in(desk.hr).get(f"/people/{desk.person.uid}/terms/").content.decode()
    assert "Ne s’applique pas" in page and "toutes les règles" in page


def test_human_resources_come_to_the_terms_from_the_person_s_year(desk, sign_in):
    year, link = f"/people/{desk.person.uid}/year/2026/", f"/people/{desk.person.uid}/terms/"
    assert link in sign_in(desk.hr).get(year).content.decode()
    assert link not in sign_in(desk.manager).get(year).content.decode()
