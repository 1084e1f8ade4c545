"""Leavers: after their time their name goes, and everything that is theirs alone. What others' counts need stays."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db.models import PROTECT, Exists, Field, OuterRef, Q

from people.models import Account, Contract, Person

from .registry import classes, tables

NAMELESS = "—"


def left_before(day: date) -> Q:
    """People with a name whose contracts have all ended before ``day``; who never had one is not known to have left."""
    return Q(erased_on=None) & _ended_before(day)


def gone_before(day: date) -> Q:
    """People without a name any more, of whom nothing is kept that has a time of its own or that another row needs."""
    found = Q(erased_on__isnull=False) & _ended_before(day)
    for kept in classes():
        if kept.person not in ("", "pk"):
            found &= ~Exists(kept.rows.objects.filter(**{kept.person: OuterRef("pk")}))
    for column in _protecting():
        found &= ~Exists(column.model.objects.filter(**{column.name: OuterRef("pk")}))
    return found


def remove_names(pks: Collection[int], now: datetime) -> None:
    """Take from these people their name, account and all that is theirs alone. A few queries for any number."""
    accounts = list(Person.objects.filter(pk__in=pks).exclude(account=None).values_list("account", flat=True))
    for table in tables():
        if table.personal or table.emptied:
            rows = table.rows_of.objects.filter(**{f"{table.of[0]}__in": pks})
            rows.delete() if table.personal else rows.update(**table.emptied)
    Person.objects.filter(pk__in=pks).update(
        account=None,
        first_name="",
        last_name=NAMELESS,
        email="",
        number="",
        job_title="",
        hired_on=None,
        in_post_since=None,
        autonomy_validated_by=None,
        erased_on=now.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
    )
    Account.objects.filter(pk__in=accounts).delete()


def _protecting() -> list[Field]:
    """Columns of any room that keep the person they name; most have no way back, so each table is looked at."""
    columns = (column for model in apps.get_models() for column in model._meta.concrete_fields)
    return [each for each in columns if each.related_model is Person and each.remote_field.on_delete is PROTECT]


def _ended_before(day: date) -> Q:
    contracts = Contract.objects.filter(person=OuterRef("pk"))
    return Exists(contracts) & ~Exists(contracts.filter(Q(end=None) | Q(end__gte=day)))
