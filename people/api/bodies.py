"""How bodies are read: JSON in UTF-8, every name once, and only texts that can be kept."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from people.errors import BadFact
from people.texts import read_day

DEEPEST = 20
SUSPECT = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)
UNKEPT = re.compile("[\0\ud800-\udfff]")


def _day(value: object) -> date:
    try:
        return read_day(value if isinstance(value, str) else str(value)[:40], "")
    except BadFact as fault:
        raise PydanticCustomError("sentence", "{sentence}", {"sentence": fault.sentence}) from fault


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class StrictParser(Parser):
    """JSON in UTF-8, without NaN and without endless nesting."""

    def parse_body(self, request: HttpRequest):
        body = request.body.decode("utf-8")
        if _depth(body) > DEEPEST:
            raise ValueError("The body is nested too deeply.")
        found = json.loads(body, parse_constant=_refuse, object_pairs_hook=_each_once)
        if SUSPECT.search(body):  # JSON writes them in no other way
            for field, text in _texts(found):
                refuse_unkept(text, field)
        return found


def refuse_unkept(text: str, field: str) -> None:
    """``BadFact`` for what no database holds: NUL, and half of a character (a lone surrogate)."""
    if found := UNKEPT.search(text):
        sentence = _("“%(field)s” holds the character %(code)s, which cannot be kept. Take it out.")
        field = UNKEPT.sub("?", field)
        raise BadFact(field, UNKEPT.sub("?", text), sentence % {"field": field, "code": f"U+{ord(found[0]):04X}"})


def _texts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a body with where it stands, names of members too."""
    if isinstance(value, str):
        yield field or "body", value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        where = f"{field}.{str(name)[:80]}".lstrip(".")
        yield where, str(name)
        yield from _texts(member, where)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; of a name given twice nobody knows which value was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadFact(
            twice[:40], twice, _("“%(field)s” stands twice in the body. Send it once.") % {"field": twice[:40]}
        )
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")


def _depth(text: str) -> int:
    """An upper bound of the nesting, brackets inside of texts included."""
    depth = deepest = 0
    for char in text:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest
