"""The types of the agreement language, and the reading of a table against them, every fault collected."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from .faults import AgreementError, Fault, unknown
from .positions import Path, Positions
from .text import NOTHING, Text, both, french_spacing

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CODE = re.compile(r"^[a-z0-9][a-z0-9_-]{0,59}$")
_LONGEST = 4000
_MOST_FAULTS = 100


class Wrong(ValueError):
    """A value that does not fit its parameter; ``message`` says what would."""

    def __init__(self, *, fr: str, en: str) -> None:
        self.message = both(fr=fr, en=en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Param:
    """One key of a table: its type, whether it must stand there, its bounds, and what it means (for the reference).

    ``fields`` are the keys of a ``table``, or of each row of ``rows``."""

    type: str
    about: Text = NOTHING
    required: bool = True
    default: object = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 10_000
    fields: "Mapping[str, Param]" = field(default_factory=dict)


class Reader:
    """Reads tables of one document and gathers the faults; beyond a hundred it gives up reading."""

    def __init__(self, text: str, name: str = "") -> None:
        self.name = name
        self.positions = Positions(text)
        self.faults: list[Fault] = []

    def fault(self, path: Path, message: Text) -> None:
        self.faults.append(Fault(self.positions.line(path), key_of(path), message))
        if len(self.faults) >= _MOST_FAULTS:
            raise AgreementError(self.faults, self.name)

    def table(self, value: object, path: Path) -> Mapping[str, object]:
        """``value`` if it is a table; else a fault and an empty one."""
        if isinstance(value, dict):
            return value
        self.fault(path, both(fr="Un tableau de clés est attendu ici.", en="A table of keys is expected here."))
        return {}

    def tables(self, value: object, path: Path) -> list[tuple[Path, Mapping[str, object]]]:
        """The elements of a list of tables with their paths."""
        if not isinstance(value, list):
            self.fault(
                path,
                both(
                    fr=f"Une liste est attendue : [[{'.'.join(p for p in path if isinstance(p, str))}]].",
                    en=f"A list is expected: [[{'.'.join(p for p in path if isinstance(p, str))}]].",
                ),
            )
            return []
        return [((*path, index), self.table(item, (*path, index))) for index, item in enumerate(value)]

    def params(
        self,
        raw: Mapping[str, object],
        path: Path,
        spec: Mapping[str, Param],
        *,
        also: tuple[str, ...] = (),
        elsewhere: Mapping[str, Text] = MappingProxyType({}),
    ) -> dict[str, object]:
        """The values of ``raw`` checked against ``spec``; unknown, missing and ill-typed keys become faults.

        ``also``: keys read by somebody else, named where a word is not known. ``elsewhere``: keys that stand in another
        table of the document, and the sentence that says in which."""
        for key in raw.keys() - spec.keys():
            self.fault((*path, str(key)), elsewhere.get(key) or unknown(key, [*spec, *also]))
        return {key: self._param(raw, (*path, key), param) for key, param in spec.items()}

    def some(
        self, raw: Mapping[str, object], path: Path, spec: Mapping[str, Param], *, upon: Mapping[str, object]
    ) -> dict[str, object]:
        """The same upon values already checked: only the keys written are read, which is quick for many tables."""
        found = {**_defaults(spec), **upon}
        for key in raw:
            if key not in spec:
                self.fault((*path, str(key)), unknown(key, spec))
            else:
                found[key] = self._param(raw, (*path, key), spec[key])
        for key, param in spec.items():
            if param.required and key not in raw:
                self._param(raw, (*path, key), param)
        return found

    def _param(self, raw: Mapping[str, object], path: Path, param: Param) -> object:
        key = path[-1]
        if key not in raw:
            if param.required:
                self.fault(
                    path,
                    both(
                        fr=f"« {key} » manque : {param.about.lang('fr')}",
                        en=f"“{key}” is missing: {param.about.lang('en')}",
                    ),
                )
            return param.default
        try:
            return CHECKS[param.type](raw[key], param)
        except Wrong as wrong:
            self.fault(path, wrong.message)
            return param.default


def _defaults(spec: Mapping[str, Param]) -> dict[str, object]:
    return {key: param.default for key, param in spec.items()}


def key_of(path: Path) -> str:
    """``rules[2].limit``: indexes count from 1, as people do."""
    out = ""
    for piece in path:
        if isinstance(piece, int):
            out += f"[{piece + 1}]"
        else:
            shown = piece if re.fullmatch(r"[\w-]+", piece) else f'"{piece}"'
            out += f".{shown}" if out else shown
    return out


def shown(value: object) -> str:
    """A value as quoted in a message, never long."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= 60 else text[:57] + "…"


