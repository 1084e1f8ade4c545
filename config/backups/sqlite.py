"""Copy and put back a SQLite database through its online backup, never as a file: the log beside it is part of it."""

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection

from .archive import Manifest, differences
from .errors import BackupRefused

CONTENT = "database.sqlite3"
PATIENCE = 60


def dump(folder: Path) -> tuple[Path, dict[str, object]]:
    """A copy as of one instant, while others go on writing, and what the manifest says of it."""
    copy = folder / CONTENT
    try:
        with closing(_open(_path())) as source, closing(_open(copy)) as target:
            source.backup(target)  # in one step: one read transaction, which no writer can make start anew
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise BackupRefused(f"The database cannot be copied to {folder.parent} ({error}); make room there.") from error
    check(copy)
    return copy, {
        "database": "sqlite",
        "server": sqlite3.sqlite_version_info[0],
        "tool": sqlite3.sqlite_version_info[0],
        "tables": contents(copy),
    }


def restore(content: Path, manifest: Manifest, quieting: Sequence[str]) -> None:
    """Put the unpacked database in the place of the one in use, in one transaction of SQLite."""
    check(content)
    if wrong := differences(manifest, contents(content)):
        raise BackupRefused(f"The backup is damaged: the rows of {', '.join(wrong)} are not those that were saved.")
    with closing(_open(content)) as copy:
        copy.executescript(";\n".join(("BEGIN", *quieting, "COMMIT", "")))
        connection.close()
        with closing(_open(_path())) as target:
            target.execute("PRAGMA journal_mode=WAL")
            target.execute("PRAGMA synchronous=FULL")
            try:
                copy.backup(target)
            except sqlite3.OperationalError as error:
                raise BackupRefused(
                    f"The database cannot be replaced ({error}), it is as it was; stop web server, worker and "
                    "watchdog, see that there is room, then try again."
                ) from error


def check(path: Path) -> None:
    """Refuse a file that SQLite itself finds damaged."""
    try:
        with closing(_open(path)) as copy:
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
            orphan = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"SQLite cannot read the copy: {error}.") from error
    if found != "ok":
        raise BackupRefused(f"SQLite finds the copy damaged: {found}.")
    if orphan:
        raise BackupRefused(f"In the copy a row of {orphan[0]} names one of {orphan[2]} that does not exist.")


def contents(path: Path) -> dict[str, list]:
    """Rows and fingerprint of every table."""
    with closing(_open(path)) as copy:
        names = copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        return {name: _fingerprint(copy, name) for (name,) in names.fetchall()}


def _fingerprint(copy: sqlite3.Connection, table: str) -> list:
    rows = total = 0
    for row in copy.execute('SELECT * FROM "{}"'.format(table.replace('"', '""'))):
        rows += 1
        total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=8).digest(), "big")
    return [rows, f"{total % 2**64:016x}"]


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)


def _path() -> Path:
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        raise BackupRefused("The database lies in memory only; name a file in DATABASE_URL.")
    return Path(name)
