"""Rotations: posts that repeat over any number of days (3×8, 2-2-3), laid out as the lines of a roster."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from people.imports.faults import Unreadable
from people.imports.instants import Wrong, is_time, read_day
from people.imports.lines import MOST_LINES, Line

LONGEST_CYCLE = 366
LONGEST_REACH = 366
OFF = "-"
MORNING, EVENING, NIGHT, REST = "06:00-14:00", "14:00-22:00", "22:00-06:00", OFF
DAY, LONG_NIGHT = "07:00-19:00", "19:00-07:00"
PRESETS: Mapping[str, Sequence[str]] = {
    "3×8": [MORNING] * 2 + [EVENING] * 2 + [NIGHT] * 2 + [REST] * 2,
    "2-2-3": [DAY] * 2 + [REST] * 2 + [DAY] * 3 + [REST] * 2 + [DAY] * 2 + [REST] * 3,
    "2-2-3 day/night": (
        [DAY] * 2 + [REST] * 2 + [DAY] * 3 + [REST] * 2 + [DAY] * 2 + [REST] * 3
        + [LONG_NIGHT] * 2 + [REST] * 2 + [LONG_NIGHT] * 3 + [REST] * 2 + [LONG_NIGHT] * 2 + [REST] * 3
    ),
}  # fmt: skip
_POST = re.compile(r"(\S+?)\s*[-–]\s*(\S+)")
_OFF = re.compile(r"[-–·0]|off|repos|r", re.IGNORECASE)

Post = tuple[str, str] | None


def read_rotation(text: str) -> list[Post]:
    """One day a line: "06:00-14:00", or "-" for a day off; "3x 06:00-14:00" stands for three days."""
    posts: list[Post] = []
    for number, row in enumerate(text.splitlines(), start=1):
        if row.strip():
            times, post = _row(number, row.strip())
            posts += [post] * times
    if not any(posts):
        raise Unreadable(
            _("No day of the rotation is worked. Write one day a line, such as 06:00-14:00."), field="cycle"
        )
    if len(posts) > LONGEST_CYCLE:
        sentence = _("The rotation has %(count)s days; %(most)s are possible.")
        raise Unreadable(sentence % {"count": len(posts), "most": LONGEST_CYCLE}, field="cycle")
    return posts


def read_exceptions(text: str) -> dict[date, Post]:
    """One date a line: "2026-12-25 -" is off, "2026-12-24 06:00-12:00" has other hours."""
    found: dict[date, Post] = {}
    for number, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        first, _space, rest = row.strip().partition(" ")
        try:
            day = read_day("exceptions", first)
        except Wrong as wrong:
            raise Unreadable(_line(number, wrong.sentence), field="exceptions", value=row) from wrong
        if day in found:
            sentence = _("%(day)s stands there twice. Keep one of the lines.") % {"day": day}
            raise Unreadable(_line(number, sentence), field="exceptions", value=row)
        found[day] = _post(number, rest.strip() or OFF, "exceptions")
    return found


def rotation_lines(
    people: Iterable[str],
    posts: Sequence[Post],
    *,
    first: date,
    last: date,
    shift_by: int = 0,
    exceptions: Mapping[date, Post] | None = None,
    site: str = "",
    skill: str = "",
) -> list[Line]:
    """Lines of a roster from ``first`` to ``last``: each next person starts ``shift_by`` days later in the cycle."""
    if last < first:
        sentence = _("The last day, %(last)s, lies before the first, %(first)s. Exchange them.")
        raise Unreadable(sentence % {"first": first, "last": last}, field="last", value=last)
    reach = (last - first).days + 1
    if reach > LONGEST_REACH:
        sentence = _("%(count)s days at once; %(most)s are possible. Choose a nearer last day.")
        raise Unreadable(sentence % {"count": reach, "most": LONGEST_REACH}, field="last", value=last)
    lines = []
    for place, person in enumerate(people):
        for number in range(reach):
            day = first + timedelta(days=number)
            post = posts[(number + place * shift_by) % len(posts)]
            if exceptions and day in exceptions:
                post = exceptions[day]
            if post:
                cells = {"person": person, "date": day.isoformat(), "start": post[0], "end": post[1]}
                lines.append(Line(place + 1, cells | {"site": site, "skill": skill}))
    if len(lines) > MOST_LINES:
        sentence = _("%(count)s shifts at once; %(most)s are possible. Choose fewer people or days.")
        raise Unreadable(sentence % {"count": len(lines), "most": MOST_LINES}, field="last", value=last)
    return lines


def _row(number: int, row: str) -> tuple[int, Post]:
    several = re.match(r"(\d{1,3})\s*[x×]\s+(.*)", row, re.IGNORECASE)
    if not several:
        return 1, _post(number, row, "cycle")
    return min(int(several[1]), LONGEST_CYCLE + 1), _post(number, several[2], "cycle")


def _post(number: int, text: str, field: str) -> Post:
    if _OFF.fullmatch(text):
        return None
    found = _POST.fullmatch(text)
    if found and is_time(found[1]) and is_time(found[2]):
        return found[1], found[2]
    sentence = _("“%(value)s” is no post. Write 06:00-14:00, or - for a day off.") % {"value": text[:40]}
    raise Unreadable(_line(number, sentence), field=field, value=text)


def _line(number: int, sentence: str) -> str:
    return _("Line %(line)s: %(sentence)s") % {"line": number, "sentence": sentence}
