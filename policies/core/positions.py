"""Where each key of a TOML text stands, since the standard parser does not tell."""

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PIECE = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')

_LONGEST = 1000  # no header is longer, and matching one costs the square of its spaces

Path = tuple[str | int, ...]


class Positions:
    """Line numbers (from 1) of the tables and keys of one text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._arrays: dict[Path, int] = {}
        self._table: Path = ()
        self._closing = ""
        self._depth = 0
        for line_number, line in enumerate(text.split("\n"), start=1):
            self._read(line, line_number)

    def line(self, path: Path) -> int:
        """The line of ``path``, or of the nearest table around it; 0 when even that is unknown."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def _read(self, line: str, line_number: int) -> None:
        if self._closing:
            if self._closing in line:
                self._closing = ""
            return
        if self._depth > 0:
            self._depth += _balance(line)
            return
        if len(line) < _LONGEST and (header := _HEADER.match(line)):
            self._enter(header.group(2), line_number, is_array=header.group(1) == "[[")
        elif key := _KEY.match(line):
            self._lines.setdefault(self._table + _pieces(key.group(1)), line_number)
            self._continue(line[key.end() :])

    def _enter(self, header: str, line_number: int, *, is_array: bool) -> None:
        path: Path = ()
        pieces = _pieces(header)
        for position, piece in enumerate(pieces):
            path += (piece,)
            if is_array and position == len(pieces) - 1:
                self._lines.setdefault(path, line_number)
                self._arrays[path] = self._arrays.get(path, -1) + 1
                path += (self._arrays[path],)
            elif path in self._arrays:
                path += (self._arrays[path],)
        self._table = path
        self._lines.setdefault(path, line_number)

    def _continue(self, value: str) -> None:
        for quotes in ('"""', "'''"):
            if value.lstrip().startswith(quotes):
                self._closing = "" if value.count(quotes) > 1 else quotes
                return
        self._depth = max(0, _balance(value))


def _balance(line: str) -> int:
    bare = _STRING.sub("", line)
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")


def _pieces(dotted: str) -> Path:
    return tuple(next(filter(None, groups), "") for groups in _PIECE.findall(dotted))
