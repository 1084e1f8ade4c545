"""Rest that becomes too short, in words: who, when, how much of how much, and the text that asks for it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people.rest import DAILY
from telework.services.resting import Short
from telework.wording import language
from ui import words

MINUTE = timedelta(minutes=1)


def told_rest(short: Short) -> str:
    """Like "Ada Post: 8 h of rest between Friday 19 June, 22:00 and …, of 11 h at least (Code du travail, …)."."""
    lack, zone = short.lack, short.person.site.zone
    named = {
        "name": short.person.name,
        "rest": _hours(lack.rest),
        "least": _hours(lack.minimum.hours),
        "reference": lack.minimum.reference,
        "start": _moment(lack.start, zone),
        "end": _moment(lack.end, zone),
        "week": words.long_day(lack.day, language()),
    }
    if lack.rule == DAILY:
        text = _("%(name)s: %(rest)s of rest between %(start)s and %(end)s, of %(least)s at least (%(reference)s).")
    else:
        text = _(
            "%(name)s: %(rest)s of rest at a stretch in the week of %(week)s, of %(least)s at least (%(reference)s)."
        )
    return text % named


def _hours(span: timedelta) -> str:
    hours, minutes = divmod(span // MINUTE, 60)
    gap = "\u202f" if language() == "fr" else " "
    return f"{hours}{gap}h" + (f"{gap}{minutes:02}" if minutes else "")


def _moment(instant: datetime, zone: str) -> str:
    local = instant.astimezone(ZoneInfo(zone))
    return f"{words.short_day(local.date(), language())}, {local:%H:%M}"
