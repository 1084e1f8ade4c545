from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from people import imports
from people.imports import read_tables, staff
from people.models import Entity, ImportRun, Person
from tests import factories

NOW = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)
ZONE = "Europe/Paris"
TODAY = date(2026, 2, 2)


@pytest.fixture
def planner(team):
    person = factories.eligible_person(team=team)
    factories.grant(person, "planner")
    return person


@pytest.fixture
def roster(team, planner):
    """Read, plan and (unless it is only looked at) apply a file about people called A and B."""
    for number in "AB":
        factories.eligible_person(team=team, number=number)

    class _Roster:
        people = Person.objects.all()

        def plan(self, content, *, absences=False, replaces=False):
            content = content.encode() if isinstance(content, str) else content
            lines = imports.read(content, zone=ZONE)
            plan = imports.plan_absences if absences else imports.plan_shifts
            return plan(lines, self.people, replaces=replaces)

        def load(self, content, **how):
            plan = self.plan(content, **how)
            imports.apply_plan(plan, by=planner, now=NOW)
            return plan

    return _Roster()


@pytest.fixture
def hr(team):
    """Human resources of the entity of ``team``, with a week that new contracts may name."""
    person = factories.eligible_person(team=team, number="HR1")
    factories.grant(person, "hr")
    return person


@pytest.fixture
def office(team, hr):
    """Plan (``look``) or write (``load``) a file about the entity of ``team``."""

    class _Office:
        def look(self, content, kind="people", **choices):
            tables = read_tables(content.encode() if isinstance(content, str) else content)
            staff.refuse_columns(tables, kind)
            head = staff.heads(tables, kind)[0]
            columns = choices.pop("columns", None) or tuple(staff.columns_of(head.titles, kind))
            pattern = hr.contracts.get().pattern.name
            chosen = staff.Choices(columns, **{"as_of": TODAY, "pattern": pattern} | choices)
            return staff.plan_staff(
                tables[0], head, chosen, kind=kind, home=team.entity, reach=Entity.objects.filter(pk=team.entity_id),
                by=hr, today=TODAY,
            )  # fmt: skip

        def load(self, content, kind="people", invite=False, **choices):
            seen = self.look(content, kind, **choices)
            assert not seen.faults, seen.faults
            return staff.write_staff(
                lambda: self.look(content, kind, **choices), entities=[team.entity], by=hr, now=NOW, today=TODAY,
                seen=seen.digest, invite=invite,
            )  # fmt: skip

    return _Office()


@pytest.fixture
def desk(sign_in, hr, clock):
    """On 2 February 2026: choose a file, confirm its columns as they are proposed, write: each step by its form."""
    clock("2026-02-02T09:00+01:00")
    client = sign_in(hr)

    class _Desk:
        def read(self, content, *, kind="people", name="people.csv"):
            content = content.encode() if isinstance(content, str) else content
            answer = client.post(reverse("people_import"), {"kind": kind, "file": SimpleUploadedFile(name, content)})
            return answer, ImportRun.objects.first()

        def confirm(self, run, **choices):
            client.post(reverse("import_columns", args=[run.uid]), {"table": 0, **choices})
            run.refresh_from_db()
            return client.get(reverse("import_run", args=[run.uid]))

        def write(self, run, **form):
            answer = client.post(reverse("import_write", args=[run.uid]), {"seen": run.digest, **form})
            run.refresh_from_db()
            return answer

    found = _Desk()
    found.client = client
    return found


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield
