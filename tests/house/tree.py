"""The files of the house, as the tests of the house walk them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("people", "notifications", "policies", "telework", "wellbeing", "config")  # the staircase, from its foot
ROOMS = (*APPS, "ui", "tests", "bench")


def python_files(*rooms: str) -> list[Path]:
    """Every Python file of these rooms that people write (migrations are generated)."""
    return sorted(
        path for room in rooms or ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    return sorted(path for room in (*APPS, "ui") for path in (ROOT / room).glob("**/templates/**/*") if path.is_file())


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, source: str | None = None) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything that a file imports, inside functions too."""
    package = module_of(path.parent / "__init__.py")
    for node in ast.walk(ast.parse(source if source is not None else path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
