"""/api/v1/imports: the steps of the page, for scripts."""

import json
from base64 import b64encode

import pytest

from people.models import ImportRun, Person
from tests import factories

pytestmark = pytest.mark.django_db
ROWS = [["Matricule", "Nom", "Prénom", "Service"], ["7", "Roy", "Eve", ""]]


@pytest.fixture
def hr(team):
    person = factories.eligible_person(team=team)
    factories.grant(person, "hr")
    return person


@pytest.fixture
def call(sign_in, hr):
    client = sign_in(hr)

    def _call(path, body=None, method="post"):
        told = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        answer = getattr(client, method)(f"/api/v1/{path}", **told)
        return answer.status_code, answer.json() if answer.content else None

    return _call


def rows(team):
    return [ROWS[0], [*ROWS[1][:3], team.name]]


def test_rows_are_looked_at_then_written(call, team):
    status, run = call("imports", {"kind": "people", "rows": rows(team)})
    assert (status, run["state"], run["counts"]["new"]) == (201, "ready", 1)
    assert run["changes"][0]["line"] == 2 and not Person.objects.filter(number="7").exists()
    status, done = call(f"imports/{run['uid']}/apply", {"seen": run["digest"]})
    assert (status, done["state"]) == (200, "done") and Person.objects.get(number="7").last_name == "Roy"


def test_a_file_with_faults_tells_line_field_value_and_remedy(call, team):
    content = b64encode(f"matricule;nom;mail\n7;Roy;nowhere\n8;;x@example.org\n{team.name};;\n".encode()).decode()
    _status, run = call("imports", {"kind": "people", "content": content})
    assert run["state"] == "faulty" and [fault["line"] for fault in run["faults"]] == [2, 3, 4]
    assert run["faults"][0]["field"] == "email" and "nowhere" in run["faults"][0]["sentence"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "people"}, "content"),
        ({"kind": "people", "content": "?"}, "content"),
        ({"kind": "people", "rows": ROWS, "columns": ["number"]}, "columns"),
        ({"kind": "people", "rows": ROWS, "columns": ["number", "number", "", ""]}, "columns"),
        ({"kind": "people", "rows": [["matricule", "rôle"], ["1", "x"]]}, "content"),
        ({"kind": "secrets", "rows": ROWS}, "kind"),
        ({"kind": "people", "rows": ROWS, "as_of": "0001-01-01"}, "as_of"),
        ({"kind": "people", "rows": ROWS, "pattern": "\0"}, "pattern"),
    ],
)
def test_what_makes_no_sense_is_refused_and_not_kept(call, body, field):
    status, problem = call("imports", body)
    assert status == 422 and problem["field"].startswith(field) and not ImportRun.objects.exists()


def test_another_digest_writes_nothing(call, team):
    _status, run = call("imports", {"kind": "people", "rows": rows(team)})
    assert call(f"imports/{run['uid']}/apply", {"seen": "x"})[0] == 422
    assert call(f"imports/{run['uid']}", method="delete")[0] == 204
    assert call(f"imports/{run['uid']}", method="get")[1]["state"] == "gone"
