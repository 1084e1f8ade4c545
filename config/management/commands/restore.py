import sys
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from config.backups import archive, services
from config.backups.errors import BackupRefused
from people import clock

WORD = "replace"


class Command(BaseCommand):
    help = "Put a backup in the place of the database in use. Stop web server, worker and watchdog before."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="what `manage.py backup` wrote")
        parser.add_argument("--yes", action="store_true", help="replace a database that is not empty without asking")

    def handle(self, *, file: Path, yes: bool, **options) -> None:
        try:
            manifest = archive.read(file)
            services.fits(file, manifest)
            self._ask(file, manifest, yes)
            services.restore(file, manifest, clock.now())
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        except DatabaseError as error:
            raise CommandError(f"The database does not let itself be restored: {error}") from error
        except OSError as error:
            raise CommandError(f"The backup cannot be unpacked ({error.strerror}); nothing was changed.") from error
        self._tell(manifest)

    def _ask(self, file: Path, manifest: archive.Manifest, yes: bool) -> None:
        """A database in which people are is never replaced without a word."""
        if yes or services.is_empty():
            return
        if not sys.stdin.isatty():
            raise CommandError("The database is not empty. To replace everything in it, add --yes.")
        made = f"{datetime.fromisoformat(manifest.made_at):%d %B %Y, %H:%M} UTC"
        said = input(f"The database is not empty. Type “{WORD}” to put {file.name} ({made}) in its place: ")
        if said.strip() != WORD:
            raise CommandError("Nothing was changed.")

    def _tell(self, manifest: archive.Manifest) -> None:
        rows = sum(rows for rows, _fingerprint in manifest.tables.values())
        self.stdout.write(f"Restored as of {manifest.made_at}: {rows} rows in {len(manifest.tables)} tables.")
        lost, total = services.unreadable()
        if lost:
            self.stdout.write(
                f"{lost} of {total} encrypted values cannot be read with the keys of here: "
                "add the former key to FIELD_KEYS, after a comma."
            )
        self.stdout.write("Everybody is signed out. No message and no calendar leaves this copy until you say")
        self.stdout.write("  manage.py release_messages --old drop    (or --old send)")
