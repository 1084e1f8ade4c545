"""Cells as people and programs write them: dates, rates, numbers, names, letters."""

from datetime import date
from decimal import Decimal

import pytest

from people.imports import Unreadable, Wrong, read_tables
from people.imports.staff.rates import rates_of_one, read_rate
from people.imports.staff.values import Calendar, open_ended, read_number, split_name


@pytest.mark.parametrize(
    "text",
    ["2024-09-01", "2024-09-01T00:00:00", "2024-09-01 08:30", "2024-09-01 00:00:00.000", "2024/9/1", "20240901",
     "1.9.24", "01.09.2024", "01.09.2024 00:00:00", "45536", "45536.0", "45536,0", "1 sept. 2024", "1er septembre 2024",
     "dim. 1 sept. 2024", "dimanche 1er septembre 2024", "01-SEP-2024", "1-Sep-24", "01SEP2024", "Sep 1, 2024",
     "September 1st, 2024", "1 SEPTEMBRE 2024"],
)  # fmt: skip
def test_a_day_is_read_however_a_program_writes_it(text):
    assert Calendar().read("hired_on", text) == date(2024, 9, 1)


@pytest.mark.parametrize(
    "text",
    ["13/13/2024", "31/02/2024", "080324", "2024", "1 jui 2024", "1 Brumaire 2024", "2024-08-31T22:00:00Z", "60", "-3",
     "00/00/0000", "2024-W36", "01/09", "99999999", "1e5", "demain"],
)  # fmt: skip
def test_what_is_no_day_for_certain_is_refused(text):
    with pytest.raises(Wrong):
        Calendar("dmy").read("hired_on", text)


def test_day_numbers_since_1904_are_four_years_later():
    assert Calendar(since_1904=True).read("hired_on", "44074") == date(2024, 9, 1)


@pytest.mark.parametrize("text", ["31/12/9999", "9999-12-31", "99991231", "31.12.2999", "2958465", "9999-12-31T00:00"])
def test_the_day_that_never_comes_is_no_last_day(text):
    assert open_ended(text)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("80", "80"), ("80 %", "80"), ("80%", "80"), ("80,00 %", "80"), ("80.0", "80"), ("62,5", "62.5"), ("4/5", "80"),
     ("4/5e", "80"), ("28/35", "80"), ("83.33333333333334", "83.33"), ("100", "100"), ("Temps plein", "100"),
     ("mi-temps", "50"), ("0,5 %", "0.5"), ("80\u202f%", "80")],
)  # fmt: skip
def test_a_rate_is_read_however_it_is_written(text, rate):
    assert read_rate(text, of_one=False) == Decimal(rate)


@pytest.mark.parametrize(("text", "rate"), [("0,8", "80"), ("1", "100"), ("0.8333333333333334", "83.33"), (",5", None)])
def test_a_column_of_parts_of_one(text, rate):
    if rate is None:
        with pytest.raises(Wrong):
            read_rate(text, of_one=True)
    else:
        assert read_rate(text, of_one=True) == Decimal(rate)


def test_parts_of_one_beside_percentages_are_asked_about():
    assert not rates_of_one(["0,8", "100"]) and rates_of_one(["0,8", "1"]) and rates_of_one(["80 %", "0,8"])
    with pytest.raises(Wrong, match="may be a percentage or a part of one"):
        read_rate("0,8", of_one=False)


@pytest.mark.parametrize("text", ["0", "-5", "101", "1e309", "1e-99", "nan", "8_0", "80 h", "5/0", "9" * 150])
def test_what_is_no_rate_is_refused(text):
    for of_one in (True, False):
        with pytest.raises(Wrong, match="no rate"):
            read_rate(text, of_one=of_one and text != "101")


