"""The settings shipped for production: clean to Django's own check, refused in sentences when they would be unsafe."""

import os
import secrets
import subprocess
import sys

import pytest
from cryptography.fernet import InvalidToken

from config import production
from people import encryption
from tests.house.tree import ROOT

KEY = secrets.token_urlsafe(50)
SAFE = {"PRODUCTION": "1", "SECRET_KEY": KEY, "BASE_URL": "https://cent-jours.example"}
LEFT_OUT = {"PRODUCTION", "DEBUG", "SECRET_KEY", "FIELD_KEYS", "BASE_URL", "ALLOWED_HOSTS", "SECOND_FACTOR", "HOST"}


def manage(tmp_path, *words: str, **environment: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    var = {"CENT_JOURS_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'deploy.sqlite3'}"}
    return subprocess.run(
        (sys.executable, "manage.py", *words),
        cwd=ROOT,
        env=kept | var | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_check_of_a_deployment_finds_nothing_at_all(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


def test_the_same_check_finds_something_outside_of_production(tmp_path):
    assert manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING").returncode == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": ""}, "PRODUCTION needs a SECRET_KEY of its own; make one: "),
        ({"SECRET_KEY": "demo-key-never-for-production"}, "PRODUCTION needs a SECRET_KEY of its own"),
        ({"SECRET_KEY": "x7Kp-2vQ"}, "SECRET_KEY has 8 characters, fewer than 50; make one"),
        ({"SECRET_KEY": "django-insecure-" + KEY}, "is one that Django made for development"),
        ({"SECRET_KEY": "change-me-" * 6}, "SECRET_KEY repeats itself and could be guessed"),
        ({"SECRET_KEY": "0123456789" * 6}, "SECRET_KEY repeats itself"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY repeats itself"),
        ({"FIELD_KEYS": f"short,{KEY}"}, "The first of FIELD_KEYS has 5 characters"),
        ({"DEBUG": "1"}, "PRODUCTION and DEBUG exclude each other"),
        ({"BASE_URL": ""}, "PRODUCTION needs BASE_URL; give the address people type, such as https://"),
        (
            {"BASE_URL": "http://cent-jours.example"},
            "“http://cent-jours.example”, and PRODUCTION",
        ),
        ({"BASE_URL": "cent-jours.example"}, "answers over https only"),
        ({"BASE_URL": "https://"}, "answers over https only"),
        ({"BASE_URL": "https://intranet.example/telework"}, "lives at the root of its host"),
        ({"ALLOWED_HOSTS": "cent-jours.example, *"}, "ALLOWED_HOSTS holds *: name the hosts"),
        ({"SECOND_FACTOR": "0"}, "SECOND_FACTOR is off"),
    ],
)
def test_what_would_be_unsafe_is_refused_in_a_sentence(change, words):
    environment = SAFE | change
    debug = environment.get("DEBUG") == "1"
    told = production.faults(environment, debug=debug, demo_key="demo-key-never-for-production")
    assert len(told) == 1 and words in told[0]


def test_all_faults_are_told_at_once_and_nothing_starts(tmp_path):
    done = manage(tmp_path, "check", PRODUCTION="1", DEBUG="1", SECRET_KEY="short")
    assert done.returncode == 1
    for words in ("exclude each other", "SECRET_KEY has 5 characters", "PRODUCTION needs BASE_URL"):
        assert words in done.stderr
    assert done.stderr.startswith("The settings cannot be read: ") and "Traceback" not in done.stderr


def test_a_former_field_key_may_be_weak_for_it_must_stay():
    assert production.faults(SAFE | {"FIELD_KEYS": f"{KEY},old"}, debug=False, demo_key="demo") == []


@pytest.mark.parametrize("make", [lambda: secrets.token_urlsafe(50), lambda: secrets.token_hex(32)])
def test_keys_made_by_chance_are_never_called_weak(make):
    assert [key for key in (make() for _ in range(500)) if production.weakness(key)] == []


def test_a_new_field_key_reads_what_the_former_one_wrote_and_writes_with_the_new(settings):
    settings.FIELD_KEYS = ["former"]
    old = encryption.encrypt("Metz")
    settings.FIELD_KEYS = ["new", "former"]
    assert encryption.decrypt(old) == "Metz"
    new = encryption.encrypt("Metz")
    settings.FIELD_KEYS = ["new"]
    assert encryption.decrypt(new) == "Metz"
    with pytest.raises(InvalidToken):
        encryption.decrypt(old)


@pytest.mark.django_db
def test_a_new_secret_key_keeps_people_signed_in_while_the_former_one_is_a_fallback(settings, client, person):
    settings.SECRET_KEY = "former" * 10
    client.force_login(person.account)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["former" * 10]
    assert client.get("/feeds/").status_code == 200
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []
    assert client.get("/feeds/").status_code == 302
