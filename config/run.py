"""``make run``: prepare, then web, worker and watchdog under one roof until Ctrl-C or SIGTERM.

A child that dies is started again, after a pause that doubles. One that dies five times without having lived ten
seconds stops the house: exit code 1. Only the standard library is loaded here, so that the roof itself weighs little.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHORT_LIFE, MOST_SHORT_LIVES, LONGEST_PAUSE, GRACE = 10.0, 5, 30.0, 10.0
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Child:
    """One process of the house and its luck so far."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    born: float = 0.0
    due: float = 0.0
    short_lives: int = field(default=0)

    def start(self, now: float) -> None:
        self.born = now
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_the_house
        )

    def bury(self, now: float) -> None:
        """Note a death and when to try again; what it had started must not go on taking tasks."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        code, self.process = self.process.returncode, None
        self.short_lives = self.short_lives + 1 if now - self.born < SHORT_LIFE else 0
        self.due = now + min(2.0**self.short_lives, LONGEST_PAUSE)
        _say(f"The {self.name} ended (code {code}); it is started again in {self.due - now:.0f} s.")


def _die_with_the_house() -> None:
    """On Linux, children get SIGTERM even if this process is killed without a chance to tell them."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def number_of(name: str, default: int, least: int, most: int) -> int:
    """A setting as a whole number; ``SystemExit`` with a sentence when it is none from ``least`` to ``most``."""
    text = os.environ.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        sys.exit(f"{name} is {text!r}; give a number between {least} and {most}.")
    return int(text)


def check_environment(host: str, number: int) -> None:
    """Leave with a sentence when the start would fail later in a less helpful way."""
    number_of("DEMO_PEOPLE", 1000, 0, 20_000)
    number_of("WEB_WORKERS", 2, 1, 64)
    number_of("WEB_THREADS", 4, 1, 256)
    var = Path(os.environ.get("CENT_JOURS_VAR", ROOT / "var"))
    try:
        var.mkdir(parents=True, exist_ok=True)
        (var / ".writable").write_text("")
        (var / ".writable").unlink()
    except OSError as error:
        sys.exit(f"The folder {var} cannot be written ({error.strerror}); allow it, or name another in CENT_JOURS_VAR.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError as error:
            sys.exit(
                f"Port {number} on {host} cannot be used ({error.strerror}). "
                f"Stop what uses it, or choose another: PORT={number % 65535 + 1} make run"
            )


def children(host: str, number: int) -> list[Child]:
    """The three processes. No access log: addresses of calendar feeds are secrets."""
    python = sys.executable
    workers, threads = os.environ.get("WEB_WORKERS", "2"), os.environ.get("WEB_THREADS", "4")
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(number)]
    web += ["--workers", workers, "--blocking-threads", threads, "--http", "1", "--no-ws", "--no-access-log"]
    web += [
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "5",
        "config.wsgi:application",
    ]
    return [
        Child("web server", web),
        Child("worker", [python, "manage.py", "qcluster"]),
        Child("watchdog", [python, "manage.py", "watchdog"]),
    ]


def is_ready(host: str, number: int) -> bool:
    address = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    request = urllib.request.Request(
        f"http://{address}:{number}/health/ready", headers={"X-Forwarded-Proto": "https", "Host": f"localhost:{number}"}
    )
    with suppress(OSError):
        return urllib.request.urlopen(request, timeout=2).status == 200
    return False


class House:
    """Keeps the children alive until somebody asks for the end."""

    def __init__(self, host: str, number: int) -> None:
        self.host, self.number = host, number
        self.children = children(host, number)
        self.stopping = self.open = False

    def ask_to_stop(self, *_signal) -> None:
        self.stopping = True

    def live(self) -> int:
        """Run until asked to stop (0) or until a child cannot be kept alive (1)."""
        while not self.stopping:
            now = time.monotonic()
            for child in self.children:
                self._look_after(child, now)
                if child.short_lives >= MOST_SHORT_LIVES:
                    _say(f"The {child.name} does not stay alive; its reasons are above. Everything is stopped.")
                    return 1
            if not self.open and is_ready(self.host, self.number):
                self.open = True
                welcome(self.number)
            time.sleep(0.25 if self.open else 0.05)
        return 0

    def _look_after(self, child: Child, now: float) -> None:
        if child.process and child.process.poll() is not None:
            child.bury(now)
        if child.process is None and now >= child.due:
            child.start(now)

    def close(self) -> None:
        """Ask every child to end; who has not after ten seconds is ended, with all it started."""
        alive = [child.process for child in self.children if child.process]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in alive:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def welcome(number: int) -> None:
    """The address, and who may sign in."""
    _say(f"\nCent Jours is open: {os.environ.get('BASE_URL', f'http://localhost:{number}')}")
    accounts = Path(os.environ.get("CENT_JOURS_VAR", ROOT / "var")) / "demo-accounts.txt"
    if accounts.exists() and (text := accounts.read_text("utf-8")):
        _say(text)
    _say("Ctrl-C stops everything; the data stays.")


def main() -> int:
    host, number = os.environ.get("HOST", "127.0.0.1"), number_of("PORT", 8000, 1, 65535)
    check_environment(host, number)
    if code := subprocess.call([sys.executable, "-m", "config.prepare"], cwd=ROOT):
        return code
    house = House(host, number)
    for name in STOPPING:
        signal.signal(name, house.ask_to_stop)
    try:
        return house.live()
    finally:
        house.close()
        _say("Cent Jours is closed.")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
