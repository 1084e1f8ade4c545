"""The programs of PostgreSQL: found in the path and where Debian keeps each version."""

import re
import shutil
import subprocess
from pathlib import Path

from .errors import BackupRefused

DEBIAN = Path("/usr/lib/postgresql")


def tool(name: str, *, least: int) -> tuple[Path, int]:
    """``pg_dump`` or ``pg_restore`` of version ``least`` or the next one above, and its major version."""
    found = sorted((version, path) for path in _places(name) if (version := _version(path)))
    if not found:
        raise BackupRefused(f"{name} is not installed: apt-get install postgresql-client-{least}")
    for version, path in found:
        if version >= least:
            return path, version
    raise BackupRefused(
        f"{name} {found[-1][0]} is older than the server or the backup ({least}) and cannot read it: "
        f"install postgresql-client-{least} (https://wiki.postgresql.org/wiki/Apt)."
    )


def _places(name: str) -> set[Path]:
    first = shutil.which(name)
    # Debian's /usr/bin/pg_dump chooses a version by itself; the real ones stand beside the servers.
    real = {path for path in DEBIAN.glob(f"*/bin/{name}") if path.is_file()} if DEBIAN.is_dir() else set()
    return real | ({Path(first)} if first else set())


def _version(path: Path) -> int:
    said = subprocess.run((path, "--version"), capture_output=True, text=True, check=False).stdout
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0
