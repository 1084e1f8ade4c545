"""Files as payroll writes them: leavers among the others, the first day of all with the rate of today, two readers."""

from datetime import date

import pytest
from django.urls import reverse

from people import clock
from people.imports import runs
from people.models import Account, AuditEvent, Membership, Person
from tests import factories
from tests.people.imports.conftest import TODAY
from tests.people.imports.test_staff import HEAD, sentences

pytestmark = pytest.mark.django_db
LEFT = HEAD.replace("\n", ";Date de sortie\n")


def test_who_leaves_keeps_neither_team_nor_manager_that_the_file_still_names(office, team):
    gone = factories.eligible_person(team=team, number="L", last_name="Roy", first_name="Eve")
    chief = factories.manager_of(team, number="C")
    content = LEFT + f"L;Roy;Eve;;;;{team.name};{chief.number};31/01/2026\n"
    office.load(content)
    assert gone.memberships.get().last_day == date(2026, 1, 31)
    assert not office.look(content).changes


def test_who_leaves_later_is_in_the_new_team_until_then(office, team):
    other = factories.TeamFactory(entity=team.entity, site=team.site)
    goes = factories.eligible_person(team=team, number="L")
    office.load(f"matricule;équipe;date de sortie\nL;{other.name};31/03/2026\n")
    assert goes.memberships.get(team=other).last_day == date(2026, 3, 31)


def test_somebody_unknown_who_has_left_is_not_invited(office, team):
    rows = f"7;Roy;Eve;eve@example.org;2020-01-06;100;{team.name};;2025-12-31\n"
    office.load(LEFT + rows + f"8;Roy;Ida;ida@example.org;2020-01-06;100;{team.name};;2026-12-31\n", invite=True)
    assert not Membership.objects.filter(person__number="7").exists()
    assert not Account.objects.filter(email="eve@example.org").exists()
    assert Person.objects.get(number="8").account.email == "ida@example.org"


def test_nobody_who_has_left_is_made_a_manager(office, team):
    gone = factories.eligible_person(team=team, number="L")
    gone.contracts.update(end=date(2025, 12, 31))
    factories.eligible_person(team=team, number="9")
    assert "no longer works here" in sentences(office.look("matricule;manager\n9;L\n"))


def test_the_rate_of_today_beside_the_first_day_of_all_leaves_the_past(office, team):
    """Payroll gives the day of hiring with the present rate: a new contract, and none at the second reading."""
    person = factories.eligible_person(team=team, number="9")
    first = person.contracts.get().start
    content = f"matricule;début de contrat;taux\n9;{first};50\n"
    office.load(content, kind="contracts")
    old, new = person.contracts.order_by("start")
    assert (old.rate, old.end, new.rate, new.start) == (100, date(2026, 2, 1), 50, TODAY)
    assert not office.look(content, kind="contracts").changes
    both = f"matricule;début;fin;taux\n9;{first};2026-02-01;100\n9;2026-02-02;;50\n"
    assert not office.look(both, kind="contracts").changes
    office.load(content.replace(";50", ";60"), kind="contracts", as_of=date(2026, 4, 15))
    assert [(row.rate, row.end) for row in person.contracts.order_by("start")] == [
        (100, date(2026, 2, 1)), (50, date(2026, 4, 14)), (60, None)]  # fmt: skip


def test_exactly_five_in_a_hundred_may_leave_by_omission(office, team):
    for number in range(59):
        factories.eligible_person(team=team, number=f"P{number}")
    rows = ["matricule", "HR1", *(f"P{number}" for number in range(59))]
    assert office.look("\n".join(rows[:-3]), whole=True).counts["leaves"] == 3
    told = office.look("\n".join(rows[:-4]), whole=True)
    assert "4 of 60 people are not in the file (6.7 %)" in sentences(told) and not told.counts["leaves"]
    assert told.fault_count == 1


def test_what_a_colleague_writes_is_kept_under_the_colleague_s_name(desk, team, sign_in):
    _answer, run = desk.read(f"Matricule;Nom;Prénom;Équipe\n7;Roy;Eve;{team.name}\n")
    desk.confirm(run)
    colleague = factories.eligible_person(team=team, number="HR2")
    factories.grant(colleague, "hr")
    sign_in(colleague).post(reverse("import_write", args=[run.uid]), {"seen": run.digest})
    assert AuditEvent.objects.get(verb="person.imported").actor == colleague


def test_a_grant_that_ended_meanwhile_writes_nothing(desk, team, hr, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    _answer, run = desk.read(f"Matricule;Nom;Prénom;Équipe\n7;Roy;Eve;{team.name}\n8;Roy;Ida;{team.name}\n")
    desk.confirm(run)
    runs.work(run, now=clock.now)
    desk.write(run)
    hr.grants.all().delete()
    runs.work(run, now=clock.now)
    assert run.state == "faulty" and not Person.objects.filter(number="7").exists()
    assert "no longer import" in runs.faults_of(run)[0].sentence


def test_two_workers_at_one_run_write_it_once(desk, team, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    _answer, run = desk.read(f"Matricule;Nom;Prénom;Équipe\n7;Roy;Eve;{team.name}\n8;Roy;Ida;{team.name}\n")
    desk.confirm(run)
    runs.work(run, now=clock.now)
    desk.write(run)
    twin = type(run).objects.get(pk=run.pk)
    runs.work(run, now=clock.now)
    runs.work(twin, now=clock.now)
    run.refresh_from_db()
    assert run.state == "done" and Person.objects.filter(last_name="Roy").count() == 2


@pytest.mark.parametrize(("held", "written"), [("00123", "123"), ("123", "00123"), ("00123", "123.0")])
def test_zeros_that_a_spreadsheet_took_from_a_number_make_nobody_new(office, team, held, written):
    factories.eligible_person(team=team, number=held, last_name="Roy")
    assert not office.look(f"matricule;nom\n{written};ROY\n").counts["new"]
    told = sentences(office.look(f"matricule;nom;prénom\n{written};Petit;Ida\n"))
    assert f"has {held}. Format the column as text" in told
    assert "stands on line 2 already" in sentences(office.look(f"matricule;nom\n{held};Roy\n{written};Roy\n"))


def test_a_manager_may_be_named_by_a_number_without_its_zeros(office, team):
    factories.manager_of(team, number="00042")
    factories.eligible_person(team=team, number="9")
    found = office.look("matricule;manager\n9;42\n")
    assert not found.changes and not found.faults


def test_teams_are_told_apart_in_every_script(office, team):
    for name in ("技术部", "市场部", "C", "C++"):
        factories.TeamFactory(entity=team.entity, site=team.site, name=name)
    office.load("matricule;nom;prénom;équipe\n1;A;A;市场部\n2;B;B;C++\n3;C;C;c\n")
    found = dict(Membership.objects.filter(person__number__in="123").values_list("person__number", "team__name"))
    assert found == {"1": "市场部", "2": "C++", "3": "C"}


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "#N/D", "NULL", "nan", "=A1"])
def test_what_a_spreadsheet_writes_for_no_value_is_no_name(office, team, value):
    told = office.look(f"matricule;nom;prénom;équipe\n1;Roy;Eve;{value}\n", create_teams=True)
    assert f"2: “{value}” is a formula" in sentences(told) and not told.new(Person)


def test_the_day_that_never_comes_leaves_a_contract_open(office, team):
    person = factories.eligible_person(team=team, number="9")
    assert not office.look("matricule;fin de contrat;date de sortie\n9;31/12/9999;9999-12-31\n").changes
    assert person.contracts.get().end is None
