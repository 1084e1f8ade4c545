"""Files as payroll and HR software of several countries writes them: read without a word, or refused with one."""

from datetime import date
from decimal import Decimal

import pytest

from people.imports import read_tables, staff
from people.imports.instants import Wrong
from people.imports.staff.desk import readers_of
from people.imports.staff.rates import read_rate
from people.imports.staff.values import STATUSES, Calendar, no_date, read_address, read_choice, read_yes
from people.models import ContractStatus, Person

WHO = {"number": "7", "last_name": "Martin", "first_name": "Léa"}
FILES = {
    "Sage": (
        "Société EXEMPLE;;;\nSalariés au 31/01/2026;;;\n;;;\nMatricule;Nom;Prénom;Date entrée;Taux activité\n"
        "7;Martin;Léa;15/09/2025;80 %"
    ),
    "Cegid": "PSA_SALARIE;PSA_LIBELLE;PSA_PRENOM;PSA_DATEENTREE\n7;Martin;Léa;15/09/2025",
    "ADP": "Associate ID,Last Name,First Name,Work E-mail,Hire Date,FTE\n7,Martin,Léa,lea@example.org,09/15/2025,0.8",
    "Workday": (
        "Employee ID,Legal Name - Last Name,Legal Name - First Name,Email - Primary Work,Original Hire Date,FTE %\n"
        "7,Martin,Léa,lea@example.org,2025-09-15,80"
    ),
    "SAP, German": (
        "Personalnummer;Nachname;Vorname;E-Mail;Eintrittsdatum;Beschäftigungsgrad;Kostenstelle\n"
        "7;Martin;Léa;lea@example.org;15.09.2025;80,00;4711"
    ),
    "SAP, infotypes": "Pers.No.\tLast name\tFirst name\tEntry\n7\tMartin\tLéa\t15.09.2025",
    "Silae": "Matricule;Civilité;Nom d'usage;Prénom;Date d'entrée;Temps de travail\n7;Mme;Martin;Léa;15/09/2025;TP 80",
    "PeopleDoc": "registration_references|firstname|lastname|email|start_date\n7|Léa|Martin|lea@example.org|2025-09-15",
    "Switzerland": "Pers.-Nr.;Name;Vorname;E-Mail;Eintritt;Pensum\n7;Martin;Léa;lea@example.org;15.9.2025;80%",
    "Belgium": (
        "Personeelsnummer;Naam;Voornaam;E-mail;Datum in dienst;Tewerkstellingspercentage\n"
        "7;Martin;Léa;lea@example.org;15/09/2025;80"
    ),
    "Canada": "Numéro d'employé,Nom,Prénom,Courriel,Date d'embauche\n7,Martin,Léa,lea@example.org,2025/09/15",
    "titles on two lines": 'Matricule;"Nom\nd\'usage";Prénom;"Date\nd\'entrée"\n7;Martin;Léa;15/09/2025',
    "soft hyphens": "Matri\u00adcule;Nom;Pré\u00adnom;Date d'entrée\n7;Mar\u00adtin;Léa;15/09/2025",
    "old Macintosh": "Matricule;Nom;Prénom;Date d'entrée\r7;Martin;Léa;15/09/2025\r".encode("mac_roman"),
    "UTF-16 with tabs": "Matricule\tNom\tPrénom\tDate d'entrée\n7\tMartin\tLéa\t15/09/2025".encode("utf-16"),
}


@pytest.mark.parametrize("name", FILES)
def test_titles_and_cells_of_every_vendor_are_read(name):
    content = FILES[name] if isinstance(FILES[name], bytes) else FILES[name].encode()
    tables = read_tables(content)
    staff.refuse_columns(tables, "people")
    head = staff.heads(tables, "people")[0]
    columns = staff.columns_of(head.titles, "people")
    (line,) = staff.columns.lines_under(tables[0], head, columns)
    readers = readers_of([line], staff.Choices(tuple(columns), date(2026, 2, 1)), since_1904=False)
    found = {name: readers[name](text) if name in readers else text for name, text in line.cells.items()}
    assert WHO.items() <= found.items() and found["hired_on"] == date(2025, 9, 15)
    assert found.get("rate", 80) == Decimal(80) and found.get("email", "lea@example.org") == "lea@example.org"


