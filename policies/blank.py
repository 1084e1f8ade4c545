"""The page an agreement is begun on: one that can be read and run at once, with what it should say marked as ours."""

from datetime import date
from functools import lru_cache

from policies.core.agreement import AgreementError, parse

_AGREEMENT = """\
# Écrivez ici ce qui a été signé, article par article, puis ce que l’application en applique, règle par règle.
# Write here what was signed, article by article, then what the application applies of it, rule by rule.
title = {title}
parties = [{party}]
in_force = {day}
level = "company"
country = "FR"
currency = "EUR"

[articles."1"]
title = {{ fr = "Nombre de jours", en = "Number of days" }}
text = {{ fr = "Copiez ici les mots de l’article.", en = "Copy the words of the article here." }}
source = "text"

[articles."2"]
title = {{ fr = "Demande et réponse", en = "Request and answer" }}
text = {{ fr = "Copiez ici les mots de l’article.", en = "Copy the words of the article here." }}
source = "text"

# by = "ours" : un choix à nous, que le texte ne tranche pas. / a choice of ours, which the text does not settle.
[readings.half_day_counts]
choice = "half"
by = "ours"

[readings.notice_counting]
choice = "to_the_day"
by = "ours"

[readings.working_days]
choice = "monday_to_friday"
by = "ours"

[[rules]]
kind = "weekly_cap"
article = "1"
[[rules.values]]
from = {day}
limit = 2
unit = "day"

[[rules]]
kind = "notice"
article = "2"
[[rules.values]]
from = {day}
limit = 2
unit = "working_day"

[[rules]]
kind = "manager_approval"
article = "2"
[[rules.values]]
from = {day}
"""

_CASES = """\
[defaults]
today = {today}

[[cases]]
name = "Le troisième jour de la semaine est refusé / The third day of the week is refused"
booked = [{first}, {second}]
request = {{ day = {third} }}
expect = {{ verdict = "refused", rule = "weekly_cap", article = "1" }}
"""


def agreement(title: str, party: str, day: date) -> str:
    """The text of a new agreement, in force from the first day of the next month."""
    return _AGREEMENT.format(title=_quoted(title), party=_quoted(party), day=_next_month(day).isoformat())


def cases(day: date) -> str:
    """Its first case, in the first whole week after it begins."""
    first = _next_month(day)
    monday = first.toordinal() + (7 - first.weekday()) % 7
    days = [date.fromordinal(monday + offset).isoformat() for offset in (0, 1, 2)]
    return _CASES.format(today=_a_week_before(monday), first=days[0], second=days[1], third=days[2])


def _a_week_before(ordinal: int) -> str:
    return date.fromordinal(ordinal - 7).isoformat()


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() else " " for sign in inner) + '"'


@lru_cache(maxsize=64)
def title_of(text: str, lang: str) -> str:
    """The title a text gives itself, or "" when it cannot be read."""
    try:
        title = parse(text).get("title", "")
    except AgreementError:
        return ""
    return str(title.get(lang) or next(iter(title.values()), "")) if isinstance(title, dict) else str(title)
