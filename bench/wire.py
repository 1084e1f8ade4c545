"""What a phone fetches to read My year: the first time, with fonts, scripts and what it keeps offline; then again."""

import os
import shutil
import time

from .relay import Relay
from .report import Measure
from .server import Client, Server
from .stage import Stage

YEAR = "/year/2026/"
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
QUIET_S, LONGEST_S = 1.0, 30.0
UNPACKED = "the page alone, not compressed"


def chromium() -> str | None:
    """The browser of the browser tests: ``CHROMIUM``, or the one that is installed."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def measures(server: Server, stage: Stage) -> list[Measure]:
    """Two rows, or none where there is no browser."""
    program = chromium()
    if not program:
        print("Chromium is not installed: what goes over the wire is not measured.")
        return []
    page = len(Client(server.port, stage.employee).get(YEAR)[1]) / 1000
    first, again, files = _visits(server, stage.employee, program)
    return [
        Measure("My year over the wire, first visit", first, "kB", 200, page, UNPACKED, f"{files} files; fonts too"),
        Measure("My year over the wire, next visit", again, "kB", 30, page, UNPACKED),
    ]


def _visits(server: Server, session: str, program: str) -> tuple[float, float, int]:
    """kB of the first visit and of the next, and how many files the first one fetched."""
    from playwright.sync_api import sync_playwright

    relay, fetched = Relay(server.port), []
    address = f"http://localhost:{relay.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = browser.new_context(**PHONE)
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        page.on("requestfinished", lambda request: fetched.append(request.url))
        first = _visit(relay, page, address + YEAR)
        files = len({url for url in fetched if "/static/" in url})
        page.goto("about:blank")
        again = _visit(relay, page, address + YEAR)
        browser.close()
    relay.close()
    return first, again, files


def _visit(relay: Relay, page, url: str) -> float:
    """kB until nothing more comes for a second: the service worker fetches after the page is drawn."""
    before = relay.received
    page.goto(url, wait_until="networkidle")
    seen, since, begun = relay.received, time.monotonic(), time.monotonic()
    while time.monotonic() - since < QUIET_S and time.monotonic() - begun < LONGEST_S:
        page.wait_for_timeout(50)
        if relay.received != seen:
            seen, since = relay.received, time.monotonic()
    return (relay.received - before) / 1000
