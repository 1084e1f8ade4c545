"""``make test``: every check that continuous integration runs, one after the other, then one line that adds them up.

A step that fails does not hide the steps after it. The exit code is 1 when anything failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
POSTGRES = (PYTHON, "-W", "ignore", "-m", "tests.with_postgres")
AGREEMENTS = tuple(
    str(path.relative_to(ROOT))
    for path in sorted((ROOT / "policies" / "agreements").glob("*.toml"))
    if not path.name.endswith(".cases.toml")
)


@dataclass(frozen=True)
class Step:
    """A command; ``pytest`` ones count their tests, any other counts as one check."""

    title: str
    command: tuple[str, ...]
    pytest: bool = False


def pytest(*arguments: str) -> tuple[str, ...]:
    return PYTHON, "-m", "pytest", "-q", "--durations=5", "-n", "2", "--dist", "worksteal", *arguments


STEPS = (
    Step("Style", (PYTHON, "-m", "ruff", "check", ".")),
    Step("Layout of the code", (PYTHON, "-m", "ruff", "format", "--check", "--quiet", ".")),
    Step("French catalogues compiled", (*MANAGE, "messages", "--compile")),
    Step("Words translated", (*MANAGE, "messages", "--check")),
    Step("Django's own checks", (*MANAGE, "check", "--fail-level", "WARNING")),
    Step("Migrations written", (*MANAGE, "makemigrations", "--check", "--dry-run")),
    Step("Agreements and their cases", (PYTHON, "-m", "policies.core", "check", *AGREEMENTS)),
    Step("Tests on SQLite", pytest("-m", "not browser"), pytest=True),
    Step(
        "Tests on PostgreSQL",
        (*POSTGRES, *pytest("-m", "not browser", "--only-database")),
        pytest=True,
    ),
    Step("Tests in Chromium", pytest("-m", "browser", "tests/browser"), pytest=True),
)


def run(step: Step, report: Path) -> Counter:
    """Run one step; how many passed, failed and were skipped."""
    print(f"\n── {step.title} ".ljust(100, "─"), flush=True)
    started = time.monotonic()
    command = (*step.command, f"--junitxml={report}") if step.pytest else step.command
    code = subprocess.call(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment())
    counted = _counted(report) if step.pytest else Counter(passed=int(not code), failed=int(bool(code)))
    if code and not counted["failed"]:
        counted["failed"] += 1
    print(f"{step.title}: {_line(counted)} in {time.monotonic() - started:.0f} s", flush=True)
    return counted


def environment() -> dict[str, str]:
    """The caller's, without what would make the answer depend on it, or every worker compile the same files again."""
    left_out = {"DATABASE_URL", "PRODUCTION", "DEBUG", "PYTHONDONTWRITEBYTECODE"}
    kept = {key: value for key, value in os.environ.items() if key not in left_out}
    return kept | {"CENT_JOURS_VAR": str(Path(tempfile.gettempdir()) / f"cent-jours-test-{os.getpid()}")}


def _counted(report: Path) -> Counter:
    if not report.exists():
        return Counter(failed=1)
    suite = ElementTree.parse(report).getroot().find("testsuite")
    total, skipped = int(suite.get("tests")), int(suite.get("skipped"))
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    return Counter(passed=total - failed - skipped, failed=failed, skipped=skipped)


def _line(counted: Counter) -> str:
    return f"{counted['passed']} passed, {counted['failed']} failed, {counted['skipped']} skipped"


def provide_chromium() -> str:
    """Install Chromium where that is possible; otherwise a sentence that says what to install."""
    if os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser"):
        return ""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests …", flush=True)
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        quiet["env"] = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(("apt-get", "update"), **quiet)
        subprocess.call(("apt-get", "install", "-y", "--no-install-recommends", "chromium"), **quiet)
    if shutil.which("chromium"):
        return ""
    return (
        "The browser tests were not run: install Chromium (Debian: apt-get install chromium) or name one in CHROMIUM."
    )


def main() -> int:
    missing = provide_chromium()
    total: Counter = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number, step in enumerate(STEPS):
            total += run(step, Path(folder) / f"{number}.xml")
    shutil.rmtree(environment()["CENT_JOURS_VAR"], ignore_errors=True)
    print(f"\n{missing}" if missing else "")
    print(_line(total))
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