@pytest.mark.parametrize(
    ("text", "rate"),
    [("TP 80", 80), ("TP80%", 80), ("Temps partiel à 80 %", 80), ("Teilzeit 62,5%", 62.5), ("80 p. 100", 80),
     ("28h/35h", 80), ("28/35", 80), ("17,5/35", 50), ("TC", 100), ("Vollzeit", 100), ("80 pour cent", 80)],
)  # fmt: skip
def test_rates_stand_among_words(text, rate):
    assert read_rate(text, of_one=False) == Decimal(str(rate))


@pytest.mark.parametrize("text", ["TP", "TP 180", "35 h", "28/0", "4/5/6", "TP 0,8", "80 ou 90"])
def test_rates_that_may_be_several_things_are_refused(text):
    with pytest.raises(Wrong):
        read_rate(text, of_one=False)


@pytest.mark.parametrize(
    ("text", "status"),
    [("01 - CDI", "permanent"), ("C.D.I.", "permanent"), ("CDI temps partiel", "permanent"), ("Regular", "permanent"),
     ("CDI (Contrat à durée indéterminée)", "permanent"), ("CDD remplacement", "fixed_term"),
     ("Fixed Term Contract", "fixed_term"), ("Contrat d’apprentissage (loi 2018)", "apprentice"),
     ("Unbefristet", "permanent"), ("befristet", "fixed_term")],
)  # fmt: skip
def test_kinds_of_contract_stand_among_words(text, status):
    assert read_choice("status", text, STATUSES) == ContractStatus(status)


@pytest.mark.parametrize("text", ["non permanent", "CDI ou CDD", "ancien CDD", "forfait jours", "CDIX", "01"])
def test_words_that_name_no_kind_or_two_are_refused(text):
    with pytest.raises(Wrong, match="not known as kind of contract"):
        read_choice("status", text, STATUSES)


@pytest.mark.parametrize("text", ["mailto:LEA@example.org", "<lea@example.org>", "Léa Martin <lea@example.org>"])
def test_an_address_is_taken_out_of_what_mail_programs_write(text):
    assert read_address(text) == "lea@example.org"


@pytest.mark.parametrize("text", ["lea@example.org, eve@example.org", "<lea@example.org> <eve@example.org>", "<lea>"])
def test_two_addresses_are_none(text):
    with pytest.raises(Wrong):
        read_address(text)


@pytest.mark.parametrize("text", ["2025-09-15T00:00:00Z", "15. September 2025", "15 sept. 2025", "2025-09-15T08:30"])
def test_days_of_programs_are_read(text):
    assert Calendar().read("hired_on", text) == date(2025, 9, 15)


def test_a_moment_that_may_lie_on_two_days_is_none():
    with pytest.raises(Wrong):
        Calendar().read("hired_on", "2025-09-14T22:00:00Z")


@pytest.mark.parametrize("text", ["00/00/0000", "0000-00-00", "00.00.0000", "01/01/0001", "30/12/1899"])
def test_days_that_programs_write_for_none(text):
    assert no_date(text) and not no_date("01/01/2001")


def test_yes_and_no_of_the_neighbours():
    assert read_yes("rostered", "Ja") and not read_yes("rostered", "nee")


@pytest.mark.django_db
def test_cells_of_dashes_and_days_that_are_none_change_nothing(office, team):
    content = (
        "matricule;nom;prénom;site;courriel;emploi;date d'entrée\n"
        f"7;Martin;Léa;{team.site.name};-;—;00/00/0000\n8;Roy;Eve;{team.site.name};;..;  /  /  \n"
    )
    office.load(content)
    found = Person.objects.filter(number__in="78").values_list("email", "job_title", "hired_on")
    assert set(found) == {("", "", None)}
