"""The one line at the end of ``make test`` tells the truth."""

import sys
from collections import Counter

import pytest
from django.db import DataError, connection

from people.models import Site
from tests import conftest, everything
from tests.everything import Step

PASSES, FAILS = (sys.executable, "-c", "pass"), (sys.executable, "-c", "raise SystemExit(3)")


def report(**counts: int) -> str:
    """Code that behaves like a pytest run with these counts: its last argument names the report."""
    attributes = " ".join(f'{name}="{number}"' for name, number in counts.items())
    text = f"<testsuites><testsuite {attributes}/></testsuites>"
    path = "sys.argv[-1].removeprefix('--junitxml=')"
    return f"import sys; open({path}, 'w').write({text!r}); sys.exit({int(counts['failures'] + counts['errors'] > 0)})"


@pytest.mark.parametrize(("command", "counted"), [(PASSES, Counter(passed=1)), (FAILS, Counter(failed=1))])
def test_a_check_counts_as_one(command, counted, tmp_path):
    assert everything.run(Step("A check", command), tmp_path / "none.xml") == counted


def test_tests_are_counted_one_by_one(tmp_path):
    code = report(tests=10, failures=2, errors=1, skipped=3)
    step = Step("Tests", (sys.executable, "-c", code), pytest=True)
    assert everything.run(step, tmp_path / "report.xml") == Counter(passed=4, failed=3, skipped=3)


def test_tests_that_never_ran_count_as_a_failure(tmp_path):
    assert everything.run(Step("Tests", FAILS, pytest=True), tmp_path / "none.xml") == Counter(failed=1)


def test_a_failure_does_not_hide_the_steps_after_it(monkeypatch, capfd):
    monkeypatch.setattr(everything, "provide_chromium", lambda: "")
    monkeypatch.setattr(everything, "STEPS", (Step("First", FAILS), Step("Second", PASSES)))
    assert everything.main() == 1
    assert capfd.readouterr().out.splitlines()[-1] == "1 passed, 1 failed, 0 skipped"


def test_a_missing_browser_is_told_before_the_last_line(monkeypatch, capfd):
    monkeypatch.setattr(everything.shutil, "which", lambda _name: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(everything, "STEPS", (Step("First", PASSES),))
    assert everything.main() == 0
    lines = capfd.readouterr().out.splitlines()
    assert "install Chromium" in lines[-2]
    assert lines[-1] == "1 passed, 0 failed, 0 skipped"


def test_the_caller_s_database_is_left_alone(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://production")
    monkeypatch.setenv("PRODUCTION", "1")
    assert not {"DATABASE_URL", "PRODUCTION"} & set(everything.environment())


class TestOnASecondDatabase:
    """Only what never opens a database is left out there."""

    def test_whoever_asks_for_none_opens_none(self, request):
        assert not conftest.asks_for_database(request.node)
        with pytest.raises(RuntimeError, match="Database access not allowed"):
            connection.cursor()

    @pytest.mark.django_db
    def test_a_mark_asks(self, request):
        assert conftest.asks_for_database(request.node)

    def test_a_fixture_asks_however_far(self, request, manager):
        assert conftest.asks_for_database(request.node)

    def test_the_first_database_leaves_out_nothing(self):
        options = {step.title: "--only-database" in step.command for step in everything.STEPS if step.pytest}
        assert options == {"Tests on SQLite": False, "Tests on PostgreSQL": True, "Tests in Chromium": False}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["\0", "a\0b"])
def test_either_database_refuses_a_nul(name):
    with pytest.raises(DataError, match="NUL"):
        Site.objects.create(name=name)
