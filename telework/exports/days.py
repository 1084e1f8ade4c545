"""The files of days: bookings, balances, the month of a team and of a company."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.access import entities_for, may, people_for
from people.exports import Ask, Kind, Rows, register
from people.models import Person
from telework.balances import balances_of
from telework.company_month import company_month
from telework.models import Booking
from telework.month import ABSENT, HOLIDAY, OFF, ON_SITE, PENDING, REMOTE, UNPLANNED, days_from
from telework.team_month import team_month

AT_ONCE = 2000
YEAR, BALANCES, MONTH, COMPANY = "view_year", "view_balances", "view_team_month", "view_company_month"
WHO = (("number", _("Staff number")), ("last_name", _("Last name")), ("first_name", _("First name")))
CODES = {
    ON_SITE: "on_site", REMOTE: "telework", PENDING: "requested", ABSENT: "absent", HOLIDAY: "holiday", OFF: "off",
    UNPLANNED: "not_planned",
}  # fmt: skip
DAYS_OF_A_COMPANY = 31


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


def _company(ask: Ask) -> Rows:
    """The same for everybody of the entities whose month the actor may see, once, under the first of their teams."""
    days = days_from(ask.first, (ask.last - ask.first).days + 1)
    reach = list(entities_for(ask.actor, COMPANY).values_list("pk", flat=True))
    table = company_month(reach, days, team=ask.team and ask.team.pk)

    def rows() -> Iterator[list]:
        for group in table.teams:
            for line in group.lines:
                for day, code in zip(days, line.codes, strict=True):
                    yield [line.name, group.team and group.team.name, day, *(CODES[letter] for letter in code[:2])]

    uids = [line.uid for group in table.teams for line in group.lines]
    return Rows(table.people * len(days), rows(), _keys_of(uids))


def _keys_of(uids: list) -> list[int]:
    found = []
    for start in range(0, len(uids), AT_ONCE):
        some = Person.objects.filter(uid__in=uids[start : start + AT_ONCE])
        found += some.order_by().values_list("pk", flat=True)
    return found


def _sees_companies(actor: Person) -> bool:
    return entities_for(actor, COMPANY).exists()


def _numbered(rows, ask: Ask) -> Iterator[list]:
    """Staff numbers only where they are the actor's to know."""
    known = set(people_for(ask.actor, "view_people").values_list("pk", flat=True)) | {ask.actor.pk}
    for person, number, *values in rows:
        yield [number if person in known else "", *values]


def _keys(people) -> list[int]:
    return list(people.order_by().values_list("pk", flat=True))


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
        "company", _("Company month"), _("The same for whole entities, everybody once; a month at most."),
        (("name", _("Person")), ("team", _("Team")), ("day", _("Day")), ("first_half", _("First half")),
         ("second_half", _("Second half"))),
        COMPANY, _company, dated=True, longest=DAYS_OF_A_COMPANY, opens=_sees_companies,
    ),
)  # fmt: skip
