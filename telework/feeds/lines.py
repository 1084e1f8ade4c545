"""Content lines of RFC 5545: text escaped once, folded between characters at 75 octets, closed by CRLF."""

import re
from datetime import date, datetime
from functools import lru_cache

LIMIT = 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
SPACES = re.compile(r"\s+")


def text(value: str) -> str:
    """A TEXT value: every kind of line break becomes ``\\n``, what no calendar may hold is left out."""
    return CONTROLS.sub("", BREAKS.sub("\n", value)).translate(ESCAPES)


def one_line(value: str, limit: int = 255) -> str:
    """A name: a single line of at most ``limit`` characters, not yet escaped."""
    return SPACES.sub(" ", CONTROLS.sub("", BREAKS.sub(" ", value))).strip()[:limit]


def parameter(value: str) -> str:
    """A quoted parameter value; a double quote cannot stand in one."""
    return '"' + one_line(value).replace('"', "'") + '"'


def fold(line: str) -> str:
    """The line with its CRLF; continuation lines begin with a space and no character is cut in two."""
    if len(line) <= LIMIT and len(line.encode()) <= LIMIT:
        return f"{line}\r\n"
    parts, part, room = [], "", LIMIT
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append(part)
            part, room = "", LIMIT - 1
        part += character
        room -= size
    return "\r\n ".join([*parts, part]) + "\r\n"


@lru_cache(maxsize=8192)
def day_value(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def utc_value(instant: datetime) -> str:
    """An instant that is already in UTC, as 20261121T041239Z."""
    return f"{day_value(instant.date())}T{instant.hour:02}{instant.minute:02}{instant.second:02}Z"


def local_value(local: datetime) -> str:
    return f"{day_value(local.date())}T{local.hour:02}{local.minute:02}{local.second:02}"
