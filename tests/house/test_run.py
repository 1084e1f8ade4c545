"""``make run`` as its user meets it: it opens, keeps its processes alive, closes, and says why when it cannot."""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.house.tree import ROOT

PATIENCE = 60


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return os.environ | {
        "PORT": str(port),
        "DEMO_PEOPLE": "0",
        "CENT_JOURS_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'run.sqlite3'}",
        "WEB_WORKERS": "1",
    }


class House:
    """A running house and what it has said."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            (sys.executable, "-m", "config.run"), cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.timer = threading.Timer(PATIENCE, self.process.kill)
        self.timer.start()
        self.said: list[str] = []

    def hear(self, words: str) -> str:
        """Read on until a line holds ``words``."""
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError(f"{words!r} was never said, but: {''.join(self.said)}")

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self) -> None:
        self.timer.cancel()
        self.process.kill()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture
def house(environment):
    house = House(environment)
    yield house
    house.end()


def called(process: psutil.Process, word: str) -> bool:
    return word in " ".join(process.cmdline())


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_house_opens_answers_and_closes_without_leaving_anybody_behind(sign, house, environment):
    house.hear(f"Cent Jours is open: http://localhost:{environment['PORT']}")
    with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}/health/ready") as answer:
        assert answer.status == 200
    family = house.family()
    assert {word for word in ("granian", "qcluster", "watchdog") for each in family if called(each, word)} == {
        "granian", "qcluster", "watchdog",
    }  # fmt: skip
    house.process.send_signal(sign)
    house.hear("Cent Jours is closed.")
    assert house.process.wait() == 0
    assert psutil.wait_procs(family, timeout=PATIENCE)[1] == []


@pytest.mark.parametrize(
    ("word", "name"), [("watchdog", "watchdog"), ("granian", "web server"), ("qcluster", "worker")]
)
def test_a_process_that_dies_is_started_again_and_leaves_nobody_behind(word, name, house):
    house.hear("Cent Jours is open")
    process = next(each for each in house.family() if called(each, word))
    started = process.children(recursive=True)
    process.kill()
    house.hear(f"The {name} ended (code -9); it is started again")
    assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []


def test_nobody_outlives_a_house_that_was_killed(house):
    house.hear("Cent Jours is open")
    family = house.family()
    house.process.kill()
    assert psutil.wait_procs(family, timeout=PATIENCE)[1] == []


def refused(environment: dict[str, str]) -> str:
    """What the house says when it will not start."""
    done = subprocess.run(
        (sys.executable, "-m", "config.run"),
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_port_in_use_is_told_with_another_to_choose(environment):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(environment["PORT"])))
        other.listen()
        said = refused(environment)
    assert f"Port {environment['PORT']}" in said and f"PORT={int(environment['PORT']) + 1} make run" in said


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "http", "PORT is 'http'; give a number between 1 and 65535."),
        ("PORT", "70000", "PORT is '70000'"),
        ("DEMO_PEOPLE", "many", "DEMO_PEOPLE is 'many'; give a number"),
        ("DEMO_PEOPLE", "9" * 5000, "give a number between 0 and 20000"),
        ("WEB_WORKERS", "0", "WEB_WORKERS is '0'; give a number between 1 and 64."),
        ("WEB_THREADS", "²", "WEB_THREADS is '²'"),
        ("EMAIL_PORT", "smtp", "EMAIL_PORT is 'smtp'; give a whole number"),
        ("HOST", "203.0.113.7", "cannot be used"),
        ("HOST", "no such host", "cannot be used"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing", "The database cannot be opened"),
        ("DATABASE_URL", "nonsense://", "settings cannot be read"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3", "The database cannot be opened"),
        ("CENT_JOURS_VAR", "/proc/nothing", "cannot be written"),
        ("PRODUCTION", "1", "PRODUCTION needs a SECRET_KEY"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(name, value, words, environment):
    assert words in refused(environment | {name: value})


def test_a_second_start_keeps_the_data_and_does_not_seed_again(environment, tmp_path):
    environment |= {"DEMO_PEOPLE": "12"}
    prepare = (sys.executable, "-m", "config.prepare")
    first = subprocess.run(prepare, cwd=ROOT, env=environment, text=True, capture_output=True, timeout=PATIENCE)
    assert "demo organisation of 12 people" in first.stdout, first.stderr
    accounts = Path(tmp_path / "demo-accounts.txt").read_text("utf-8")
    assert "camille.moreau@demo.example" in accounts
    second = subprocess.run(prepare, cwd=ROOT, env=environment, text=True, capture_output=True, timeout=PATIENCE)
    assert (second.returncode, second.stdout) == (0, "")
    assert Path(tmp_path / "demo-accounts.txt").read_text("utf-8") == accounts
