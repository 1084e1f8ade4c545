"""What no file may hold, told by the titles of its columns: roles, social security numbers, health, beliefs, homes."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from people.models import ImportKind
from people.texts import plain

# A word of a title, or words that follow each other; with * the beginning of a word.
ROLES = ("role", "roles", "admin", "admins", "administrateur", "administratrice",
         "administrateurs", "administrator", "administrators", "droit",
         "droits", "habilit*", "permission*", "profil", "profils", "profile",
         "profiles", "access rights", "access level", "niveau d acces", "privilege*", "superuser", "super utilisateur",
         "is staff", "groupe de securite", "security group")  # fmt: skip
NUMBERS = ("nir", "securite sociale", "secu", "social security", "ssn", "numero ss", "n ss", "no ss", "num ss", "insee",
           "nss", "insurance number", "nirpp")  # fmt: skip
HEALTH = ("rqth", "handicap*", "disab*", "medica*", "medico", "malad*", "sante", "sick*", "illness*", "inapt*",
          "aptitude*", "invalidit*", "patholog*", "diagnos*", "health*", "grossesse*", "pregnan*", "enceinte",
          "maternit*", "boeth", "oeth", "doeth", "aah", "ald", "ijss", "at mp", "atmp", "accident du travail",
          "accident de travail", "accidents du travail", "accident de trajet", "work accident*", "arret de travail",
          "arrets de travail", "arret", "arrets", "therapeutique*", "restriction*", "vaccin*", "hospital*")  # fmt: skip
BELIEFS = ("syndic*", "union member*", "trade union", "union", "religi*", "confession*", "croyance*", "belief*", "race",
           "ethni*", "origine ethnique", "orientation sexuelle", "sexual*", "opinion*", "parti politique",
           "political*", "casier*", "criminal*")  # fmt: skip
HOMES = ("commune", "adresse", "adresse personnelle", "adresse postale", "rue", "code postal", "ville", "domicile",
         "home address", "street", "postcode", "zip", "city", "town", "address")  # fmt: skip
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_SPELT = re.compile(r"\b(?:[a-z0-9] )+[a-z0-9]\b")


def refused_titles(kind: str) -> Iterator[tuple[tuple[str, ...], object]]:
    """The words that a title may not hold, each with why."""
    yield ROLES, _("Roles are granted by name on the page of a person, never by a file.")
    yield NUMBERS, _("Social security numbers have no use here.")
    yield HEALTH, _("Nothing about health is kept here.")
    yield BELIEFS, _("Nothing about unions, beliefs or origins is kept here.")
    if kind == ImportKind.PLACES:
        yield HOMES, _("Where a place lies is for its person to declare, and for their manager to see.")


def holds(title: str, words: Sequence[str]) -> bool:
    """Whether a title holds one of these words, or several that follow each other: isAdmin and R.Q.T.H., too."""
    told = plain(_JOINED.sub(" ", unicodedata.normalize("NFKC", title)))
    told = f" {told} {plain(title)} {_SPELT.sub(lambda found: found[0].replace(' ', ''), told)} "
    return any(f" {word.removesuffix('*')}" + ("" if word.endswith("*") else " ") in told for word in words)
