"""A form of plain fields, as rows of values: what is asked, what was typed, and which field is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from people.errors import BadFact

MOST_TYPED = 500
Choice = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked. ``kind``: text, email, date, time, select, checks (several of ``choices``)."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: Sequence[Choice] = ()
    longest: int = 0
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A field with what stands in it, for the template."""

    field: Field
    value: str
    values: tuple[str, ...]
    error: str

    @property
    def id(self) -> str:
        return f"sheet-{self.field.name}"


def typed(post, fields: Iterable[Field]) -> dict[str, str]:
    """What was sent, by name; several values of one name stand side by side, apart by a space."""
    return {
        field.name: " ".join(post.getlist(field.name)) if field.kind == "checks" else _line(post.get(field.name, ""))
        for field in fields
    }


def asked(fields: Iterable[Field], form: Mapping[str, str], error: BadFact | None = None) -> list[Asked]:
    """Fields ready to be shown, the faulty one with its sentence."""
    found = []
    for field in fields:
        value = form.get(field.name, "")
        said = error.sentence if error and error.field == field.name else ""
        found.append(Asked(field, value, tuple(value.split()) if field.kind == "checks" else (), said))
    return found


def chosen(form: Mapping[str, str], field: Field, rows: Iterable, *, needed: bool = True):
    """The row whose uid was chosen; ``BadFact`` for one that was not offered, None for none if not ``needed``."""
    value = form.get(field.name, "")
    if not value and not needed:
        return None
    found = next((row for row in rows if str(row.uid) == value), None)
    if found is None:
        raise BadFact(field.name, value, _("Nothing is chosen for “%(field)s”. Choose one.") % {"field": field.label})
    return found


def percentage(text: str, name: str) -> Decimal:
    """A number such as 62.5 or 62,5; a % sign may follow."""
    tidy = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        found = Decimal(tidy)
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or len(tidy) > 12:
        raise BadFact(name, text, _("“%(value)s” is not a number. Write one such as 80.") % {"value": text[:40]})
    return found


def options(rows: Iterable, label=lambda row: row.name) -> list[Choice]:
    """Rows as choices, by uid."""
    return [(str(row.uid), label(row)) for row in rows]


def _line(text: str) -> str:
    return text.replace("\0", " ").strip()[:MOST_TYPED]
