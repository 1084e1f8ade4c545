"""/people/import/: human resources read a file, say what its columns mean, look, and write."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse

from people import tasks
from people.imports import runs
from people.models import AuditEvent, ColumnMemory, Entity, ImportRun, Membership, Person
from tests import factories

pytestmark = pytest.mark.django_db
FILE = "Matricule;Nom;Prénom;Mail;Embauche;Équipe\n{}"


def rows(team, *numbers):
    return FILE.format("".join(f"{n};Roy;Eve;p{n}@example.org;2026-01-05;{team.name}\n" for n in numbers))


def test_a_file_goes_through_its_four_steps(desk, team):
    answer, run = desk.read(rows(team, 1, 2))
    assert (answer.status_code, run.state) == (302, "columns")
    page = desk.confirm(run).content.decode()
    assert "2 new" in page and "Eve Roy" in page and not Person.objects.filter(number="1").exists()
    desk.write(run)
    assert run.state == "done" and run.content == ""
    assert Membership.objects.filter(person__number__in="12", team=team).count() == 2
    assert AuditEvent.objects.filter(verb="person.imported").count() == 2
    assert "Nothing of the file is kept" in desk.client.get(reverse("import_run", args=[run.uid])).content.decode()


def test_what_columns_mean_is_remembered_for_the_same_titles(desk, team):
    content = rows(team, 1).replace("Mail", "Adresse bizarre")
    _answer, run = desk.read(content)
    assert run.options["columns"][3] == ""
    desk.confirm(run, **{"column-3": "email"})
    assert ColumnMemory.objects.get().columns[3] == "email"
    assert desk.read(content)[1].options["columns"][3] == "email"


def test_faults_are_told_and_taken_as_csv_without_formulas(desk, team):
    _answer, run = desk.read(rows(team, 1) + "2;Roy;Eve;=cmd|1;2026-01-05;" + team.name + "\n")
    assert "1 thing to correct" in desk.confirm(run).content.decode()
    assert run.state == "faulty"
    report = desk.client.get(reverse("import_report", args=[run.uid])).content.decode()
    assert "'=cmd|1" in report and "is a formula" in report
    assert desk.write(run).status_code == 409 and not Person.objects.filter(number="1").exists()


def test_what_changed_meanwhile_is_not_written(desk, team):
    _answer, run = desk.read(rows(team, 1))
    desk.confirm(run)
    factories.PersonFactory(entity=team.entity, number="1", last_name="Other")
    desk.write(run)
    assert run.state == "faulty" and Person.objects.get(number="1").last_name == "Other"


def test_another_digest_writes_nothing(desk, team):
    _answer, run = desk.read(rows(team, 1))
    desk.confirm(run)
    assert desk.write(run, seen="x").status_code == 409 and run.state == "ready"


def test_refused_columns_keep_nothing(desk):
    answer, _run = desk.read("matricule;NIR\n1;185057800608491\n")
    assert answer.status_code == 422 and not ImportRun.objects.exists()
    assert "185057800608491" not in answer.content.decode()


def test_many_lines_are_the_worker_s_with_progress(desk, team, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    _answer, run = desk.read(rows(team, 1, 2))
    page = desk.confirm(run)
    assert run.state == "checking" and "0 of 2 lines" in page.content.decode()
    assert tasks.work_on_import(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.progress) == ("ready", 2)
    desk.write(run)
    assert run.state == "applying"
    fragment = desk.client.get(reverse("import_run", args=[run.uid]), headers={"HX-Request": "true"})
    assert "written in one piece" in fragment.content.decode()
    tasks.work_on_import(str(run.uid))
    assert Person.objects.filter(number__in="12").count() == 2


def test_a_run_whose_worker_was_stopped_goes_on(desk, team, monkeypatch, clock):
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    _answer, run = desk.read(rows(team, 1, 2))
    desk.confirm(run)
    woken = []
    monkeypatch.setattr(runs, "wake", lambda run: woken.append(run.pk))
    assert tasks.tend_imports() == 0
    clock("2026-02-02T09:03+01:00")
    tasks.tend_imports()
    assert woken == [run.pk]


def test_a_file_is_let_go_after_an_hour(desk, team, clock):
    _answer, run = desk.read(rows(team, 1))
    clock("2026-02-02T10:05+01:00")
    assert tasks.tend_imports() == 1
    run.refresh_from_db()
    assert (run.state, run.content) == ("gone", "")
    assert desk.client.get(reverse("import_run", args=[run.uid])).status_code == 200


def test_a_failure_of_ours_writes_nothing_and_names_nobody(desk, team, monkeypatch, caplog):
    _answer, run = desk.read(rows(team, 1))
    desk.confirm(run)

    def broken(*_args, **_values):
        raise RuntimeError(" ".join(("Eve", "Roy")))

    monkeypatch.setattr(runs, "write_staff", broken)
    desk.write(run)
    assert (run.state, run.content) == ("failed", "")
    assert "RuntimeError" in caplog.text and "Eve Roy" not in caplog.text


def test_an_import_of_another_entity_is_not_found(desk, team, sign_in):
    _answer, run = desk.read(rows(team, 1))
    other = factories.eligible_person(team=factories.TeamFactory())
    factories.grant(other, "hr")
    assert sign_in(other).get(reverse("import_run", args=[run.uid])).status_code == 404


def test_a_sheet_among_several_is_chosen(desk, team):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("Salariés")
    sheet.append(["Extraction du 1er février"])
    sheet.append(["Matricule", "Nom", "Prénom", "Date d'entrée", "Service"])
    sheet.append(["1", "Roy", "Eve", 45000, team.name])
    packed = io.BytesIO()
    book.save(packed)
    _answer, run = desk.read(packed.getvalue(), name="extraction.xlsx")
    assert run.options["table"] == 1
    desk.confirm(run, table=1)
    desk.write(run)
    assert Person.objects.get(number="1").hired_on.isoformat() == "2023-03-15"


def test_thousands_of_lines_take_a_constant_number_of_queries_a_chunk(desk, team, monkeypatch):
    """Ten times the people: as many statements again for each further chunk, and no more."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    monkeypatch.setattr(runs, "AT_ONCE", 10_000)
    counts = []
    for first in (1000, 2000):
        size = 40 if first == 1000 else 400
        _answer, run = desk.read(rows(team, *range(first, first + size)))
        with CaptureQueriesContext(connection) as told:
            desk.confirm(run)
            desk.write(run)
        assert run.state == "done"
        counts.append(len(told))
    assert counts[1] - counts[0] <= 40


