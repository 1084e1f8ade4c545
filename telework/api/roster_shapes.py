"""What the endpoints about rosters read and answer."""

from base64 import b64decode
from binascii import Error as NotBase64
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import BeforeValidator, Field

from people import imports
from people.imports import Plan, Unreadable
from people.models import Absence, OnCall, Shift
from telework.errors import language
from telework.rosters.rests import told_rest
from telework.services import Recheck
from telework.services.rechecking import PLANS, said_of, told

from . import replies
from .requirement_shapes import GapOut
from .schemas import Day, Strict, whole
from .texts import Letter, Word

MOST_SHOWN = 200


class FileIn(Strict):
    """``content``: a CSV, XLSX or ICS file in base64, 1 MB at most. ``replaces``: it is all there is for its people.

    ``write`` false: nothing is written; ``seen``: the digest of what was looked at, without which nothing is either."""

    what: Literal["shifts", "absences"] = "shifts"
    content: Annotated[str, Field(strict=True, max_length=1_500_000)]
    replaces: bool = False
    write: bool = False
    seen: Word = ""

    def read(self) -> bytes:
        try:
            content = b64decode(self.content, validate=True)
        except (NotBase64, ValueError) as broken:
            sentence = _("The file cannot be read. Send its bytes in base64.")
            raise Unreadable(sentence, field="content") from broken
        if len(content) > imports.MOST_BYTES:
            sentence = _("The file has %(size)s bytes; 1 MB is possible. Split it, by month for example.")
            raise Unreadable(sentence % {"size": len(content)}, field="content")
        return content


class RotationIn(Strict):
    """A ``cycle`` (one line a day, as the form shows it) for ``people`` (uid, number, mail address or full name)."""

    people: Annotated[list[Word], Field(min_length=1, max_length=500)]
    cycle: Letter
    first: Day
    last: Day
    shift_by: Annotated[int, Field(strict=True, ge=0, le=366), BeforeValidator(whole)] = 0
    exceptions: Letter = ""
    site: Word = ""
    skill: Word = ""
    write: bool = False
    seen: Word = ""

    def form(self) -> dict[str, str]:
        texts = {name: getattr(self, name) for name in ("cycle", "exceptions", "site", "skill")}
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return texts | days | {"people": "\n".join(self.people), "shift_by": str(self.shift_by)}


class ShiftIn(Strict):
    """A shift by local hours of its site; one that ends at or before its start ends on the next day."""

    person: UUID
    day: Day
    start: Word
    end: Word
    site: Word = ""
    skill: Word = ""
    write: bool = True

    def form(self) -> dict[str, str]:
        texts = {name: getattr(self, name).strip() for name in ("start", "end", "site", "skill")}
        return texts | {"what": "shift", "person": str(self.person), "first_day": self.day.isoformat()}


class AbsenceIn(Strict):
    """Whole days or halves from a day to a day, or with ``start`` and ``end`` exact hours of one day."""

    person: UUID
    first_day: Day
    last_day: Day | None = None
    part: Literal["full", "morning", "afternoon"] = "full"
    start: Word = ""
    end: Word = ""
    kind: Word = ""
    write: bool = True

    def form(self) -> dict[str, str]:
        by_hours = bool(self.start or self.end)
        part = "hours" if by_hours else {"full": "3", "morning": "1", "afternoon": "2"}[self.part]
        days = {"first_day": self.first_day.isoformat()}
        days["last_day"] = self.last_day.isoformat() if self.last_day else ("" if by_hours else days["first_day"])
        texts = {"start": self.start.strip(), "end": self.end.strip(), "kind": self.kind.strip(), "part": part}
        return texts | days | {"what": "absence", "person": str(self.person)}


