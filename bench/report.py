"""Measures as a table: what it took, what the baseline took, their ratio, and what we aim at."""

import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True, slots=True)
class Measure:
    """``value`` in ``unit``; ``more`` tells the 95th percentile, sizes and the like. ``higher``: more is better.
    ``cpu``: processor time of the server for one call, in ms, which other programs on the machine change less.
    """

    name: str
    value: float
    unit: str = "ms"
    aim: float | None = None
    baseline: float | None = None
    against: str = ""
    more: str = ""
    higher: bool = False
    cpu: float | None = None

    @property
    def met(self) -> bool:
        return self.aim is None or (self.value >= self.aim if self.higher else self.value <= self.aim)

    def cells(self) -> tuple[str, ...]:
        ratio = "" if not self.baseline else f"{self.value / self.baseline:.2f} ×"
        aim = "" if self.aim is None else f"{'≥' if self.higher else '≤'} {_number(self.aim)} {self.unit}"
        verdict = "" if self.aim is None else ("met" if self.met else "**missed**")
        base = f"{_number(self.baseline)} {self.unit}, {self.against}" if self.baseline else ""
        cpu = "" if self.cpu is None else f"{_number(self.cpu)} ms"
        return (self.name, f"{_number(self.value)} {self.unit}", aim, verdict, ratio, base, cpu, self.more)


HEAD = ("", "median", "aim", "", "ratio", "baseline of the same run", "server CPU", "")


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def machine() -> str:
    """The machine in one line."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    return (
        f"{len(os.sched_getaffinity(0))} cores ({cpu}), Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.machine()}"
    )


def table(measures: Iterable[Measure]) -> str:
    """A Markdown table, aligned so that it can also be read in a terminal."""
    rows = [HEAD, *(measure.cells() for measure in measures)]
    widths = [max(3, *(len(row[column]) for row in rows)) for column in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def write(path: Path, text: str) -> None:
    """Put the figures between the markers of the page."""
    page = path.read_text(encoding="utf-8") if path.exists() else f"# Benchmarks\n\n{BEGIN}\n{END}\n"
    before, _begin, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
