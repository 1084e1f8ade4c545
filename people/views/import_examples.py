"""What a good file of human resources looks like: its columns and two invented lines, to show and to fill in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.imports import staff
from people.models import ImportKind

COLUMNS = {
    ImportKind.PEOPLE: ("number", "last_name", "first_name", "email", "site", "job_title", "hired_on", "team",
                        "manager", "status", "rate", "contract_start", "contract_end", "left_on"),
    ImportKind.CONTRACTS: ("number", "contract_start", "contract_end", "status", "rate", "trial_end"),
    ImportKind.TEAMS: ("team", "site", "codes"),
    ImportKind.MANAGERS: ("team", "manager", "deputy", "since", "until"),
    ImportKind.PLACES: ("number", "label", "place_kind", "since", "until", "secure_internet", "insured_until"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """The columns of a file and two of its lines, in the reader's language."""

    kind: str
    title: object
    heads: list[str]
    rows: list[list[str]]


def example(kind: str) -> Example:
    """A file of one kind about invented people."""
    heads = [staff.words_of(name) for name in COLUMNS[kind]]
    return Example(kind, staff.KIND_LABELS[kind], heads, _rows()[kind])


def _rows() -> dict[str, list[list[str]]]:
    permanent, fixed = pgettext("column", "permanent"), pgettext("column", "fixed term")
    site, adviser = pgettext("column", "Head office"), pgettext("column", "Adviser")
    night = pgettext("column", "Night desk")
    team, home = pgettext("column", "Claims"), pgettext("column", "home")
    return {
        ImportKind.PEOPLE: [
            ["10427", "Moreau", "Camille", "camille.moreau@example.org", site, adviser, "2021-03-15", team, "10583",
             permanent, "80", "2021-03-15", "", ""],
            ["10583", "Benali", "Nadia", "nadia.benali@example.org", site, adviser, "2018-09-01", team, "", permanent,
             "100", "2018-09-01", "", ""],
        ],
        ImportKind.CONTRACTS: [
            ["10427", "2027-01-01", "", permanent, "90", ""],
            ["10583", "2026-12-01", "2027-05-31", fixed, "100", "2026-12-31"],
        ],
        ImportKind.TEAMS: [[team, site, "head_office"], [night, site, "field"]],
        ImportKind.MANAGERS: [
            [team, "10583", "10427", "2027-01-01", ""],
            [night, "10583", "", "2027-01-01", "2027-06-30"],
        ],
        ImportKind.PLACES: [
            ["10427", home, home, "2026-09-01", "", _("yes"), "2027-08-31"],
            ["10583", pgettext("column", "Shared office"), "coworking", "2026-10-01", "2027-09-30", _("yes"), ""],
        ],
    }  # fmt: skip