def _a_number(value: object, param: Param) -> Decimal:
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not is_number or not Decimal(value).is_finite() or not param.least <= value <= param.most:
        raise Wrong(
            fr=f"« {shown(value)} » : un nombre de {param.least} à {param.most} est attendu{_bare(value, 'fr')}.",
            en=f"“{shown(value)}”: a number from {param.least} to {param.most} is expected{_bare(value, 'en')}.",
        )
    return Decimal(value)


def _bare(value: object, lang: str) -> str:
    return both(fr=", sans guillemets", en=", without quotes").lang(lang) if isinstance(value, str) else ""


def _whole(value: object, param: Param) -> int:
    number = _a_number(value, param)
    if number != int(number):
        raise Wrong(
            fr=f"« {shown(value)} » : un nombre entier est attendu.",
            en=f"“{shown(value)}”: a whole number is expected.",
        )
    return int(number)


def _days(value: object, param: Param) -> Decimal:
    number = _a_number(value, param)
    if number * 2 != int(number * 2):
        raise Wrong(
            fr=f"« {shown(value)} » : des jours ou des demis sont attendus (12 ou 12.5).",
            en=f"“{shown(value)}”: days or half-days are expected (12 or 12.5).",
        )
    return number


def _choice(value: object, param: Param) -> str:
    if not isinstance(value, str) or value not in param.choices:
        raise _unknown_word(value, param.choices)
    return value


def _unknown_word(value: object, known: tuple[str, ...]) -> Wrong:
    message = unknown(shown(value), known)
    return Wrong(fr=message.fr, en=message.en)


def _flag(value: object, param: Param) -> bool:
    if not isinstance(value, bool):
        raise Wrong(
            fr=f"« {shown(value)} » : true ou false est attendu.", en=f"“{shown(value)}”: true or false is expected."
        )
    return value


def _day(value: object, param: Param) -> date:
    if not isinstance(value, date) or isinstance(value, datetime) or not 1900 <= value.year <= 2999:
        raise Wrong(
            fr=f"« {shown(value)} » : une date sans guillemets est attendue, comme 2026-06-30.",
            en=f"“{shown(value)}”: a date without quotes is expected, like 2026-06-30.",
        )
    return value


def _string(value: object, param: Param) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST or "\x00" in value:
        raise Wrong(
            fr=f"« {shown(value)} » : un texte entre guillemets est attendu, de {_LONGEST} signes au plus.",
            en=f"“{shown(value)}”: a text in quotes is expected, of at most {_LONGEST} characters.",
        )
    return value.strip()


def _words(value: object, param: Param) -> Text:
    """A text, in one language or in both: ``"…"`` or ``{ fr = "…", en = "…" }``."""
    if isinstance(value, dict):
        if not value or value.keys() - {"fr", "en"}:
            raise Wrong(fr='Écrivez { fr = "…", en = "…" }.', en='Write { fr = "…", en = "…" }.')
        own = {lang: _string(text, param) for lang, text in value.items()}
        if "fr" in own:  # whoever writes a document types ordinary spaces
            own["fr"] = french_spacing(own["fr"])
        return Text(own.get("fr") or own["en"], **own)
    return Text(_string(value, param))