class SwapIn(Strict):
    """Two people exchange the shift of a day each; ``reason``: why, where rest becomes too short."""

    person: UUID
    day: Day
    other: UUID
    other_day: Day
    reason: Letter = ""
    write: bool = True

    def form(self) -> dict[str, str]:
        people = {"person": str(self.person), "other": str(self.other)}
        days = {"day": self.day.isoformat(), "other_day": self.other_day.isoformat()}
        return people | days | {"reason": self.reason.strip()}


class Entry(Schema):
    """A shift with its instants, or an absence from a day to a day: ``halves`` 1 first, 2 second, 3 whole days."""

    uid: UUID
    what: Literal["shift", "absence", "on_call"]
    person: replies.Person
    first_day: date
    last_day: date
    halves: int | None
    start: datetime | None
    end: datetime | None
    site: str


class RosterChange(Schema):
    """``sign``: + is added, - is taken away; ``line`` of the file, 0 for none."""

    sign: Literal["+", "-"]
    line: int
    entry: Entry


class Against(Schema):
    """Telework that newly stands against coverage, or a rule; nothing of it is cancelled."""

    booking: UUID
    person: replies.Person
    day: date
    part: str
    rules: list[str]


class Effect(Schema):
    written: bool
    gap_count: int
    gaps: list[GapOut]
    rests: list[str]
    concerned: list[Against]


class EntryEffect(Effect):
    entry: Entry


class SwapEffect(Effect):
    shifts: list[Entry]


class Passed(Schema):
    """What of a file is no entry, and why; ``line`` is null for what is on several."""

    line: int | None
    sentence: str


class PlanOut(Effect):
    """``seen``: send it back with ``write`` to have exactly this written."""

    seen: str
    lines: int
    unchanged: int
    added: int
    removed: int
    changes: list[RosterChange]
    passed: list[Passed]


class Entries(Schema):
    person: replies.Person
    items: list[Entry]


def entry_shape(row: Shift | Absence | OnCall) -> dict:
    """An entry, written or not yet."""
    first, last = imports.days_of(row)
    what = {Shift: "shift", Absence: "absence", OnCall: "on_call"}[type(row)]
    return {
        "uid": row.uid,
        "what": what,
        "person": {"uid": row.person.uid, "name": row.person.name},
        "first_day": first,
        "last_day": last,
        "halves": row.halves if what == "absence" and not row.start else None,
        "start": row.start,
        "end": row.end,
        "site": "" if what == "absence" else row.site.name,
    }


def effect_shape(report: Recheck, *, written: bool) -> dict:
    """New gaps, rest that becomes too short, and the telework concerned."""
    lang = language()
    gaps = [told(need, gap) for need, gap in report.gaps[:MOST_SHOWN]]
    return {
        "written": written,
        "gap_count": len(report.gaps),
        "gaps": [gap | {"detail": gap[f"said_{lang}"]} for gap in gaps],
        "rests": [told_rest(short) for short in report.rests[:MOST_SHOWN]],
        "concerned": [
            {
                "booking": booking.uid,
                "person": {"uid": booking.person.uid, "name": booking.person.name},
                "day": booking.day,
                "part": str(booking.part),
                "rules": [said_of(one, PLANS, lang) for one in report.ruled if one.booking.pk == booking.pk],
            }
            for booking in report.concerned[:MOST_SHOWN]
        ],
    }


def plan_shape(plan: Plan, report: Recheck, *, written: bool) -> dict:
    changes = [("+", number, row) for number, row in plan.added] + [("-", 0, row) for row in plan.removed]
    return effect_shape(report, written=written) | {
        "seen": plan.digest,
        "lines": plan.lines,
        "unchanged": plan.unchanged,
        "added": len(plan.added),
        "removed": len(plan.removed),
        "changes": [
            {"sign": sign, "line": number, "entry": entry_shape(row)} for sign, number, row in changes[:MOST_SHOWN]
        ],
        "passed": [{"line": line or None, "sentence": sentence} for line, sentence in plan.passed[:MOST_SHOWN]],
    }
