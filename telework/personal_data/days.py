"""The days of a person as a calendar: telework, planned shifts, on-call periods and absences, whenever they were."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people.models import Absence, OnCall, Person, Shift
from telework.feeds.calendar import Calendar, Entry, render
from telework.feeds.entries import Wording, booking_rows, entries
from telework.models import Privacy

NAME = "my-days.ics"
ONE_DAY = timedelta(days=1)
EVER = (date.min, date.max)


def calendar_of(person: Person) -> tuple[str, bytes]:
    """The name and the octets of the calendar. A constant number of queries, whatever the years."""
    zone = person.site.zone
    telework = entries(booking_rows([person.pk], *EVER), {person.pk: zone}, Wording(Privacy.FULL))
    found = telework + _shifts(person) + _on_calls(person) + _absences(person, zone)
    first = min((_day(entry.start) for entry in found), default=date(2020, 1, 1))
    title = _("%(name)s, all days kept") % {"name": person.name}
    return NAME, render(Calendar(title, title, zone, first.year, Privacy.FULL), sorted(found, key=_order))


def _shifts(person: Person) -> list[Entry]:
    rows = Shift.objects.filter(person=person).select_related("site")
    return [_timed(row.uid, row.start, row.end, row.zone, _("Shift"), row.site.name) for row in rows]


def _on_calls(person: Person) -> list[Entry]:
    rows = OnCall.objects.filter(person=person).select_related("site")
    return [_timed(row.uid, row.start, row.end, row.zone, _("On call"), row.site.name) for row in rows]


def _absences(person: Person, zone: str) -> list[Entry]:
    found = []
    for row in Absence.objects.filter(person=person):
        words = str(row.get_kind_display()).capitalize()
        if row.start:
            found.append(_timed(row.uid, row.start, row.end, zone, words, ""))
        else:
            stamp = datetime.combine(row.first_day, time(), ZoneInfo(zone))
            found.append(_entry(row.uid, stamp, row.first_day, row.last_day + ONE_DAY, zone, words, ""))
    return found


def _timed(uid, start: datetime, end: datetime, zone: str, words: str, place: str) -> Entry:
    return _entry(uid, start, start, end, zone, words, place)


def _entry(uid, stamp: datetime, start, end, zone: str, words: str, place: str) -> Entry:
    """Nobody wrote down when a shift was planned; its start stands for the stamp that RFC 5545 asks for."""
    return Entry(str(uid), stamp, 0, False, start, end, zone, words, place)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _order(entry: Entry) -> tuple[date, str]:
    return _day(entry.start), entry.uid
