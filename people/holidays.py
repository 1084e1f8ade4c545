"""Public holidays of a site's region, by the ``holidays`` library (Alsace-Moselle and overseas included)."""

import logging
import sys
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType, ModuleType

import holidays as library

log = logging.getLogger(__name__)


def _one_country_at_a_time() -> None:
    """Let a country be loaded without the 250 others: the package that lists them all takes 8 MiB in each process.

    The library's own loader asks for each country's module by name and needs nothing else of the package.
    """
    name = "holidays.countries"
    if name not in sys.modules:
        package = ModuleType(name)
        package.__path__ = [str(Path(library.__file__).parent / "countries")]
        sys.modules[name] = package


_one_country_at_a_time()

LIBRARY_LANGUAGES = {"en": "en_US"}
# The two departments of Alsace, which the library knows together only.
SAME_AS = {"FR-67": "FR-6AE", "FR-68": "FR-6AE"}


class UnknownRegion(ValueError):
    """A region code that the ``holidays`` library does not know; the message names it and the remedy."""


def check_region(region: str) -> None:
    """Raise ``UnknownRegion`` unless public holidays of ``region`` (FR, FR-57, FR-RE, DE-BY, …) are known."""
    _year(region, 2024, "fr")


@lru_cache(maxsize=256)
def public_holidays(region: str, first_year: int, last_year: int, language: str) -> Mapping[date, str]:
    """Names of the public holidays of ``region`` from one year to another, in ``language`` (fr, en) where known."""
    found: dict[date, str] = {}
    for year in range(first_year, last_year + 1):
        found.update(_known(region, year, language))
    return MappingProxyType(found)


def _known(region: str, year: int, language: str) -> Mapping[date, str]:
    """Those of its country for a region that was written around ``check_region``: the log says so, pages still open."""
    try:
        return _year(region, year, language)
    except UnknownRegion as unknown:
        log.error("%s", unknown)
        country, _, subdivision = region.partition("-")
        return _known(country, year, language) if subdivision else {}


@lru_cache(maxsize=1024)
def _year(region: str, year: int, language: str) -> dict[date, str]:
    country, _, subdivision = SAME_AS.get(region, region).partition("-")
    wanted = LIBRARY_LANGUAGES.get(language, language)
    try:
        supported = library.country_holidays(country).supported_languages
        chosen = wanted if wanted in supported else None
        return dict(library.country_holidays(country, subdiv=subdivision or None, years=year, language=chosen))
    except NotImplementedError as error:
        raise UnknownRegion(
            f"Public holidays of “{region}” are not known; write a country and its subdivision, such as FR-57."
        ) from error
