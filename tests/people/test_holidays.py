"""Public holidays by region, in both languages."""

import subprocess
import sys
from datetime import date

import pytest

from people.holidays import UnknownRegion, check_region, public_holidays
from tests.house.tree import ROOT

GOOD_FRIDAY, SAINT_STEPHEN = date(2026, 4, 3), date(2026, 12, 26)
ABOLITION = date(2026, 12, 20)


@pytest.mark.parametrize("region", ["FR-57", "FR-67", "FR-68", "FR-6AE"])
def test_alsace_and_moselle_have_two_days_more_than_the_rest_of_france(region):
    here, elsewhere = public_holidays(region, 2026, 2026, "fr"), public_holidays("FR", 2026, 2026, "fr")
    assert set(here) - set(elsewhere) == {GOOD_FRIDAY, SAINT_STEPHEN}


@pytest.mark.parametrize("region", ["FR-RE", "FR-974"])
def test_overseas_days_are_known_by_both_codes(region):
    assert ABOLITION in public_holidays(region, 2026, 2026, "fr")


def test_names_come_in_french_and_in_english():
    assert public_holidays("FR", 2026, 2026, "fr")[date(2026, 7, 14)] == "Fête nationale"
    assert public_holidays("FR", 2026, 2026, "en")[date(2026, 7, 14)] == "National Day"
    assert public_holidays("JP", 2026, 2026, "fr")[date(2026, 1, 1)]


def test_several_years_come_together_and_cannot_be_changed():
    found = public_holidays("FR", 2025, 2027, "fr")
    assert {day.year for day in found} == {2025, 2026, 2027}
    with pytest.raises(TypeError):
        found[date(2026, 1, 2)] = "mine"


def test_a_region_written_around_the_check_keeps_the_days_of_its_country(caplog):
    assert public_holidays("FR-79", 2026, 2026, "fr") == public_holidays("FR", 2026, 2026, "fr")
    assert "FR-79" in caplog.text


@pytest.mark.parametrize("region", ["", "fr", "FR-XX", "ZZ", "\0", "FR-57-1", "é" * 100])
def test_a_region_that_is_not_known_is_named_with_an_example(region):
    with pytest.raises(UnknownRegion, match="such as FR-57"):
        check_region(region)


def test_every_country_of_the_library_is_found_although_none_is_loaded_in_advance():
    code = (
        "import sys, holidays as library; from people import holidays\n"
        "holidays.public_holidays('FR-57', 2026, 2026, 'fr')\n"
        "print(sum(name.startswith('holidays.countries.') for name in sys.modules))\n"
        "codes = library.list_supported_countries(include_aliases=False)\n"
        "print(len(codes), len([holidays.check_region(code) for code in codes]))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded, known, found = map(int, told.stdout.split())
    assert loaded == 1 and known == found > 200
