"""A charter in words: each setting with its number, and the article that leaves it to the team."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.models import TeamCharter
from policies.selectors import timeline_for
from telework.wording import language
from ui import words

from .ranges import Setting, ranges_of

UNITS_OF_DAYS = {"day", "calendar_day", "working_day"}


def told_charter(charter: TeamCharter) -> list[tuple[str, str, str]]:
    """(label, value, article) of what the charter fixes; what the agreement no longer leaves open is left out."""
    agreement = timeline_for(charter.team.entity_id).on(charter.first_day)
    ranges = {one.name: one for one in ranges_of(agreement, charter.first_day)}
    return [
        (ranges[name].label, told_value(ranges[name], Decimal(value)), ranges[name].article)
        for name, value in charter.values.items()
        if name in ranges
    ]


def told_value(setting: Setting, value: Decimal) -> str:
    """Two days, Tuesday, 60 %."""
    lang, number = language(), words.number(value, language())
    if setting.weekday:
        return words.WEEKDAYS[lang][int(value) - 1]
    if setting.percent:
        return _("%(number)s %%") % {"number": number}
    if setting.unit in UNITS_OF_DAYS:
        return ngettext("%(number)s day", "%(number)s days", 1 if value <= 1 else 2) % {"number": number}
    return number
