"""Whatever is handed in: a sentence, within ten seconds and 300 MiB, and nothing written."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.corpus.sheets import SHEETS
from tests.corpus.texts import TEXTS

ROOT = Path(__file__).resolve().parent.parent.parent
NASTY = {**TEXTS, **SHEETS}
HARMLESS = ("a zip that is no sheet",)


@pytest.fixture(scope="module")
def measured():
    """Each file read by each reader in a process of its own; measured once for all tests here."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.corpus.measured"],
        cwd=ROOT, capture_output=True, text=True, timeout=500, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_file_is_read_or_refused_in_a_sentence(measured):
    assert {each["name"] for each in measured} == set(NASTY)
    broken = [each for each in measured if each["status"] or not each["said"].startswith(("read ", "refused: "))]
    assert broken == []
    short = [each for each in measured if each["said"].startswith("refused: ") and each["said"].count(" ") < 5]
    assert short == []


def test_no_file_takes_ten_seconds_or_300_mib(measured):
    assert [each for each in measured if each["seconds"] > 10 or each["mib"] > 300] == []


@pytest.fixture
def hr(db):
    team = factories.TeamFactory()
    person = factories.eligible_person(team=team)
    factories.grant(person, "hr")
    return person


def _hashes() -> dict[str, str]:
    """Every row of every table but those of visits."""
    found = {}
    for model in apps.get_models():
        if model._meta.label_lower not in ("people.session", "people.importrun") and not model._meta.proxy:
            rows = sorted(map(str, model.objects.values_list())) if hasattr(model, "objects") else []
            found[model._meta.label] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.mark.parametrize("name", NASTY)
def test_no_door_breaks_and_nothing_is_written(name, hr, client):
    client.force_login(hr.account)
    client.raise_request_exception = False
    content, before = NASTY[name](), _hashes()
    doors = ((reverse("people_import"), {"kind": "people"}), (reverse("rosters"), {"what": "shifts"}))
    for address, form in doors:
        answer = client.post(address, {**form, "file": SimpleUploadedFile("liste.xlsx", content)})
        assert answer.status_code in (200, 302, 422), (address, answer.status_code)
        assert "185057800608491" not in answer.content.decode()
    assert _hashes() == before
