"""The files of telework: bookings, balances, months, requirements and the gaps in coverage."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.access import may, people_for
from people.exports import Ask, Kind, Rows, register
from people.models import Person
from policies.coverage.findings import gap_data
from telework.access import requirements_for
from telework.balances import balances_of
from telework.coverage.shortages import shortages_of
from telework.models import Booking
from telework.month import ABSENT, HOLIDAY, OFF, ON_SITE, PENDING, REMOTE, UNPLANNED, days_from
from telework.team_month import team_month
from telework.wording import language

AT_ONCE = 2000
YEAR, BALANCES, MONTH, COVERAGE = "view_year", "view_balances", "view_team_month", "view_coverage"
WHO = (("number", _("Staff number")), ("last_name", _("Last name")), ("first_name", _("First name")))
CODES = {
    ON_SITE: "on_site", REMOTE: "telework", PENDING: "requested", ABSENT: "absent", HOLIDAY: "holiday", OFF: "off",
    UNPLANNED: "not_planned",
}  # fmt: skip
DAYS_OF_GAPS = 92


def _bookings(ask: Ask) -> Rows:
    people = ask.people(YEAR)
    held = Booking.objects.filter(person__in=people, day__range=(ask.first, ask.last))
    columns = ("person_id", "person__number", "person__last_name", "person__first_name", "day", "part", "state", "form",
               "place__label", "correction", "requested_at", "answered_at", "answered_by__last_name")  # fmt: skip
    rows = held.order_by("day", "person__last_name", "person__first_name", "pk").values_list(*columns)
    return Rows(held.count(), _numbered(rows.iterator(chunk_size=AT_ONCE), ask), _keys(people))


def _balances(ask: Ask) -> Rows:
    people = ask.people(BALANCES)
    found = sorted(balances_of(people, today=ask.today), key=lambda row: row.sort_name)
    values = ([row.name, row.team, row.rate, row.due, row.done, row.booked, row.pending, row.left] for row in found)
    return Rows(len(found), values, _keys(people))


def _month(ask: Ask) -> Rows:
    """A day a row for each person of a team, by halves; why somebody is absent is never in it."""
    days = days_from(ask.first, (ask.last - ask.first).days + 1)
    table = team_month(ask.team, days, viewer=ask.actor, all_requests=may(ask.actor, "answer_request", ask.team))

    def rows() -> Iterator[list]:
        for line in table.lines:
            for day, code in zip(days, line.codes, strict=True):
                yield [line.member.name, day, *(CODES[letter] for letter in code[:2])]

    return Rows(len(table.lines) * len(days), rows(), [line.member.person for line in table.lines])


def _requirements(ask: Ask) -> Rows:
    held = list(_mine(ask).prefetch_related("slots"))
    french = language() == "fr"

    def rows() -> Iterator[list]:
        for one in held:
            for slot in one.slots.all():
                yield [
                    one.name_fr if french else one.name_en, one.entity.name, one.team and one.team.name,
                    one.site and one.site.name, one.skill and one.skill.code, one.kind, one.first_day, one.last_day,
                    slot.get_layer_display(), " ".join(str(day + 1) for day in slot.days), " ".join(slot.dates),
                    slot.start and f"{slot.start:%H:%M}", slot.end and f"{slot.end:%H:%M}", slot.number,
                ]  # fmt: skip

    return Rows(sum(len(one.slots.all()) for one in held), rows())


def _gaps(ask: Ask) -> Rows:
    held = _mine(ask).filter(first_day__lte=ask.last).exclude(last_day__lt=ask.first)
    found = shortages_of(held, ask.first, ask.last)
    lang = language()
    gaps = [(found.need(uid), gap) for uid, each in found.gaps.items() for gap in each if gap.day >= ask.first]
    gaps.sort(key=lambda pair: (pair[1].day, pair[1].start or 0))

    def rows() -> Iterator[list]:
        for need, gap in gaps:
            data, one = gap_data(gap), need.requirement
            start, end = (datetime.fromisoformat(data[name]) if data[name] else None for name in ("start", "end"))
            yield [gap.day, start and f"{start:%H:%M}", end and f"{end:%H:%M}", need.name(lang), one.entity.name,
                   one.team and one.team.name, one.site and one.site.name, gap.value, gap.limit]  # fmt: skip

    return Rows(len(gaps), rows())


def _mine(ask: Ask):
    held = requirements_for(ask.actor, COVERAGE)
    return held.filter(team=ask.team) if ask.team else held


def _numbered(rows, ask: Ask) -> Iterator[list]:
    """Staff numbers only where they are the actor's to know."""
    known = set(people_for(ask.actor, "view_people").values_list("pk", flat=True)) | {ask.actor.pk}
    for person, number, *values in rows:
        yield [number if person in known else "", *values]


def _keys(people) -> list[int]:
    return list(people.order_by().values_list("pk", flat=True))


def _sees_coverage(actor: Person) -> bool:
    return requirements_for(actor, COVERAGE).exists()


register(
    Kind(
        "bookings", _("Telework days"), _("Every day asked for, with its state and answer."),
        (*WHO, ("day", _("Day")), ("part", _("Part of the day")), ("state", _("State")),
         ("form", pgettext_lazy("column", "Form")), ("place", _("Place")),
         ("correction", _("Corrected afterwards")), ("requested_at", _("Asked at")),
         ("answered_at", _("Answered at")), ("answered_by", _("Answered by"))),
        YEAR, _bookings, dated=True,
    ),
    Kind(
        "balances", _("Balances"), _("Days due, done, booked, pending and left, of today."),
        (("name", _("Person")), ("team", _("Team")), ("rate", _("Rate")),
         ("due", pgettext_lazy("days", "Due")), ("done", pgettext_lazy("days", "Done")),
         ("booked", pgettext_lazy("days", "Booked")), ("pending", pgettext_lazy("days", "Pending")),
         ("left", pgettext_lazy("days", "Left"))),
        BALANCES, _balances,
    ),
    Kind(
        "month", _("Team month"), _("Who works where, day by day; never why somebody is absent."),
        (("name", _("Person")), ("day", _("Day")), ("first_half", _("First half")), ("second_half", _("Second half"))),
        MONTH, _month, dated=True, needs_team=True,
    ),
    Kind(
        "requirements", _("Coverage requirements"), _("What is asked, with its hours and numbers."),
        (("name", _("Requirement")), ("entity", _("Entity")), ("team", _("Team")), ("site", _("Site")),
         ("skill", _("Skill")), ("kind", _("Kind")), ("first_day", _("First day")), ("last_day", _("Last day")),
         ("layer", pgettext_lazy("column", "Holds")), ("weekdays", _("Weekdays")), ("dates", _("Dates")),
         ("start", _("Start")),
         ("end", pgettext_lazy("time", "End")), ("wanted", _("Number"))),
        COVERAGE, _requirements, opens=_sees_coverage,
    ),
    Kind(
        "gaps", _("Gaps in coverage"), _("Where a requirement does not hold, with what is there and what is asked."),
        (("day", _("Day")), ("start", _("Start")), ("end", pgettext_lazy("time", "End")), ("name", _("Requirement")),
         ("entity", _("Entity")), ("team", _("Team")), ("site", _("Site")), ("value", pgettext_lazy("column", "There")),
         ("limit", _("Asked for"))),
        COVERAGE, _gaps, dated=True, opens=_sees_coverage, longest=DAYS_OF_GAPS,
    ),
)  # fmt: skip
