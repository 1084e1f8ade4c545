"""Imports go down the staircase of the house, and the pure packages stay pure."""

import ast

import pytest

from tests.house.staircase import PURE, broken_rule
from tests.house.tree import ROOT, imports_of, module_of, python_files

CLOCK_CALLS = {"now", "today", "utcnow", "localtime", "gmtime"}


def test_every_import_goes_down_the_staircase():
    broken = [
        f"{path.relative_to(ROOT)}:{line} imports {imported}: {sentence}."
        for path in python_files()
        for line, imported in imports_of(path)
        if (sentence := broken_rule(module_of(path), imported))
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("module", "imported", "words"),
    [
        ("people.access", "telework.models.Booking", "only goes down"),
        ("policies.selectors", "telework.models", "only goes down"),
        ("telework.api", "config.settings", "nobody imports config"),
        ("ui.drawing.year", "telework.models", "imports no room"),
        ("policies.core.decide", "django.db.models", "is pure"),
        ("policies.core.decide", "policies.models.Agreement", "is pure"),
        ("policies.core.decide", "time.monotonic", "clock"),
        ("people.models.person", "tests.factories", "neither tests"),
    ],
)
def test_an_import_up_the_stairs_is_named(module, imported, words):
    assert words in broken_rule(module, imported)


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("telework.services.booking", "people.access.person_for"),
        ("telework.views.year", "ui.drawing.year"),
        ("policies.coverage.cases", "policies.core.facts"),
        ("policies.core.workdays", "dateutil.rrule"),
        ("config.urls", "telework.urls"),
    ],
)
def test_an_import_down_the_stairs_is_allowed(module, imported):
    assert broken_rule(module, imported) is None


def test_the_pure_packages_never_read_the_clock():
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno} reads the clock with {ast.unparse(node.func)}()."
        for path in python_files("policies", "wellbeing")
        if module_of(path).startswith(PURE)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS
    ]
    assert not calls, "\n".join(calls)
