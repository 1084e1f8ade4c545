"""Who opened what is kept on a person: written when it happens, for that person to see."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from people.models import Person, ReadEvent, Role, What
from people.roles import DEPUTY, EMPLOYEE, MANAGER, Circle, circles
from people.standing import standing_of

# The role by which a reader is named: the one that opens most comes first.
BY_REACH = (Role.DPO, Role.HR, Role.ADMIN, Role.PLANNER, MANAGER, DEPUTY, Role.SOS_CONTACT, Role.AMBASSADOR, EMPLOYEE)
# By which operation somebody comes to open a thing; files of many people come by several.
WAYS = {
    What.PERSON: "view_people",
    What.PLACES: "agree_place",
    What.TERMS: "write_terms",
    What.YEAR: "view_year",
    What.MY_DATA: "export_person_data",
}
AT_ONCE = 1000


def record_read(reader: Person, people: Iterable[Person | int], what: What | str, now: datetime) -> None:
    """Keep that ``reader`` opened ``what`` (``What``) of these people (rows or primary keys) at ``now``.

    Nothing is written of oneself, nor a second time on the same day. One insert for every 1,000 people; no query where
    nobody else is read.
    """
    pks = {getattr(person, "pk", person) for person in people} - {reader.pk}
    if not pks:
        return
    day = now.astimezone(ZoneInfo(reader.site.zone)).date()
    kept = {"what": What(what), "role": _role(reader, What(what), day), "day": day, "at": now}
    rows = [ReadEvent(reader_id=reader.pk, person_id=pk, **kept) for pk in sorted(pks)]
    ReadEvent.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def _role(reader: Person, what: What, day: date) -> str:
    """The role by which the reader came to it, as far as the table of roles tells."""
    held = [role for role in BY_REACH if role in standing_of(reader, day).roles]
    return next((role for role in held if what in WAYS and circles(WAYS[what], role) - {Circle.OWN}), held[0])


def reads_of(person: Person) -> QuerySet[ReadEvent]:
    """Everything that others opened of ``person``, the latest first, with the readers."""
    return ReadEvent.objects.filter(person=person).select_related("reader")
