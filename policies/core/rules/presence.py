"""How much of a week stays on site."""

from datetime import date
from math import ceil

from ..counts import days_of_week, week_of
from ..schema import Param
from ..situation import days
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say

_HALVES_OF_FULL_WEEK = 10


def _minimum_on_site(s, p) -> Answer:
    """Days of the week that remain on site once this one is remote; the reading says what a short week asks for."""
    newly_remote = (s.halves & s.available & ~s.facts.booked.get(s.day, 0)).bit_count()
    if not newly_remote:
        return None
    reading = s.agreement.reading("short_weeks").choice
    monday = week_of(s.day)
    on_site, worked, credited = s.remembered(("week on site", monday), lambda: _week(s.facts, s.day))
    needed = p["halves"]
    if reading == "proportional":
        needed = ceil(needed * min(worked, _HALVES_OF_FULL_WEEK) / _HALVES_OF_FULL_WEEK)
    if reading == "absences_count":
        on_site += credited
    if not needed:
        return ALLOWED, "no_minimum", {"week": s.day.isocalendar()[1]}, ""
    after = on_site - newly_remote
    data = {"week": s.day.isocalendar()[1], "after": days(max(0, after)), "limit": days(needed)}
    if after >= needed:
        return ALLOWED, "ok", data, ""
    return REFUSED, "too_few", {**data, "next": date.fromordinal(monday + 7).isoformat()}, "opens"


def _week(facts, day: date) -> tuple[int, int, int]:
    """Half-days of the week on site now, worked at all, and lost to absence or public holiday."""
    on_site = worked = credited = 0
    for other in days_of_week(day):
        workday = facts.workdays.get(other)
        if workday is None:
            continue
        available = workday.available
        worked += available.bit_count()
        on_site += (available & ~facts.booked.get(other, 0)).bit_count()
        is_free_holiday = workday.holiday and not workday.due and other.isoweekday() <= 5
        credited += 2 if is_free_holiday else (workday.due & workday.absent).bit_count()
    return on_site, worked, credited


MINIMUM_ON_SITE = Rule(
    kind="minimum_on_site",
    title=both(fr="Présence minimale", en="Minimum on site"),
    question=both(fr="Combien de jours sur site par semaine au moins ?", en="How many days on site a week at least?"),
    judge=_minimum_on_site,
    params={"limit": Param("days", both(fr="jours sur site par semaine", en="days on site a week"), most=7)},
    prepare=lambda params: {**params, "halves": int(params["limit"] * 2)},
    readings=("short_weeks",),
    sentences={
        "too_few": say(
            "Semaine {week} : il resterait {after:day} sur site, {limit:number} au moins.",
            "Week {week}: {after:day} on site would remain, {limit:number} at least.",
        ),
        "opens": say(
            "La semaine suivante commence le {next:weekday_date}.", "The next week begins on {next:weekday_date}."
        ),
        "no_minimum": say("Aucun minimum sur site cette semaine", "No minimum on site that week"),
        "ok": say(
            "Semaine {week} : {after:day} sur site, {limit:number} au moins",
            "Week {week}: {after:day} on site, {limit:number} at least",
        ),
    },
    example=('kind = "minimum_on_site"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nlimit = 2'),
)
