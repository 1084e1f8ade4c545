"""What no file may hold: told by titles however they are spelt, and by numbers however they are hidden."""

import logging

import pytest
from django.db import connection

from people.imports import Unreadable, read_tables, staff
from people.imports.social_numbers import is_social_number
from people.models import ColumnMemory, ImportRun

pytestmark = pytest.mark.django_db
TITLES = (
    "Rôle", "rôles", "isAdmin", "user_role", "ADMIN", "Administrateur O/N", "Droits", "Profil",
    "Profil d’accès", "Habilitations", "Permissions", "Niveau d'accès", "NIR", "N.I.R.", "N° sécu", "N° S.S.",
    "N°SS", "Num. Séc. Soc. SSN", "INSEE", "N° INSEE", "Numéro de sécurité sociale", "RQTH", "R.Q.T.H.",
    "r q t h", "RQTH (O/N)", "Travailleur handicapé", "Handicap", "Taux d'invalidité", "Maladie",
    "Maladies professionnelles", "Visite médicale", "Avis médical", "Inaptitude", "Inapte", "Aptitude médicale",
    "Grossesse", "Congé maternité", "AT/MP", "AT-MP", "Accident du travail", "Arrêts de travail",
    "Mi-temps thérapeutique", "Syndicat", "Mandat syndical", "Religion", "Confession", "Ethnic origin",
    "Disability", "Sick leave", "Pregnant", "Health", "ＲＱＴＨ", "Orientation sexuelle",
)  # fmt: skip


def refused(content, kind="people") -> str:
    try:
        staff.refuse_columns(read_tables(content.encode()), kind)
    except Unreadable as bad:
        return bad.sentence
    return ""


@pytest.mark.parametrize("title", TITLES)
def test_a_column_that_no_file_may_hold_is_refused_however_it_is_spelt(title):
    assert "Take it out" in refused(f"matricule;nom;{title}\n1;Roy;x\n")


@pytest.mark.parametrize(
    "title",
    ["Civilité", "Profession", "Emploi", "Intitulé du poste", "Taux d'activité", "Sexe", "Date de naissance", "Site",
     "Entrée", "Région", "Unité", "Communication",
     "Service administratif", "Direction", "Nationalité", "N° de poste", "Classe", "Heures"],
)  # fmt: skip
def test_other_columns_are_passed_over(title):
    assert refused(f"matricule;nom;{title}\n1;Roy;x\n") == ""


def test_all_such_columns_are_named_at_once():
    told = refused("matricule;nom;Rôle;NIR;RQTH;Handicap\n1;Roy;x;x;x;x\n")
    assert all(f"“{title}”" in told for title in ("Rôle", "NIR", "RQTH", "Handicap"))


def test_a_title_over_several_columns_is_read_too():
    assert "“Santé”" in refused("Identité;;Santé;\nmatricule;nom;prénom;avis\n1;Roy;Eve;x\n")
    assert refused("Suivi santé et sécurité, extraction du 1er mars\nmatricule;nom;prénom\n1;Roy;Eve\n") == ""


HIDDEN = (
    "185057800608491", "1 85 05 78 006 084 91", "1.85.05.78.006.084.91", "1-85-05-78-006-084-91",
    "1/85/05/78/006/084/91", "1_85_05_78_006_084_91", "1\u00a085\u202f05 78 006 084 91", "NIR:185057800608491",
    "00185057800608491", "１８５０５７８００６０８４９１", "(185057800608491)", "x185057800608491x",
    "1.85057800608491E+14",
    "2 69 05 2A 588 157 17", "269052a58815717", "1850578006084 91",
)  # fmt: skip


@pytest.mark.parametrize("number", HIDDEN)
def test_a_social_security_number_is_found_however_it_is_written(number):
    assert is_social_number(number)
    told = refused(f"matricule;nom;remarque\n1;Roy;{number}\n")
    assert "Line 2, column “remarque”" in told and "8491" not in told and "15717" not in told


@pytest.mark.parametrize("number", ["185057800608490", "06 12 34 56 78", "FR7612345678901234567890189", "2024-09-01"])
def test_other_numbers_are_not_taken_for_one(number):
    assert not is_social_number(number)


def test_numbers_without_their_key_are_found_by_their_column():
    rows = "".join(f"{n};Roy;1850578006{n:03d}\n" for n in range(1, 9))
    assert "column “identifiant”" in refused("matricule;nom;identifiant\n" + rows)
    assert refused("matricule;nom;identifiant\n" + "1;Roy;1850578006084\n" + rows.replace("18505", "98599")) == ""


def test_nothing_of_a_refused_file_is_kept_or_logged(desk, caplog):
    caplog.set_level(logging.DEBUG)
    for content in ("matricule;remarque\n1;185057800608491\n", "matricule;nom;RQTH\n1;Secretname;oui\n"):
        answer, _run = desk.read(content, name="NIR 185057800608491.csv")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "185057800608491" not in page and "Secretname" not in page
    assert not ImportRun.objects.exists() and not ColumnMemory.objects.exists()
    assert "185057800608491" not in caplog.text and "Secretname" not in caplog.text


def test_nothing_of_a_file_stands_readable_in_the_database(desk, team):
    """Between the steps a file is encrypted, and a number in its name is not kept at all."""
    content = f"Matricule;Nom;Prénom;Équipe;Salaire\n7;Secretname;Eve;{team.name};31415926\n"
    _answer, run = desk.read(content, name="185057800608491.csv")
    desk.confirm(run)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_importrun")
        held = repr(cursor.fetchall())
    assert "Secretname" not in held and "31415926" not in held and "185057800608491" not in held


@pytest.mark.parametrize(
    "kind", ["maladie", "Arrêt maladie", "AT", "AT/MP", "congé maternité", "mi-temps thérapeutique"]
)
def test_the_reason_of_an_absence_is_refused_without_being_repeated(roster, kind):
    plan = roster.plan(f"person,from,to,kind\nA,2026-03-02,2026-03-03,{kind}\n", absences=True)
    (fault,) = plan.faults
    assert fault.field == "kind" and (kind == "AT" or (kind not in fault.sentence and fault.value == ""))
    assert not plan.added
