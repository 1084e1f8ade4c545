"""The census of personal data: no table and no column of which nobody has said what becomes of it."""

import pytest
from django.db import models

from people.models import Place
from people.personal_data import census, registry, retention


def test_every_column_is_told_exempt_with_a_reason_or_nobodys():
    assert census.missing() == []


def test_no_declaration_speaks_of_what_is_gone():
    assert census.stale() == []


def test_a_new_column_is_noticed(monkeypatch):
    column = models.TextField(name="diary")
    column.set_attributes_from_name("diary")
    monkeypatch.setattr(Place._meta, "local_fields", [*Place._meta.local_fields, column])
    Place._meta._expire_cache()
    try:
        assert census.missing() == [
            "people.place.diary is neither told nor exempt: add it to its Table, with a heading or with the reason."
        ]
    finally:
        monkeypatch.undo()
        Place._meta._expire_cache()
    assert census.missing() == []


@pytest.mark.parametrize(
    "table", [table for table in registry.tables() if not table.work], ids=lambda table: table.name
)
def test_a_table_that_is_no_longer_declared_is_noticed(monkeypatch, table):
    left = tuple(each for each in registry.tables() if each.model != table.model)
    monkeypatch.setattr(census, "tables", lambda: left)
    assert [fault for fault in census.missing() if fault.startswith(f"{table.model.lower()} is in no personal_data.py")]


def test_a_table_that_names_somebody_cannot_be_called_nobodys(monkeypatch):
    left = tuple(each for each in registry.tables() if each.model != "people.Place")
    monkeypatch.setattr(census, "tables", lambda: left)
    monkeypatch.setattr(census, "impersonal", lambda: registry.impersonal() | {"people.place": "places"})
    assert census.missing() == [
        "people.place is said to hold nothing on a person, but person names one: declare it in TABLES."
    ]


def test_an_exemption_needs_its_reason(monkeypatch):
    places = next(each for each in registry.tables() if each.model == "people.Place")
    places.exempt["uid"], kept = "", places.exempt["uid"]
    try:
        assert "people.Place.uid is exempt without a reason." in census.stale()
    finally:
        places.exempt["uid"] = kept


def test_every_table_of_the_export_has_a_name_of_its_own():
    names = [table.name for table in registry.tables()]
    assert len(names) == len(set(names))


def test_every_class_that_goes_has_its_time_and_every_time_its_class():
    assert sorted(kept.code for kept in registry.classes()) == sorted(retention.periods())
