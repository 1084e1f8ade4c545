"""The entries that lines tell of: shifts with their breaks, on-call periods, absences; ``Wrong`` where one is none."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people.imports.breaks import read_breaks
from people.imports.directory import Directory
from people.imports.instants import Wrong, at, hours_on, is_time, read_day, read_instant
from people.imports.lines import ON_CALL, Line
from people.imports.refused import HEALTH, holds
from people.models import Absence, AbsenceKind, OnCall, Shift
from people.services import LONGEST_SHIFT
from people.texts import plain

HALVES = {"": 3, "3": 3, "full": 3, "journee": 3, "1": 1, "first": 1, "morning": 1, "matin": 1, "2": 2, "second": 2,
          "afternoon": 2, "apres midi": 2}  # fmt: skip
KINDS = {plain(word): kind for kind, words in {
    AbsenceKind.LEAVE: ("leave", "conge", "conges", "vacation", "cp", "rtt"),
    AbsenceKind.TRAINING: ("training", "formation"),
    AbsenceKind.MISSION: ("mission", "deplacement"),
    AbsenceKind.OTHER: ("", "other", "absence", "autre"),
}.items() for word in words}  # fmt: skip
POSTS = ("", "shift", "post", "poste", "work", "travail", "duty", "on site", "sur site")
LONGEST_CALL = timedelta(days=31)
Entry = Shift | OnCall | Absence


def read_planned(line: Line, directory: Directory) -> Shift | OnCall:
    """A shift, or an on-call period where the line is of that kind. ``Wrong`` for another kind: no guess is made."""
    kind = plain(line.get("kind"))
    if kind in ON_CALL:
        return read_on_call(line, directory)
    if kind not in POSTS:
        sentence = _("The kind “%(value)s” is not known in a roster. Write shift or on-call; absences are read apart.")
        raise Wrong("kind", line.get("kind"), sentence % {"value": line.get("kind")[:40]})
    return read_shift(line, directory)


def read_on_call(line: Line, directory: Directory) -> OnCall:
    """An on-call period, up to a month at a stretch. It may lie over shifts: there the shift counts."""
    person = directory.person(line.get("person"))
    site = directory.site(line.get("site"), person)
    directory.skill(line.get("skill"))
    start, end = _whole_days(line, site.zone) or _span(line, site.zone, longest=LONGEST_CALL)
    return OnCall(person=person, start=start, end=end, zone=site.zone, site=site)


def _whole_days(line: Line, zone: str) -> tuple[datetime, datetime] | None:
    """From the start of a first day to the end of a last one, where no times are given."""
    if line.get("start") or not line.get("first_day"):
        return None
    first = read_day("first_day", line.get("first_day"))
    last = read_day("last_day", line.get("last_day") or first.isoformat())
    if last < first or last - first >= LONGEST_CALL:
        sentence = _("On call from %(first)s to %(last)s cannot be. Check the two days; a month is possible.")
        raise Wrong("last_day", line.get("last_day"), sentence % {"first": first, "last": last})
    edges = (first, last + timedelta(days=1))
    begin, finish = (at("first_day", str(day), datetime.combine(day, time()), zone) for day in edges)
    return begin, finish


def read_shift(line: Line, directory: Directory) -> Shift:
    """The shift a line tells of, not yet written. ``Wrong`` names the field, the value and the remedy."""
    person = directory.person(line.get("person"))
    site = directory.site(line.get("site"), person)
    start, end = _span(line, site.zone)
    day = start.astimezone(ZoneInfo(site.zone)).date()
    shift = Shift(
        person=person,
        day=day,
        start=start,
        end=end,
        zone=site.zone,
        site=site,
        skill=directory.skill(line.get("skill")),
    )
    if "breaks" in line.cells:
        shift.breaks = read_breaks(line.get("breaks"), start, end, site.zone)
        shift.tells_breaks = True  # without the column, those there are stay
    return shift


def _span(line: Line, zone: str, *, longest: timedelta = LONGEST_SHIFT) -> tuple[datetime, datetime]:
    start, end = line.get("start"), line.get("end")
    for name, text in (("start", start), ("end", end)):
        if not text:
            raise Wrong(name, "", _("The %(field)s is missing. Fill in “start” and “end”.") % {"field": name})
    if is_time(start) and is_time(end):
        return hours_on(read_day("date", line.get("date")), start, end, zone)
    begin, finish = read_instant("start", start, zone), read_instant("end", end, zone)
    if finish <= begin:
        sentence = _("The shift ends before it starts (%(start)s – %(end)s). Check the date of the end.")
        raise Wrong("end", end, sentence % {"start": start[:40], "end": end[:40]})
    if finish - begin > longest:
        sentence = (
            _("More than 24 hours at a stretch. Check the end, or write several lines.")
            if longest == LONGEST_SHIFT
            else _("On call for more than a month at a stretch. Check the end, or write several lines.")
        )
        raise Wrong("end", end, sentence)
    return begin, finish


def read_absence(line: Line, directory: Directory) -> Absence:
    """The same for an absence: whole days, halves, or the exact hours of one day."""
    person = directory.person(line.get("person"))
    if holds(line.get("kind"), HEALTH):  # the value is not repeated: reports are read, kept and passed on
        raise Wrong("kind", "", _("Nothing about health is kept here. Write “absence”, whatever the reason is."))
    kind = KINDS.get(plain(line.get("kind")))
    if kind is None:
        sentence = _("The kind “%(value)s” is not known. Write leave, training, mission or absence.")
        raise Wrong("kind", line.get("kind"), sentence % {"value": line.get("kind")[:40]})
    if line.get("start") and not line.get("first_day"):
        start, end = _span(line, person.site.zone)
        day = start.astimezone(ZoneInfo(person.site.zone)).date()
        return Absence(person=person, kind=kind, first_day=day, last_day=day, halves=3, start=start, end=end)
    first = read_day("first_day", line.get("first_day") or line.get("date"))
    last = read_day("last_day", line.get("last_day") or first.isoformat())
    if last < first:
        sentence = _("The absence ends on %(last)s, before it starts on %(first)s. Exchange the two days.")
        raise Wrong("last_day", line.get("last_day"), sentence % {"first": first, "last": last})
    halves = HALVES.get(plain(line.get("halves")))
    if halves is None:
        sentence = _("“%(value)s” is no part of a day. Write first, second or full.")
        raise Wrong("halves", line.get("halves"), sentence % {"value": line.get("halves")[:40]})
    return Absence(person=person, kind=kind, first_day=first, last_day=last, halves=halves)


def days_of(row: Entry) -> tuple[date, date]:
    """The first and the last date of an entry."""
    if isinstance(row, OnCall):
        zone = ZoneInfo(row.zone)
        return row.start.astimezone(zone).date(), (row.end - timedelta(minutes=1)).astimezone(zone).date()
    return (row.day, row.day) if isinstance(row, Shift) else (row.first_day, row.last_day)
