"""What is kept on a person: each room declares its tables here, and a census compares them with the database.

``<room>/personal_data.py`` holds ``TABLES`` (what is exported to the person), ``IMPERSONAL`` (tables that hold nothing
on a person, each with the reason), ``FILES`` (more files of the export) and ``KEPT`` (how long: see ``retention``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from importlib import import_module
from importlib.util import find_spec
from operator import or_

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from people.models import Account, Person

Owner = Person | Account  # an account that is nobody’s has data, too: its sessions, keys, second factors
Words = str  # lazy ones, so that they are read in the language of whoever opens them
File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of a model that are exported to the person they are about.

    ``of``: the ways from a row to the person (any of them; ``pk`` for the person's own row). ``told``: a column, or a
    way over a foreign key, and its heading. ``exempt``: a column that is not exported, and why. ``which`` narrows the
    rows in place of ``of``. ``words``: of a column that holds codes without saying so, the words by code.
    ``work``: what one did for others; the events of such rows are not about oneself. When the name of a leaver goes,
    ``personal`` rows go with it, and of others the ``emptied`` columns (with the value they get).
    """

    model: str
    name: str
    title: Words
    of: tuple[str, ...]
    told: Mapping[str, Words]
    exempt: Mapping[str, str] = field(default_factory=dict)
    which: Callable[[Owner], Q] | None = None
    words: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    work: bool = False
    personal: bool = False
    emptied: Mapping[str, object] = field(default_factory=dict)

    @property
    def rows_of(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows(self, owner: Owner) -> QuerySet:
        """The rows about ``owner``, oldest first."""
        ways = self.of if isinstance(owner, Person) else self.ways_to_account
        found = self.which(owner) if self.which else reduce(or_, (Q(**{way: owner.pk}) for way in ways), Q(pk__in=()))
        return self.rows_of.objects.filter(found).order_by("pk")

    @property
    def ways_to_account(self) -> list[str]:
        """The ways that lead to the person over their account, as far as the account."""
        if self.rows_of is Account:
            return ["pk"]
        return [way.removesuffix("__person") for way in self.of if way.endswith("__person")]

    def is_of(self, owner: Owner) -> bool:
        """Whether it can hold a row about ``owner``."""
        return isinstance(owner, Person) or bool(self.ways_to_account) or self.of == ()

    def columns(self) -> set[str]:
        """Every column that the declaration speaks of: told, exempt, or the way to the person themself."""
        own = {column.name for column in self.rows_of._meta.concrete_fields}
        ways = {way.split("__")[0] for way in self.of} & own
        return ways | {way.split("__")[0] for way in (*self.told, *self.exempt)}


def tables() -> tuple[Table, ...]:
    """Every table of the export, those of the lowest room first."""
    return tuple(table for room in _rooms() for table in getattr(room, "TABLES", ()))


def impersonal() -> dict[str, str]:
    """Model → why it holds nothing on a person."""
    return {model: reason for room in _rooms() for model, reason in getattr(room, "IMPERSONAL", {}).items()}


def tables_of(owner: Owner) -> tuple[Table, ...]:
    """The tables that can hold something about ``owner``."""
    return tuple(table for table in tables() if table.is_of(owner))


def more_files(owner: Owner) -> Iterator[File]:
    """Files of the export beside the tables: name and bytes; they are about days, which only people have."""
    if not isinstance(owner, Person):
        return
    for room in _rooms():
        for made in getattr(room, "FILES", ()):
            yield made(owner)


def classes() -> tuple:
    """Every class of data that goes after a time (``retention.Kept``)."""
    return tuple(kept for room in _rooms() for kept in getattr(room, "KEPT", ()))


@cache
def _rooms() -> tuple:
    """The declarations of every room that has one; found by name, for no room knows those above it."""
    names = (f"{config.name}.personal_data" for config in apps.get_app_configs() if config.name.islower())
    return tuple(import_module(name) for name in names if find_spec(name))
