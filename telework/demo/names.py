"""Names as they are met in a French company: short and long, with accents, hyphens and particles, from everywhere."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from random import Random

DATA = Path(__file__).with_name("data")

# Names that lists, columns and mails must carry as well as any other; the address says how the last one is written.
RARE = (
    ("Marie-Antoinette-Joséphine", "de Montesquiou-Fezensac d'Artagnan", ""),
    ("Jean-Christophe", "Vanden Bossche-Delacroix de Saint-Hilaire", ""),
    ("Þórdís", "Guðmundsdóttir", "thordis.gudmundsdottir"),
    ("Y", "Ô", "y.o"),
    ("ليلى", "بن يوسف", "leila.benyoussef"),
    ("Lê Thị Hồng", "Nhung", ""),
    ("Νίκος", "Παπαδόπουλος", "nikos.papadopoulos"),
)


def draw_names(rng: Random, count: int, taken: set[str]) -> list[tuple[str, str, str]]:
    """``count`` people as (first name, last name, address before the @); addresses are unique, ``taken`` grows."""
    drawn = []
    for number in range(count):
        first, last, address = (*_common(rng), "") if number % 53 != 11 else rng.choice(RARE)
        drawn.append((first, last, free_address(address or f"{first}.{last}", taken)))
    return drawn


def free_address(wanted: str, taken: set[str]) -> str:
    """``wanted`` in the letters of an address, with a number if somebody has it already."""
    plain = unicodedata.normalize("NFKD", wanted.lower().replace("ı", "i").replace("ł", "l").replace("ð", "d"))
    base = re.sub(r"[^a-z0-9.-]", "", plain.encode("ascii", "ignore").decode().replace(" ", "-")).strip(".-")
    address, number = base, 2
    while address in taken:
        address, number = f"{base}{number}", number + 1
    taken.add(address)
    return address


@lru_cache
def _names(kind: str) -> list[str]:
    return (DATA / f"{kind}-names.txt").read_text(encoding="utf-8").split()


def _common(rng: Random) -> tuple[str, str]:
    last = rng.choice(_names("last"))
    last = last.replace("-", " ") if last.startswith(("De-", "Da-", "Dos-", "El-", "Le-")) else last
    if rng.random() < 0.06:
        last = f"{last}-{rng.choice(_names('last')).split('-')[0]}"
    return rng.choice(_names("first")), last