def test_numbers_keep_their_zeros_and_lose_nothing_unseen():
    assert [read_number(text) for text in ("00123", "123.0", "A-12.0", "1E4")] == ["00123", "123", "A-12.0", "1E4"]
    for text in ("1,23E+11", "1.85E+14"):
        with pytest.raises(Wrong, match="shortened"):
            read_number(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("MOREAU Camille", "Camille", "MOREAU"), ("Camille MOREAU", "Camille", "MOREAU"), ("Moreau, Camille", "Camille",
     "Moreau"), ("M. Jean DUPONT", "Jean", "DUPONT"), ("Mme LE GOFF Anne-Marie", "Anne-Marie", "LE GOFF"),
     ("Jean de LA TOUR", "Jean", "de LA TOUR"), ("d’ORMESSON Jean", "Jean", "d’ORMESSON"), ("J.-P. MARTIN", "J.-P.",
     "MARTIN"), ("O'BRIEN Ann", "Ann", "O'BRIEN"), ("ÉMILE-ZOLA Zoé", "Zoé", "ÉMILE-ZOLA")],
)  # fmt: skip
def test_full_names_are_taken_apart_where_something_tells_how(text, first, last):
    assert split_name(text) == (first, last)


@pytest.mark.parametrize("text", ["Camille Moreau", "MOREAU CAMILLE", "王 小明", "Prince"])
def test_full_names_that_nothing_takes_apart_are_asked_about(text):
    with pytest.raises(Wrong, match="two columns"):
        split_name(text)


NAMES = "Matricule;Prénom;Nom\n1;Chloé;Lefèvre\n2;Zoë;Garçon\n3;Hélène;Ünal\n"
LOUD = "MATRICULE;PRÉNOM;NOM\n1;CHLOÉ;LEFÈVRE\n2;ÈVE;GARÇON\n"


@pytest.mark.parametrize("text", [NAMES, LOUD, NAMES.replace("\n", "\r"), NAMES.replace("\n", "\r\n")])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "iso8859-15", "cp850", "mac_roman"],
)
def test_accents_are_those_that_were_written(text, encoding):
    (table,) = read_tables(text.encode(encoding))
    assert [cells for _number, cells in table.rows] == [line.split(";") for line in text.split()]


def test_signs_of_iso_8859_15_are_told_from_those_of_windows():
    (table,) = read_tables("Matricule;Prénom;Nom\n1;Chloé;Lebœuf\n".encode("iso8859-15"))
    assert table.rows[1][1][2] == "Lebœuf"


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_excel_s_own_first_line_tells_the_separator_and_is_not_counted(mark, end):
    (table,) = read_tables(f"sep={mark}{end}matricule{mark}nom{end}1{mark}Roy{end}".encode())
    assert table.rows == [(1, ["matricule", "nom"]), (2, ["1", "Roy"])]


def test_lines_are_counted_as_a_spreadsheet_counts_them():
    (table,) = read_tables(b'matricule;remarque\n1;"two\nlines"\n\n2;x\n')
    assert [number for number, _cells in table.rows] == [1, 2, 4]


def test_what_keeps_a_sheet_from_computing_is_no_part_of_a_value():
    (table,) = read_tables(b"a;b;c;d\n=\"00123\";'00123;'-Xavier;'t Hooft\n")
    assert table.rows[1][1] == ["00123", "00123", "-Xavier", "'t Hooft"]


def test_two_ways_to_write_an_accent_are_one():
    (table,) = read_tables("matricule;nom\n1;Le\u0301a\n".encode())
    assert table.rows[1][1][1] == "L\u00e9a"


@pytest.mark.parametrize("text", ["LÃ©a", "FranÃ§ois", "Oâ€™Brien", "LebÅ“uf", "L\ufffda"])
def test_letters_lost_before_the_file_was_saved_are_not_kept(text):
    with pytest.raises(Unreadable, match=r"Line 2: .* wrong letters"):
        read_tables(f"matricule;prenom\n1;{text}\n".encode())


@pytest.mark.parametrize("text", ["SÃO PAULO", "Pão", "Ângela", "Åse", "Ängel", "n° 5", "« x »"])
def test_letters_that_are_meant_are_kept(text):
    assert read_tables(f"matricule;prenom\n1;{text}\n".encode())[0].rows[1][1][1] == text
