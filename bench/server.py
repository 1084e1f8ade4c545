"""The real web server on loopback, as ``make run`` starts it, and clients that keep their connection."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from config.run import children, is_ready

ROOT = Path(__file__).resolve().parent.parent
CSRF = "b" * 32


class Server:
    """Granian with the product; ``ready_s`` is the time from its start to the first good answer of /health/ready."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.port = _free_port()
        *command, _application = children("127.0.0.1", self.port)[0].command
        began = time.perf_counter()
        self.process = subprocess.Popen([*command, "bench.wsgi:application"], cwd=ROOT, env=dict(environment))
        while not is_ready("127.0.0.1", self.port):
            if self.process.poll() is not None or time.perf_counter() - began > 60:
                self.stop()
                sys.exit("The web server did not become ready within 60 s; see its lines above.")
            time.sleep(0.01)
        self.ready_s = time.perf_counter() - began

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def cpu_ms(self) -> float:
        """Processor time that the serving processes have used so far, in steps of 10 ms."""
        return sum(_processor_ms(pid) for pid in _children_of(self.process.pid))

    def memory_mib(self) -> list[float]:
        """Resident memory of each process that serves requests, in MiB, largest first."""
        pids = [self.process.pid, *_children_of(self.process.pid)]
        return sorted((_resident_mib(pid) for pid in pids), reverse=True)


class Client:
    """One person, or nobody, on one kept connection."""

    def __init__(self, port: int, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        cookies = f"csrftoken={CSRF}" + (f"; sessionid={session}" if session else "")
        self.headers = {"X-CSRFToken": CSRF, "Accept-Language": "fr", **({"Cookie": cookies} if session else {})}

    def get(self, path: str, headers: Mapping[str, str] = {}, status: int = 200) -> tuple[float, bytes, str]:
        """Milliseconds until the whole answer is here, the body, and its ETag."""
        return self._send("GET", path, None, headers, status)

    def post(self, path: str, fields: Mapping[str, str], status: int = 302, htmx: bool = False) -> float:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | ({"HX-Request": "true"} if htmx else {})
        return self._send("POST", path, urlencode(fields), headers, status)[0]

    def _send(self, method, path, body, headers, status) -> tuple[float, bytes, str]:
        began = time.perf_counter()
        self.connection.request(method, path, body, self.headers | dict(headers))
        answer = self.connection.getresponse()
        content = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != status:
            sys.exit(f"{method} {path} answered {answer.status} instead of {status}: {content[:600]!r}")
        return took, content, answer.headers.get("ETag", "")


WARM = 6


def median(run: Callable[[], float], times: int = 60) -> tuple[float, float]:
    """Median and 95th percentile of what ``run`` takes, in ms."""
    for _ in range(WARM):
        run()
    return spread(run() for _ in range(times))


def timed(server: Server, run: Callable[[], float], times: int = 60) -> tuple[float, float, float]:
    """Median, 95th percentile, and the server's mean processor time of one call, in ms."""
    before = server.cpu_ms()
    middle, slow = median(run, times)
    return middle, slow, (server.cpu_ms() - before) / (times + WARM)


def spread(took: Iterable[float]) -> tuple[float, float]:
    """Median and 95th percentile of measured milliseconds."""
    ordered = sorted(took)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def _processor_ms(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def environment(database: Path) -> dict[str, str]:
    """What the measured processes see: their own database and folder, no setting of the caller's shell."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    folder = database.parent
    return kept | {"DATABASE_URL": f"sqlite:///{database}", "CENT_JOURS_VAR": str(folder), "PYTHONPATH": str(ROOT)}
