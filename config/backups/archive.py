"""The file of a backup: a ZIP with a manifest in JSON and the database, readable by any unzip.

The manifest says what the database must look like once it is back: its migrations, and for every table the number of
rows and a fingerprint of them that does not depend on their order.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from .errors import BackupRefused

FORMAT = 1
MANIFEST = "manifest.json"
LONGEST_MANIFEST = 4 * 1024 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``tables``: name → [rows, fingerprint]. ``server`` and ``tool``: major versions."""

    product: str
    format: int
    version: str
    made_at: str
    database: str
    server: int
    tool: int
    migrations: list[str]
    tables: dict[str, list]
    content: str
    octets: int
    sha256: str


def write(path: Path, content: Path, facts: Mapping[str, object]) -> Manifest:
    """Write the file at ``path``, whole or not at all, for its owner's eyes only. ``content``: the copied database."""
    octets, sha256 = content.stat().st_size, digest(content)
    manifest = Manifest(
        product="cent-jours", format=FORMAT, content=content.name, octets=octets, sha256=sha256, **facts
    )
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
                # A dump of PostgreSQL is compressed already.
                kind = zipfile.ZIP_STORED if content.suffix == ".dump" else zipfile.ZIP_DEFLATED
                archive.write(content, content.name, compress_type=kind)
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)  # unlike a rename, it never takes the place of another file
    except FileExistsError as error:
        raise BackupRefused(f"{path} exists already; choose another name.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def read(path: Path) -> Manifest:
    """The manifest of the file at ``path``; ``BackupRefused`` when it is none of ours or cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(MANIFEST) as file:
            said = json.loads(file.read(LONGEST_MANIFEST))
        if said.get("product") != "cent-jours":
            raise KeyError("product")
        if said["format"] != FORMAT:
            raise BackupRefused(
                f"{path.name} is a backup of format {said['format']}; this version reads {FORMAT}: upgrade first."
            )
        return Manifest(**said)
    except FileNotFoundError as error:
        raise BackupRefused(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, EOFError) as error:
        raise BackupRefused(f"{path.name} is cut short, damaged or no backup at all; take another one.") from error
    except OSError as error:
        raise BackupRefused(f"{path} cannot be read ({error.strerror}).") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupRefused(f"{path.name} is no backup of Cent Jours: `manage.py backup` makes them.") from error


def unpack(path: Path, manifest: Manifest, folder: Path) -> Path:
    """The database of the backup as a file in ``folder``, held against its checksum."""
    target, left = folder / "restored", manifest.octets
    damaged = BackupRefused(f"{path.name} is damaged: its content does not match its checksum. Take another one.")
    found = hashlib.sha256()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(manifest.content) as source, target.open("wb") as sink:
            while chunk := source.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise damaged
                found.update(chunk)
                sink.write(chunk)
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, KeyError) as error:
        raise damaged from error
    if left or found.hexdigest() != manifest.sha256:
        raise damaged
    return target


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def differences(manifest: Manifest, found: Mapping[str, list]) -> list[str]:
    """The tables whose rows are not those that were saved."""
    tables = manifest.tables
    return sorted(name for name in tables.keys() | found.keys() if tables.get(name) != found.get(name))
