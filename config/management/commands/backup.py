from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backups import services
from config.backups.archive import digest
from config.backups.errors import BackupRefused
from people import clock

NAME = "cent-jours-{:%Y%m%d-%H%M%S}.zip"


class Command(BaseCommand):
    help = "Back up the database to one file while everything runs. The keys (SECRET_KEY, FIELD_KEYS) are not in it."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to write; a dated name in var/backups by default")
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="afterwards keep only the N newest dated files beside it"
        )

    def handle(self, *, file: Path | None, keep: int, **options) -> None:
        if keep < 0:
            raise CommandError(f"--keep is {keep}; give a number of files from 1, or leave it out to keep all.")
        now = clock.now()
        path = file or settings.VAR_DIR / "backups" / NAME.format(now)
        try:
            manifest = services.back_up(path, now)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"{path} cannot be written ({error.strerror}).") from error
        rows = sum(rows for rows, _fingerprint in manifest.tables.values())
        size = path.stat().st_size / 1_000_000
        self.stdout.write(f"{path}: {rows} rows in {len(manifest.tables)} tables, {size:.1f} MB")
        self.stdout.write(f"sha256 {digest(path)}")
        self.stdout.write("SECRET_KEY and FIELD_KEYS are not in it: keep them, elsewhere.")
        if keep:
            self._forget(path.parent, keep)

    def _forget(self, folder: Path, keep: int) -> None:
        dated = sorted(folder.glob("cent-jours-[0-9]*-[0-9]*.zip"))
        for path in dated[:-keep]:
            path.unlink()
            self.stdout.write(f"{path} is removed: --keep {keep}")
