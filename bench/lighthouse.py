"""Lighthouse on phone settings over the main pages, signed in: performance, accessibility, best practices.

The program comes from npm into ``var/lighthouse`` the first time; the pages are read by the installed Chromium, on
loopback. A busy machine lowers the scores of performance, nothing else: read them on a quiet one.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .report import Measure
from .server import ROOT, Server
from .stage import Stage
from .wire import FLAGS, chromium

PROGRAM = "lighthouse@13.5.0"
FOLDER = ROOT / "var" / "lighthouse"
KINDS = ("performance", "accessibility", "best-practices")
AIM = 95
LONGEST_S = 120
TRIES = 3


def pages_of(stage: Stage) -> list[tuple[str, str, str]]:
    """Name, path, and the session that reads it."""
    return [
        ("sign-in", "/accounts/login/", ""),
        ("My year", "/year/2026/", stage.employee),
        ("Today", "/today/", stage.employee),
        ("Agreement", "/agreement/", stage.employee),
        ("Team month", f"/team/{stage.team}/2026-03/", stage.manager),
        ("Requests", "/requests/", stage.manager),
        ("Coverage", "/coverage/", stage.manager),
        ("People", "/people/", stage.hr),
    ]


def measures(server: Server, stage: Stage) -> list[Measure]:
    """A row a page, with its lowest score; none where npm or a browser is missing, or gives no trace in three tries."""
    browser = chromium()
    if not browser or not _installed():
        print("Lighthouse needs Chromium and npm (Node.js 22 or 20.19): no scores.")
        return []
    found = []
    for page in pages_of(stage):
        try:
            found.append(_measure(server, *page, browser))
        except subprocess.CalledProcessError:
            print(f"Lighthouse got no trace of {page[0]} in {TRIES} tries: no score.")
    return found


def _installed() -> bool:
    """Whether the program is there, or could be fetched; the version is part of the folder's own list."""
    program, wanted = FOLDER / "node_modules" / "lighthouse" / "package.json", PROGRAM.partition("@")[2]
    if program.exists() and json.loads(program.read_text())["version"] == wanted:
        return True
    if not shutil.which("npm"):
        return False
    FOLDER.mkdir(parents=True, exist_ok=True)
    quiet = ["--silent", "--no-audit", "--no-fund"]
    return subprocess.run(["npm", "install", *quiet, "--prefix", str(FOLDER), PROGRAM], check=False).returncode == 0


def _measure(server: Server, name: str, path: str, session: str, browser: str) -> Measure:
    scores = _scores(f"http://localhost:{server.port}{path}", session, browser)
    told = ", ".join(f"{kind} {score:.0f}" for kind, score in scores.items())
    return Measure(f"Lighthouse on a phone, {name}", min(scores.values()), "of 100", AIM, more=told, higher=True)


def _scores(url: str, session: str, browser: str) -> dict[str, float]:
    """Scores from 0 to 100 by kind; ``RuntimeError`` when the page could not be read."""
    report = read(url, session, browser)
    if fault := report.get("runtimeError"):
        raise RuntimeError(f"Lighthouse could not read {url}: {fault['message']}")
    return {kind: 100 * (report["categories"][kind]["score"] or 0) for kind in KINDS}


def read(url: str, session: str, browser: str) -> dict:
    """The whole report of one page. The session stands in a file, never in a list of processes."""
    with tempfile.TemporaryDirectory(prefix="cent-jours-lighthouse-") as folder:
        headers, answer = Path(folder) / "headers.json", Path(folder) / "report.json"
        headers.write_text(json.dumps({"Cookie": f"sessionid={session}"} if session else {}))
        words = [FOLDER / "node_modules" / ".bin" / "lighthouse", url, "--quiet", "--output=json"]
        words += [f"--output-path={answer}", f"--extra-headers={headers}", f"--only-categories={','.join(KINDS)}"]
        words += [f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}", "--no-enable-error-reporting"]
        for left in reversed(range(TRIES)):  # it asks for that itself when the browser gave it no trace
            run = subprocess.run(list(map(str, words)), env=os.environ | {"CHROME_PATH": browser}, timeout=LONGEST_S)
            if run.returncode == 0 or not left:
                run.check_returncode()
                return json.loads(answer.read_text())
