"""What a client of the real web server waits for, one user at a time, then eight at once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Event

from .report import Measure
from .server import Client, Server, median, spread, timed
from .stage import Stage, pending_of_manager

TEAM_MONTH, COMPANY, YEAR = "/team/{}/2026-03/", "/company/2026-03/", "/year/2026/"
MINIMAL = "a signed-in page of one line"
COMMIT = "one UPDATE committed"


def measures(server: Server, stage: Stage) -> list[Measure]:
    """All figures of the web server, in the order of the report."""
    started = [
        Measure("web server ready", server.ready_s, "s", aim=2),
        Measure("web process before the first page", server.memory_mib()[0], "MiB"),
    ]
    found = [
        *_reading(server, stage), *_writing(server, stage), *_feeds(server, stage), *_together(server, stage)
    ]  # fmt: skip
    used = server.memory_mib()
    told = "all processes: " + ", ".join(f"{mib:.0f}" for mib in used)
    return [*found, *started, Measure("web process after all this", used[0], "MiB", aim=150, more=told)]


def _reading(server: Server, stage: Stage) -> list[Measure]:
    employee, manager = Client(server.port, stage.employee), Client(server.port, stage.manager)
    hr = Client(server.port, stage.hr)
    least = median(lambda: employee.get("/bench/page/")[0])[0]
    company = median(lambda: hr.get("/bench/rows/month/")[0], 20)[0]
    counts = median(lambda: hr.get("/bench/rows/counts/")[0], 20)[0]
    team = TEAM_MONTH.format(stage.team)
    return [
        _page(server, "My year", employee, YEAR, aim=25, baseline=least),
        _page(server, "Team month of 25", manager, team, aim=25, baseline=least),
        _page(server, "Requests, 30 waiting", manager, "/requests/", baseline=least),
        _page(
            server,
            "Company month of 1,000",
            hr,
            COMPANY,
            aim=150,
            baseline=company,
            against="the same rows as JSON",
            times=20,
        ),
        Measure("Company month, size", len(hr.get(COMPANY)[1]) / 1000, "kB", aim=250),
        _page(
            server, "Balances of 1,000", hr, "/balances/", aim=150, baseline=counts, against="counts as JSON", times=20
        ),
        _page(
            server,
            "my data, all of it in one file",
            employee,
            "/my-data/download/",
            aim=60_000,
            baseline=least,
            times=10,
        ),
    ]


def _page(
    server, name, client, path, *, aim=None, baseline=None, against=MINIMAL, times=60, headers=None, status=200
) -> Measure:
    size = len(client.get(path, headers or {}, status)[1])
    middle, slow, cpu = timed(server, lambda: client.get(path, headers or {}, status)[0], times)
    more = f"p95 {slow:.1f} ms" + (f", {size / 1000:.0f} kB" if size else "")
    return Measure(name, middle, aim=aim, baseline=baseline, against=against, more=more, cpu=cpu)


def _writing(server: Server, stage: Stage) -> list[Measure]:
    manager = Client(server.port, stage.manager)
    least = median(lambda: manager.post("/bench/write/", {}, status=204))[0]
    wishes = iter(stage.wishes)
    clients = {session: Client(server.port, session) for session, _day in stage.wishes}

    def submit(**how) -> float:
        session, day = next(wishes)
        return clients[session].post("/year/book/", {"day": day, "part": "full"}, **how)

    plain = timed(server, submit)
    drawn = timed(server, lambda: submit(htmx=True, status=200))
    waiting = iter(pending_of_manager())
    approve = timed(server, lambda: manager.post("/requests/answer/", {"action": "approve", "booking": next(waiting)}))
    many = [manager.post("/requests/answer/", {"action": "approve", "booking": _five(waiting)}) for _ in range(6)]
    shared = {"baseline": least, "against": COMMIT}
    return [
        Measure("submit one day", plain[0], aim=16, more=f"p95 {plain[1]:.1f} ms", cpu=plain[2], **shared),
        Measure("submit, day and year redrawn", drawn[0], more=f"p95 {drawn[1]:.1f} ms", cpu=drawn[2], **shared),
        Measure("approve one day", approve[0], aim=8, more=f"p95 {approve[1]:.1f} ms", cpu=approve[2], **shared),
        Measure("approve five at once", spread(many)[0], **shared),
    ]


def _five(waiting) -> str:
    return ",".join(next(waiting) for _ in range(5))


def _feeds(server: Server, stage: Stage) -> list[Measure]:
    client = Client(server.port)
    own = Client(server.port, stage.employee)
    found = []
    for name, path, aims, rows in (
        ("personal feed", stage.personal_feed, (7, 3), "/bench/rows/own/"),
        ("team feed", stage.team_feed, (100, 5), f"/bench/rows/team/{stage.team}/"),
    ):
        least = median(lambda rows=rows: own.get(rows)[0], 20)[0]
        one = median(lambda: own.get("/bench/rows/one/")[0], 40)[0]
        _took, body, tag = client.get(path)
        title = f"{name} of {body.count(b'BEGIN:VEVENT'):,} days".replace(",", " ")
        found.append(_page(server, title, client, path, aim=aims[0], baseline=least, against="the same rows as JSON"))
        same = {"If-None-Match": tag}
        found.append(
            _page(
                server,
                f"{name}, unchanged (304)",
                client,
                path,
                aim=aims[1],
                baseline=one,
                against="SELECT 1 as JSON",
                headers=same,
                status=304,
            )
        )
    return found


def _together(server: Server, stage: Stage) -> list[Measure]:
    """Eight people on their own page while a company view is built over and over."""
    over = Event()

    def build() -> int:
        client, built = Client(server.port, stage.hr), 0
        while not over.is_set():
            client.get(COMPANY)
            built += 1
        return built

    sessions = list(dict.fromkeys(session for session, _day in stage.wishes))

    def read(session: str) -> list[float]:
        client = Client(server.port, session)
        return [client.get(YEAR)[0] for _ in range(30)]

    with ThreadPoolExecutor(9) as pool:
        building = pool.submit(build)
        took = [
            ms for part in pool.map(read, [session for session, _ in zip(cycle(sessions), range(8))]) for ms in part
        ]
        over.set()
        built = building.result()
    middle, slow = spread(took)
    return [
        Measure("My year, p95 with 8 users and a company view", slow, aim=200,
                more=f"median {middle:.0f} ms, {built} company views built meanwhile")
    ]  # fmt: skip
