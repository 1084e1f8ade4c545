"""Back up and restore the database in use, whichever it is."""

import tempfile
import tomllib
from datetime import datetime
from pathlib import Path
from types import ModuleType

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.backups import archive, postgres, sqlite
from notifications import holding
from people.encryption import decrypt
from people.models.fields import EncryptedTextField

from .archive import Manifest
from .errors import BackupRefused
from .quieting import statements


def back_up(path: Path, now: datetime) -> Manifest:
    """Write a backup of the database as of ``now`` to ``path``; ``BackupRefused`` when it cannot be."""
    if path.exists():
        raise BackupRefused(f"{path} exists already; choose another name.")
    if not (applied := _applied()):
        raise BackupRefused("The database of DATABASE_URL is empty: there is nothing to back up.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
        content, facts = _side().dump(Path(folder))
        said = {"version": version(), "made_at": now.isoformat(), "migrations": applied}
        return archive.write(path, content, facts | said)


def restore(path: Path, manifest: Manifest, now: datetime) -> None:
    """Put the backup in the place of the database in use, held; all or nothing. Then bring it up to this version."""
    fits(path, manifest)
    side = _side()
    with tempfile.TemporaryDirectory(prefix="cent-jours-restore-", dir=_room()) as folder:
        content = archive.unpack(path, manifest, Path(folder))
        as_of = datetime.fromisoformat(manifest.made_at)
        schema = postgres.schema() if side is postgres else ""
        side.restore(content, manifest, statements(manifest.tables, as_of=as_of, since=now, schema=schema))
    connection.close()
    call_command("migrate", interactive=False, verbosity=0)
    holding.hold(as_of=as_of, since=now)


def fits(path: Path, manifest: Manifest) -> None:
    """Refuse a backup of the other kind of database, or of a version that this one does not know."""
    if manifest.database != connection.vendor:
        url = {"sqlite": "sqlite:////…/cent-jours.sqlite3", "postgresql": "postgres://…"}.get(manifest.database, "…")
        raise BackupRefused(
            f"{path.name} holds a {manifest.database} database and DATABASE_URL names {connection.vendor}: "
            f"restore it with DATABASE_URL={url}"
        )
    known = {f"{app}.{name}" for app, name in MigrationExecutor(connection).loader.disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupRefused(
            f"{path.name} was made by a newer version ({manifest.version}; {unknown[-1]} is not known here): "
            "install that version first."
        )


def is_empty() -> bool:
    """Whether nobody has been written into the database in use: no person and no account."""
    names = set(connection.introspection.table_names())
    models = [apps.get_model("people", name) for name in ("Person", "Account")]
    return not any(model._meta.db_table in names and model.objects.exists() for model in models)


def unreadable() -> tuple[int, int]:
    """How many encrypted values no key of here opens, and how many there are."""
    lost = total = 0
    tables = set(connection.introspection.table_names())
    for model in (model for model in apps.get_models() if model._meta.db_table in tables):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                for token in _tokens(model._meta.db_table, field.column):
                    total += 1
                    lost += not _opens(token)
    return lost, total


def version() -> str:
    """The version of Cent Jours that runs here."""
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def _tokens(table: str, column: str) -> list[str]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quote(column)} FROM {quote(table)} WHERE {quote(column)} <> ''")
        return [token for (token,) in cursor.fetchall()]


def _opens(token: str) -> bool:
    try:
        decrypt(token)
    except InvalidToken:
        return False
    return True


def _side() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def _room() -> Path | None:
    """Where a database is unpacked: beside SQLite's own, since the common temporary folder may be small."""
    return Path(str(connection.settings_dict["NAME"])).parent if connection.vendor == "sqlite" else None


def _applied() -> list[str]:
    """Migrations applied here that this version knows; a room that was taken away leaves its own behind."""
    loader = MigrationExecutor(connection).loader
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations.keys() & loader.disk_migrations.keys())
