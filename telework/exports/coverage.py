"""The files of coverage: requirements, the margins they leave, and the gaps."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.exports import Ask, Kind, Rows, register
from people.models import Person
from policies.coverage.findings import gap_data
from telework.access import requirements_for
from telework.coverage.heat import NONE
from telework.coverage.shortages import shortages_of
from telework.coverage.span import Span
from telework.coverage.spread import read_heat
from telework.wording import language

COVERAGE = "view_coverage"
DAYS_OF_GAPS = 92


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


def _margins(ask: Ask) -> Rows:
    """How many people could still leave on each date before a requirement no longer holds; below nought it does not."""
    held = list(_mine(ask).filter(first_day__lte=ask.last).exclude(last_day__lt=ask.first))
    found = read_heat(held, Span("year", ask.first, ask.last)).by_need
    french = language() == "fr"
    told = [
        (day, one, int(low)) for one in held for day, low in sorted(found[one].items())
        if low != NONE and ask.first <= day <= ask.last
    ]  # fmt: skip

    def rows() -> Iterator[list]:
        for day, one, low in told:
            name = one.name_fr if french else one.name_en
            yield [day, name, one.entity.name, one.team and one.team.name, one.site and one.site.name, low]

    return Rows(len(told), rows())


def _mine(ask: Ask):
    held = requirements_for(ask.actor, COVERAGE)
    return held.filter(team=ask.team) if ask.team else held


def _sees_coverage(actor: Person) -> bool:
    return requirements_for(actor, COVERAGE).exists()


register(
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
    Kind(
        "margins", _("Margins of coverage"), _("The lowest margin of each date and requirement, in people."),
        (("day", _("Day")), ("name", _("Requirement")), ("entity", _("Entity")), ("team", _("Team")),
         ("site", _("Site")), ("margin", _("Margin"))),
        COVERAGE, _margins, dated=True, opens=_sees_coverage,
    ),
)  # fmt: skip
