"""Measure the product on the plain data set and write docs/benchmarks.md: ``python -m bench [--no-write] [--quick]``.

``--quick`` leaves out what needs a company of 5,000 people, and Lighthouse; it writes nothing.
"""

import os
import sys
import tempfile
from pathlib import Path

from . import coverage, crowd, engine, imports, lighthouse, pages, report, stage, wire
from .server import ROOT, Server, environment

PAGE = ROOT / "docs" / "benchmarks.md"


OPTIONS = {"--quick", "--no-write"}


def main() -> int:
    if unknown := set(sys.argv[1:]) - OPTIONS:
        print(f"{__doc__}\nNot known: {' '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    load = os.getloadavg()[0]
    quick = "--quick" in sys.argv
    measures = engine.measures() + coverage.measures()
    with tempfile.TemporaryDirectory(prefix="cent-jours-bench-") as folder:
        database, seconds = stage.prepare(Path(folder))
        server = Server(environment(database))
        try:
            entered = stage.enter(database)
            measures += pages.measures(server, entered) + wire.measures(server, entered)
            measures += [] if quick else lighthouse.measures(server, entered)
        finally:
            server.stop()
        measures += engine.seeding(Path(folder), flat=seconds)
        measures += [] if quick else crowd.measures(Path(folder)) + imports.measures(Path(folder))
    text = f"Measured on {report.machine()}; load before the run {load:.1f}.\n\n{report.table(measures)}"
    if load > len(os.sched_getaffinity(0)):
        text = (
            f"**The machine was busy with other work: the times waited are too long; read the server CPU.**\n\n{text}"
        )
    print(text)
    if not quick and "--no-write" not in sys.argv:
        report.write(PAGE, text)
    missed = [measure.name for measure in measures if not measure.met]
    print(f"\n{len(missed)} of {len(measures)} figures miss their aim" + (f": {'; '.join(missed)}" if missed else "."))
    return 0


if __name__ == "__main__":
    sys.exit(main())
