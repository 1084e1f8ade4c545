"""A busy morning leaves no personal text in logs and tasks, and none but what is said in messages and audit."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from config.redaction import HideSecrets
from notifications.models import Message
from notifications.services import sweep
from people.models import AuditEvent, ImportRun
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1"
NOTE, REASON, COMMUNE = "Rendezvousdentiste", "Equipeincomplete", "Locmariaquer"
PERSONAL = ("Aurelienne", "Quimperlaise", "Newcomerson", "Verysecretword", NOTE, REASON, COMMUNE)
FILE = "Matricule;Nom;Prénom;Mail;Embauche\n77;Newcomerson;Eve;newcomerson@example.org;2026-01-05\n78;Newcomerson;;;\n"


@pytest.fixture
def morning(clock, client, team, caplog):
    """Everybody does what puts names, reasons and addresses through the house; answers what was said of it."""
    now = clock("2026-06-03T09:00+02:00")
    caplog.set_level(logging.INFO)
    with caplog.filtering(HideSecrets()):
        rows = busy(client, team, now)
    assert "Unprocessable" in caplog.text and "Conflict" in caplog.text
    return {"log": caplog.text, "rows": str(rows)}


def busy(client, team, now) -> list:
    """What the morning leaves in messages, audit and waiting tasks."""
    factories.agreement_in_force(team.entity, notice=2, months_ahead=6)
    person = factories.eligible_person(
        team=team, first_name="Aurelienne", last_name="Quimperlaise", email="quimperlaise@example.org"
    )
    manager, hr = factories.manager_of(team), factories.eligible_person(team=team)
    factories.grant(hr, "hr")

    def send(path: str, body, expected: int, **how):
        answer = client.post(path, body, **how)
        assert answer.status_code == expected, answer.content.decode()[-600:]
        return answer

    client.force_login(person.account)
    booking = send(f"{API}/bookings", {"day": "2026-06-10", "note": NOTE}, 201, content_type="application/json").json()
    send(f"{API}/bookings", {"day": "2026-06-04", "note": NOTE}, 409, content_type="application/json")
    client.post(reverse("declare_place"), {"label": "Sea", "commune": COMMUNE, "declared_on": "2026-06-31"})
    client.force_login(manager.account)
    version = {"version": booking["version"], "reason": "other", "text": REASON}
    send(f"{API}/bookings/{booking['uid']}/refuse", version, 200, content_type="application/json")
    client.force_login(hr.account)
    assert b"Quimperlaise" in client.get(reverse("people"), {"q": "Quimperlaise"}).content
    upload = {"kind": "people", "file": SimpleUploadedFile("newcomerson.csv", FILE.encode())}
    send(reverse("people_import"), upload, 302)
    client.post(reverse("import_columns", args=[ImportRun.objects.get().uid]), {"table": 0})
    client.get(f"/people/{person.uid}/quimperlaise@example.org/")
    client.logout()
    wrong = {"login": "quimperlaise@example.org", "password": "Verysecretword"}
    send(reverse("account_login"), wrong, 200)
    client.get("/accounts/password/reset/key/1-Verysecretword/")
    tasks = [SignedPackage.loads(payload) for payload in OrmQ.objects.values_list("payload", flat=True)]
    rows = [*Message.objects.values(), *AuditEvent.objects.values("verb", "data"), *tasks]
    assert sweep(now) >= 1
    return rows


@pytest.mark.parametrize("where", ["log", "rows"])
def test_nothing_personal_stands_there(where, morning):
    assert [word for word in PERSONAL if word.lower() in morning[where].lower()] == []


def test_an_endless_address_is_read_once():
    """Tried from each of its letters, this one would take hours, and anybody may send it."""
    record = logging.LogRecord("django", logging.WARNING, "", 0, "%s", ("x" * 2_000_000 + " lea@example.org",), None)
    assert HideSecrets().filter(record)
    assert record.getMessage().endswith("x …")
