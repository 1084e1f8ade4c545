"""Nasty texts: encodings, separators, dates and cells that no roster or list of people holds."""

HEAD = "matricule;last name;prénom;date"
ROW = "1;Roy;Eve;2026-01-05"


def _csv(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


TEXTS = {
    "empty": lambda: b"",
    "blanks": lambda: b" \r\n\t\n  ",
    "only a byte order mark": lambda: b"\xef\xbb\xbf",
    "only a head": lambda: _csv(),
    "nul": lambda: _csv("1;R\0y;Eve;2026-01-05"),
    "all nul": lambda: b"\0" * 100_000,
    "mixed encodings": lambda: "matricule;prénom\n1;Zoé\n".encode() + "2;Zoé\n".encode("latin-1"),
    "half a utf-16": lambda: (HEAD + "\n" + ROW).encode("utf-16")[:-1],
    "lone surrogates": lambda: b"\xff\xfe" + "matricule;nom\n1;".encode("utf-16-le") + b"\x00\xd8\x00\xd8",
    "bytes of a picture": lambda: bytes(range(256)) * 400,
    "duplicate heads": lambda: _csv(ROW, head="matricule;nom;matricule;prénom"),
    "31 February": lambda: _csv("1;Roy;Eve;31/02/2026"),
    "29 February of no leap year": lambda: _csv("1;Roy;Eve;29/02/2026"),
    "29 February 1900": lambda: _csv("1;Roy;Eve;29/02/1900", "2;Roy;Ida;60"),
    "negative serial": lambda: _csv("1;Roy;Eve;-44000"),
    "serial beyond time": lambda: _csv("1;Roy;Eve;999999"),
    "very long number": lambda: _csv(f"{'9' * 150};Roy;Eve;{'1' * 190}"),
    "number with exponent": lambda: _csv("1;Roy;Eve;1e309"),
    "not a number": lambda: _csv("1;Roy;nan;inf"),
    "formula": lambda: _csv("=HYPERLINK(\"http://x\");+1+1;@SUM(A1);-2+3"),
    "right to left": lambda: _csv("1;\u202eyoR;\u2066Eve\u2069;2026-01-05"),
    "a cell of a million": lambda: _csv("1;" + "x" * 900_000 + ";Eve;2026-01-05"),
    "a line of 50 MB": lambda: b"matricule;nom\n" + b"x" * 50_000_000,
    "a million columns": lambda: b";".join([b"a"] * 900_000) + b"\n",
    "a million lines": lambda: b"matricule\n" + b"1\n" * 450_000,
    "quotes never closed": lambda: _csv('1;"Roy;Eve'),
    "quotes inside": lambda: _csv('1;R"o"y;Eve;x'),
    "only separators": lambda: b";;;;;;\n" * 4_000,
    "separator of its own": lambda: b"sep=^\nmatricule^nom\n1^Roy\n",
    "separator that is a quote": lambda: b'sep="\nmatricule"nom\n1"Roy\n',
    "html as a sheet": lambda: b"<html><table><tr><td>matricule</td></tr></table></html>",
    "xml entity bomb": lambda: b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'xx'><!ENTITY b '&a;&a;'>]><l>&b;</l>",
    "pdf": lambda: b"%PDF-1.7\n" + b"x" * 1000,
    "old excel": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000,
    "social security number": lambda: _csv("1;Roy;1 85 05 78 006 084 91;2026-01-05"),
    "role": lambda: _csv("1;Roy;admin", head="matricule;nom;rôle"),
    "health": lambda: _csv("1;Roy;oui", head="matricule;nom;RQTH"),
    "calendar with endless events": lambda: (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:1\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    ),
}  # fmt: skip
