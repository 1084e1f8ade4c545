"""Read every nasty file in a process of its own, and print what it answered, its CPU seconds and its memory.

Run as ``python -m tests.corpus.measured``; the test beside it reads the lines (JSON).
"""

import json
import os
import sys

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    import openpyxl  # what the first reader of a sheet would load; no part of a file's own cost

    from tests.corpus.sheets import SHEETS
    from tests.corpus.texts import TEXTS

    assert openpyxl
    for name, make in (*TEXTS.items(), *SHEETS.items()):
        content = make()
        for reader in ("people", "roster"):
            told = _apart(reader, content)
            print(json.dumps({"name": name, "reader": reader, **told}), flush=True)
    return 0


def _apart(reader: str, content: bytes) -> dict:
    """What a child says of a file, with the seconds and the peak of memory that the system counted for it."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        os.write(into, _answer(reader, content)[:4000].encode("utf-8", "replace"))
        os._exit(0)
    os.close(into)
    with os.fdopen(out, encoding="utf-8", errors="replace") as heard:
        said = heard.read()
    _pid, status, used = os.wait4(child, 0)
    return {"said": said, "status": status, "seconds": used.ru_utime + used.ru_stime, "mib": used.ru_maxrss / 1024}


def _answer(reader: str, content: bytes) -> str:
    from people import imports
    from people.imports import Unreadable, staff

    try:
        if reader == "roster":
            return f"read {len(imports.read(content, zone='Europe/Paris'))}"
        tables = imports.read_tables(content)
        staff.refuse_columns(tables, "people")
        return f"read {sum(len(table.rows) for table in tables)}"
    except Unreadable as bad:
        return f"refused: {bad.sentence}"
    except BaseException as broken:
        return f"broken: {type(broken).__name__}: {broken}"


if __name__ == "__main__":
    sys.exit(main())
