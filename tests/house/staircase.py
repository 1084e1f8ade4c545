"""The rule of the staircase as a function: the sentence that one import breaks, or none."""

import sys

from tests.house.tree import APPS

PURE = ("policies.core", "policies.coverage", "policies.allocation", "wellbeing.sos.core", "wellbeing.carpool.core")
PURE_MAY = {"dateutil", "holidays", "numpy", "ortools"}
CLOCKS = {"time", "datetime.datetime.now", "datetime.date.today"}
STAIRS = " → ".join(reversed(APPS))


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def broken_rule(module: str, imported: str) -> str | None:
    """Why ``module`` may not import ``imported`` (both dotted); None when it may."""
    here, there = module.split(".")[0], imported.split(".")[0]
    pure = next((package for package in PURE if _within(module, package)), None)
    if pure:
        return _broken_by_pure(pure, imported)
    if here in {"tests", "bench"}:
        return None
    if there in {"tests", "bench"}:
        return "what runs in production imports neither tests nor benchmarks"
    if there == "config" and here != "config":
        return "nobody imports config, the roof"
    if here == "ui" and there in APPS:
        return "ui is templates and drawing: it imports no room of the house"
    if here in APPS and there in APPS and APPS.index(there) > APPS.index(here):
        return f"the staircase only goes down: {STAIRS}"
    return None


def _broken_by_pure(pure: str, imported: str) -> str | None:
    there = imported.split(".")[0]
    if imported in CLOCKS or there in CLOCKS:
        return f"{pure} is pure: it never reads the clock; today and now are arguments"
    if there in sys.stdlib_module_names or there in PURE_MAY or _within(imported, pure):
        return None
    if any(_within(imported, package) for package in PURE if package.split(".")[0] == pure.split(".")[0]):
        return None
    return f"{pure} is pure: standard library, {', '.join(sorted(PURE_MAY))} and its pure neighbours only"