def _list(value: object) -> list:
    if not isinstance(value, list) or not value:
        like = f'["{value}"]' if isinstance(value, str) and len(value) < 40 else "[…]"
        raise Wrong(
            fr=f"« {shown(value)} » : une liste non vide est attendue, entre crochets : {like}.",
            en=f"“{shown(value)}”: a list that is not empty is expected, in brackets: {like}.",
        )
    return value


def _strings(value: object, param: Param) -> tuple[str, ...]:
    return tuple(_string(item, param) for item in _list(value))


def _codes(value: object, param: Param) -> tuple[str, ...]:
    """Codes as people and contracts carry them: small letters, digits, - and _."""
    for item in _list(value):
        if not isinstance(item, str) or not _CODE.match(item):
            raise Wrong(
                fr=f"« {shown(item)} » : un code est attendu (minuscules, chiffres, - et _).",
                en=f"“{shown(item)}”: a code is expected (small letters, digits, - and _).",
            )
        if param.choices and item not in param.choices:
            raise _unknown_word(item, param.choices)
    return tuple(dict.fromkeys(value))


def _weekdays(value: object, param: Param) -> frozenset[int]:
    """Weekdays by their English names; kept as ISO numbers 1 (Monday) to 7."""
    for item in _list(value):
        if item not in WEEKDAYS:
            raise _unknown_word(item, WEEKDAYS)
    if len(set(value)) < param.least:
        raise Wrong(
            fr=f"« {shown(value)} » : {param.least} jours différents au moins sont attendus.",
            en=f"“{shown(value)}”: at least {param.least} different days are expected.",
        )
    return frozenset(WEEKDAYS.index(item) + 1 for item in value)


def _scale(value: object, param: Param) -> tuple[tuple[Decimal, Decimal], ...]:
    """Rows ``{ rate = 80, days = 78 }``, one per rate, kept in order of rate."""
    rows = {}
    for row in _list(value):
        if not isinstance(row, dict) or row.keys() != {"rate", "days"}:
            raise Wrong(
                fr="Écrivez { rate = 80, days = 78 } à chaque ligne.", en="Write { rate = 80, days = 78 } on each row."
            )
        rate = _a_number(row["rate"], Param("number", least=0, most=100))
        if rate in rows:
            raise Wrong(
                fr=f"Le taux {rate} est deux fois dans le barème.", en=f"The rate {rate} is in the scale twice."
            )
        rows[rate] = _days(row["days"], Param("days", most=366))
    return tuple(sorted(rows.items()))


def table_of(value: object, fields: Mapping[str, Param]) -> dict[str, object]:
    """A small table with these keys, inside a value; its first fault becomes the fault of the key."""
    reader = Reader("")
    found = reader.params(reader.table(value, ()), (), fields)
    if reader.faults:
        fault = reader.faults[0]
        colon = (" : ", ": ") if fault.key else ("", "")
        raise Wrong(fr=f"{fault.key}{colon[0]}{fault.message.fr}", en=f"{fault.key}{colon[1]}{fault.message.en}")
    return found


def _inner(value: object, param: Param) -> dict[str, object]:
    return table_of(value, param.fields)


def _rows(value: object, param: Param) -> tuple[dict[str, object], ...]:
    return tuple(table_of(item, param.fields) for item in _list(value))


def _replacements(value: object, param: Param) -> dict[str, object]:
    """``{ rule = { key = value } }``; the keys are checked once the rules they replace are known."""
    if not isinstance(value, dict) or not all(isinstance(item, dict) and item for item in value.values()):
        raise Wrong(
            fr="Écrivez replace = { weekly = { limit = 4 } }.", en="Write replace = { weekly = { limit = 4 } }."
        )
    return dict(value)


CHECKS: dict[str, Callable[[object, Param], object]] = {
    "number": _a_number,
    "whole": _whole,
    "days": _days,
    "choice": _choice,
    "flag": _flag,
    "date": _day,
    "string": _string,
    "words": _words,
    "strings": _strings,
    "codes": _codes,
    "weekdays": _weekdays,
    "scale": _scale,
    "table": _inner,
    "rows": _rows,
    "replacements": _replacements,
}
