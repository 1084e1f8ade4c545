"""The census: every column of every table is exported, exempt with a reason, or in a table that is nobody's."""

from collections import defaultdict

from django.apps import apps
from django.db.models import Field, Model

from .registry import impersonal, tables

# Columns that mean nothing outside the database, wherever they stand.
ROW_NUMBERS = "the number of a row; it never leaves the database"


def missing() -> list[str]:
    """A sentence for every table or column of which nobody has said whether it holds personal data."""
    declared, nobodys = _declared(), impersonal()
    faults = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        label = model._meta.label_lower
        if label not in declared and label not in nobodys:
            faults.append(
                f"{label} is in no personal_data.py: declare it in TABLES with what is told of it, "
                "or in IMPERSONAL with the reason why it holds nothing on a person."
            )
        elif label in declared:
            faults += [
                f"{label}.{name} is neither told nor exempt: add it to its Table, with a heading or with the reason."
                for name in sorted(columns_of(model) - declared[label])
            ]
        elif named := [column.name for column in model._meta.concrete_fields if _names_somebody(column)]:
            faults.append(
                f"{label} is said to hold nothing on a person, but {', '.join(named)} names one: declare it in TABLES."
            )
    return faults


def stale() -> list[str]:
    """A sentence for every declaration of what is no longer there, and for every exemption without a reason."""
    known = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    faults = [f"{label} is declared and does not exist." for label in {*_declared(), *impersonal()} - known.keys()]
    for table in tables():
        model = known.get(table.model.lower())
        if model is not None:
            gone = table.columns() - {column.name for column in model._meta.concrete_fields}
            faults += [f"{table.model}.{name} is declared and does not exist." for name in sorted(gone)]
        faults += [f"{table.model}.{name} is exempt without a reason." for name, why in table.exempt.items() if not why]
    return faults + [f"{label} is nobody's without a reason." for label, why in impersonal().items() if not why]


def columns_of(model: type[Model]) -> set[str]:
    """The columns of a table on which something must be said: all but the number of its rows."""
    return {column.name for column in model._meta.concrete_fields if not _is_row_number(column)}


def _declared() -> dict[str, set[str]]:
    found = defaultdict(set)
    for table in tables():
        found[table.model.lower()] |= table.columns()
    return dict(found)


def _is_row_number(column: Field) -> bool:
    return column.primary_key and column.get_internal_type() in ("AutoField", "BigAutoField", "SmallAutoField")


def _names_somebody(column: Field) -> bool:
    related = column.related_model
    return related is not None and related._meta.label_lower in ("people.person", "people.account")
