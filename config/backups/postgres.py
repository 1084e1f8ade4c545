"""Copy and put back a PostgreSQL database with its own programs; what is dumped and what is counted is one snapshot."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from .archive import Manifest
from .errors import BackupRefused
from .tools import tool

CONTENT = "database.dump"
NO_TIMEOUT = b"SET transaction_timeout = 0;"  # told by programs of 17 and later, unknown to older servers
HEAD = 50
# The sum of 60 bits of each row's MD5: the same whatever the order of the rows, on every version.
FINGERPRINT = "count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0)::text"
DROP_ALL = """DO $$ DECLARE one record; BEGIN
FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' LOOP
EXECUTE format('DROP TABLE IF EXISTS %I.%I CASCADE', '{schema}', one.tablename); END LOOP;
FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = '{schema}' LOOP
EXECUTE format('DROP SEQUENCE IF EXISTS %I.%I CASCADE', '{schema}', one.sequencename); END LOOP; END $$"""
EXPECT = """DO $$ BEGIN IF NOT EXISTS (
SELECT FROM (SELECT {fingerprint} FROM "{schema}"."{table}" t) AS found (number, total)
WHERE number = {rows} AND total = '{total}'
) THEN RAISE EXCEPTION 'the rows of {table} are not those that were saved'; END IF; END $$"""
AS_SAVED = ("SET TIME ZONE 'UTC'", "SET datestyle = 'ISO, MDY'", "SET extra_float_digits = 1")


def dump(folder: Path) -> tuple[Path, dict[str, object]]:
    """A dump in the custom format as of one snapshot, and what the manifest says of that same snapshot."""
    content = folder / CONTENT
    server = _server()
    program, version = tool("pg_dump", least=server)
    snapshot = connection.get_new_connection(connection.get_connection_params())
    try:
        cursor = snapshot.cursor()
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={cursor.fetchone()[0]}"]
        _run([program, *options, f'--table="{schema()}".*', f"--file={content}"])
        tables = _contents(cursor)
    finally:
        snapshot.close()
    return content, {"database": "postgresql", "server": server, "tool": version, "tables": tables}


def restore(content: Path, manifest: Manifest, quieting: Sequence[str]) -> None:
    """Drop what is there, put the dump in its place, compare and quiet it: one transaction, or nothing."""
    if manifest.server > _server():
        raise BackupRefused(
            f"The backup is of PostgreSQL {manifest.server}, and the server is {_server()}: restore on a newer server."
        )
    program, _version = tool("pg_restore", least=manifest.tool)
    psql = program.with_name("psql")
    name = schema()
    before = [
        "BEGIN",
        "SET LOCAL lock_timeout = '30s'",
        "SET client_min_messages = warning",
        DROP_ALL.format(schema=name),
    ]
    after = [*AS_SAVED, *(_expected(table, rows, total, name) for table, (rows, total) in manifest.tables.items())]
    connection.close()
    with tempfile.TemporaryFile() as said:
        arguments, environment = _client(psql)
        options = ["--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1"]
        session = subprocess.Popen(
            [*arguments, *options], env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            with session.stdin as sink:
                sink.write(_script(before))
                sink.writelines(_dumped(program, content))
                sink.write(_script([*after, *quieting, "COMMIT"]))
        except BrokenPipeError:
            pass  # psql has stopped at an error, which it told
        finally:
            code = session.wait()
        said.seek(0)
        if code:
            reason = said.read().decode("utf-8", "replace").strip().splitlines()
            raise BackupRefused(f"PostgreSQL refused the backup, nothing was changed: {' '.join(reason)[-400:]}")


def schema() -> str:
    """The schema that Cent Jours lives in: the first of the search path."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]


def _contents(cursor) -> dict[str, list]:
    """Rows and fingerprint of every table."""
    for setting in AS_SAVED:
        cursor.execute(setting.replace("SET ", "SET LOCAL ", 1))
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT {FINGERPRINT} FROM "{table}" t')
        found[table] = list(cursor.fetchone())
    return found


def _expected(table: str, rows: int, total: str, name: str) -> str:
    return EXPECT.format(fingerprint=FINGERPRINT, schema=name, table=table, rows=rows, total=total)


def _dumped(program: Path, content: Path) -> Iterator[bytes]:
    """The dump as a script; a dump that cannot be read to its end raises, so that nothing is committed."""
    with tempfile.TemporaryFile() as said:
        reading = subprocess.Popen(
            [program, "--no-owner", "--no-privileges", "--file=-", content], stdout=subprocess.PIPE, stderr=said
        )
        try:
            for number, line in enumerate(reading.stdout):
                if number > HEAD or line.strip() != NO_TIMEOUT:
                    yield line
        finally:
            reading.stdout.close()
            code = reading.wait()
        if code:
            said.seek(0)
            raise BackupRefused(f"The backup cannot be read: {said.read().decode('utf-8', 'replace').strip()[-400:]}")


def _script(statements: Sequence[str]) -> bytes:
    return "".join(f"{statement};\n" for statement in statements).encode()


def _server() -> int:
    with connection.cursor():
        return connection.pg_version // 10_000


def _client(program: Path) -> tuple[list[str], dict[str, str]]:
    """Program with host, port, user and database; the password goes through the environment, which ps does not show."""
    arguments, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    return [str(program), *arguments[1:]], os.environ | (environment or {})


def _run(command: Sequence) -> None:
    program, *options = command
    arguments, environment = _client(program)
    done = subprocess.run([*arguments, *options], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupRefused(f"{program.name} stopped: {done.stderr.strip()[-400:]}")
