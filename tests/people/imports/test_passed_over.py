"""What stands in files besides entries: heads again, totals, remarks, the managers of managers. Told, never silent."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import Workbook

from people import imports
from people.imports import read_tables, runs, staff
from people.imports.health import empty_columns
from people.imports.passed import entries_of
from people.models import ImportRun, Membership, Person
from tests import factories
from tests.people.imports.conftest import ZONE
from tests.people.imports.test_staff import HEAD, line, sentences

TITLES = ("Matricule", "Nom", "Prénom", "Taux", "Équipe")
FIELDS = ("number", "last_name", "first_name", "rate", "team")


def told(*cells, titles=TITLES, fields=FIELDS) -> str:
    """Why a line is passed over; "" for an entry."""
    _entries, passed = entries_of([(2, list(cells))], titles, fields)
    return passed[0][1] if passed else ""


@pytest.mark.parametrize(
    "cells",
    [
        ("Total", "", "", "4200", ""),
        ("", "TOTAL GÉNÉRAL", "", "4 200", ""),
        ("Total général :", "42", "", "", ""),
        ("Sous-total", "", "", "80", "Comptabilité"),
        ("Somme", "", "", "4200"),
        ("Effectif total : 42",),
        ("Nombre de salariés : 42",),
        ("Gesamtsumme", "", "", "4200"),
        ("Grand Total", "42 people"),
        ("", "Total", "42"),
        ("", "Moyenne", "", "92,4"),
    ],
)
def test_totals_are_passed_over_and_said(cells):
    assert "Totals" in told(*cells)


@pytest.mark.parametrize(
    "cells",
    [
        ("7", "Total", "Marie", "80", ""),
        ("7", "Somme", "Jean", "", ""),
        ("", "Total", "Marie", "80", ""),
        ("7", "", "", "", ""),
        ("AB 12", "", "", "", ""),
        ("7", "Martin", "Léa", "100", "Total Énergie"),
        ("", "Martin", "", "", ""),
        ("", "De La Tour", "", "", ""),
    ],
)
def test_people_are_not_taken_for_totals(cells):
    assert told(*cells) == ""


def test_a_team_may_be_called_as_totals_are():
    titles, fields = ("Équipe", "Site", "Codes"), ("team", "site", "codes")
    assert told("Total Énergie", "Niort", "", titles=titles, fields=fields) == ""
    assert told("Nombre d’or", "", "", titles=titles, fields=fields) == ""
    assert "Totals" in told("Total", "12", "", titles=titles, fields=fields)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (TITLES, "names of the columns"),
        (("matricule", "nom"), "names of the columns"),
        (("-----", "-----"), "signs"),
        (("Page 2 / 12",), "“Page 2 / 12”"),
        (("Édité le 02/02/2026 à 10:34",), "“Édité le 02/02/2026 à 10:34”"),
        (("", "Service : Comptabilité"), "“Service : Comptabilité”"),
        (("* mi-temps thérapeutique: Mme Roy",), "“…”"),
    ],
)
def test_what_is_no_entry_is_told_with_its_line(cells, said):
    assert said in told(*cells)


def test_empty_lines_between_entries_are_counted_not_those_at_the_end():
    rows = [(2, ["1", "A"]), (3, [""]), (6, ["2", "B"]), (9, [""])]
    entries, passed = entries_of(rows, TITLES, FIELDS)
    assert [number for number, _cells in entries] == [2, 6]
    assert passed == [(0, "3 empty lines between the others were passed over.")]


@pytest.mark.django_db
def test_a_file_with_pages_and_totals_is_read_and_every_line_left_out_is_told(desk, team, hr):
    rows = line("1", mail="a@example.org", team=team.name) + "\n" + HEAD + line("2", "Roy", "Eve", "e@example.org",
                                                                              team=team.name)  # fmt: skip
    _answer, run = desk.read(HEAD + rows + "Total;2;;;;180;;\n")
    page = desk.confirm(run, pattern=hr.contracts.get().pattern.name).content.decode()
    assert "2 new" in page and "3 things of the file were passed over" in page
    assert "The names of the columns again" in page and "Totals (“Total”)" in page and "1 empty line" in page
    report = desk.client.get(reverse("import_report", args=[run.uid])).content.decode()
    assert 'Passed over,"Totals (“Total”)' in report
    desk.write(run)
    assert set(Person.objects.filter(number__in="12").values_list("last_name", flat=True)) == {"Martin", "Roy"}


@pytest.mark.django_db
def test_rosters_have_titles_above_and_totals_below(roster):
    content = "Planning;mars 2026\n\nmatricule;début;fin\nA;2026-03-02 06:00;2026-03-02 14:00\nTotal;8;\n"
    plan = roster.plan(content)
    assert len(plan.added) == 1 and not plan.faults
    assert [number for number, _sentence in plan.passed] == [5]


@pytest.mark.django_db
def test_formulas_of_rosters_are_refused_only_where_they_are_read(roster):
    book, out = Workbook(), io.BytesIO()
    for row in (["person", "start", "end", "hours"], ["A", "2026-03-02 06:00", "2026-03-02 14:00", "=C2-B2"],
                ["B", "=NOW()", "2026-03-02 14:00", "#N/A"]):  # fmt: skip
        book.active.append(row)
    book.save(out)
    plan = roster.plan(out.getvalue())
    (fault,) = plan.faults
    assert (fault.line, fault.field) == (3, "start") and "formula" in fault.sentence
    assert imports.read(out.getvalue(), zone=ZONE)[0].get("end") == "2026-03-02 14:00"


class TestManagersOfManagers:
    pytestmark = pytest.mark.django_db

    @pytest.fixture(autouse=True)
    def _people(self, team):
        self.team = team
        for number in ("ana", "ben", "cleo", "boss"):
            factories.PersonFactory(entity=team.entity, site=team.site, number=number, first_name=number, last_name="X")

    def leaders(self, office, rows, **choices):
        team = self.team.name
        lines = "".join(f"{who};{team};{boss}\n" for who, boss in rows)
        plan = office.load("matricule;équipe;manager\n" + lines, **choices)
        held = Membership.objects.filter(team=self.team, role="manager", last_day=None)
        return sorted(held.values_list("person__number", flat=True)), [said for _line, said in plan.passed]

    def test_who_leads_ones_manager_does_not_lead_one(self, office):
        found, said = self.leaders(office, [("ana", "boss"), ("ben", "ana"), ("cleo", "ana")])
        assert found == ["ana"] and "ana X leads the team" in said[0] and "boss X is not made" in said[0]

    def test_two_managers_whom_members_name_are_both_kept(self, office):
        found, said = self.leaders(office, [("ana", "boss"), ("ben", "ana"), ("cleo", "boss")])
        assert (found, said) == (["ana", "boss"], [])

    def test_a_line_of_a_manager_alone_makes_no_second_one(self, office):
        self.leaders(office, [("ben", "ana"), ("cleo", "ana")])
        found, said = self.leaders(office, [("ana", "boss")])
        assert found == ["ana"] and len(said) == 1

    def test_a_successor_whom_everybody_names_takes_the_team_over(self, office, hr):
        self.leaders(office, [("ben", "ana"), ("cleo", "ana")])
        hr.memberships.all().delete()
        found, said = self.leaders(office, [("ana", "boss"), ("ben", "boss"), ("cleo", "boss")], as_of=date(2026, 3, 1))
        held = Membership.objects.get(team=self.team, role="manager", person__number="ana")
        assert said == [] and "boss" in found and held.last_day == date(2026, 2, 28)

    def test_two_who_name_each_other_are_a_circle(self, office):
        rows = f"ana;{self.team.name};ben\nben;{self.team.name};ana\n"
        assert "would be a circle" in sentences(office.look("matricule;équipe;manager\n" + rows))


@pytest.mark.django_db
def test_words_about_health_in_columns_that_nobody_reads_are_never_kept(desk, team):
    content = (f"Matricule;Nom;Prénom;Site;Commentaire RH;Bureau\n1;Roy;Eve;{team.site.name};en arrêt maladie;B12\n"
               f"2;Roy;Ben;{team.site.name};rien;B13\n")  # fmt: skip
    _answer, run = desk.read(content)
    told = desk.client.get(reverse("import_run", args=[run.uid])).content.decode()
    kept = str(runs.unpacked(ImportRun.objects.get().content))
    assert "maladie" not in told and "words about health (line 2 first)" in told
    assert "maladie" not in kept and "rien" not in told and "B12" in told
    assert "Nothing of this column was kept" in desk.confirm(run).content.decode()


def test_names_of_posts_and_teams_may_hold_such_words():
    tables = read_tables("matricule;équipe;remarque\n1;Pôle santé;rh@sante.fr\n2;Médical;\n".encode())
    assert empty_columns(tables, staff.heads(tables, "people"), lambda head: ["number", "team", ""]) == []
    assert empty_columns(tables, staff.heads(tables, "people"), lambda head: ["number", "", ""]) == [[0, 2, "équipe"]]
    assert [cells for _line, cells in tables[0].rows[1:]] == [["1", "", "rh@sante.fr"], ["2", ""]]


@pytest.mark.django_db
def test_a_kind_of_contract_about_health_is_refused_without_being_repeated(office, team):
    factories.eligible_person(team=team, number="9")
    plan = office.look("matricule;statut\n9;mi-temps thérapeutique\n", kind="contracts")
    assert "about health" in sentences(plan) and "thérapeutique" not in sentences(plan)
    assert plan.faults[0].value == ""