def test_leaving_is_told_to_whom_telework_no_longer_holds(desk, team, hr):
    from notifications.models import Message
    from telework.models import Booking, State

    factories.agreement_in_force(team.entity)
    person = factories.eligible_person(team=team, number="9")
    factories.manager_of(team)
    at = person.account.created_at
    Booking.objects.create(person=person, day=at.date().replace(2026, 3, 11), state=State.APPROVED, answered_at=at,
                           requested_at=at, updated_at=at, requested_by=person)  # fmt: skip
    _answer, run = desk.read("matricule;date de sortie\n9;2026-02-28\n")
    desk.confirm(run)
    desk.write(run)
    assert run.state == "done"
    assert Booking.objects.get(person=person).state == State.APPROVED
    assert Message.objects.filter(recipient=person).exists()


def test_the_start_page_needs_the_row_of_the_table(sign_in, person):
    assert sign_in(person).get(reverse("people_import")).status_code == 404


def test_examples_are_read_as_they_are_handed_out(desk, hr, team):
    assert Entity.objects.count() >= 1
    for kind in ("people", "contracts", "teams", "managers", "places"):
        content = desk.client.get(reverse("import_template"), {"kind": kind}).content
        answer, run = desk.read(content, kind=kind)
        assert answer.status_code == 302 and all(run.options["columns"]), (kind, run.options["columns"])
    assert timedelta(hours=1) == runs.KEPT
