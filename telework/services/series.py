"""Ask for recurring telework: a rule becomes days, each judged on its own; what is refused is told beside the rest."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from people.models import Person, Place
from policies.core.facts import Part, Purpose
from telework.errors import BadWish, BookingRefused
from telework.models import Series
from telework.recurrence import MOST_OCCURRENCES, last_reachable, read_rule

from .booking import book_days, outcomes_of
from .judging import Judgement, check_reach, judge_in_order, requests_for
from .outcomes import SeriesOutcome


def preview_series(
    *,
    person: Person,
    first_day: date,
    rrule: str,
    part: Part = Part.FULL,
    today: date,
    form: str = "",
    place: Place | None = None,
) -> SeriesOutcome:
    """Every day of the rule with its decision, nothing written. An endless rule is cut at the agreement's horizon."""
    judgements, cut_after = _judge(person, first_day, rrule, part, today, form=form, place=place)
    return SeriesOutcome(None, tuple(outcomes_of(judgements, {})), cut_after)


def book_series(
    *,
    person: Person,
    first_day: date,
    rrule: str,
    part: Part = Part.FULL,
    actor: Person,
    now: datetime,
    today: date,
    place: Place | None = None,
    note: str = "",
    exception: bool = False,
    form: str = "",
    reason: str = "",
) -> SeriesOutcome:
    """Book the days of a rule that the agreement accepts; ``BookingRefused`` if it accepts none.

    ``exception``: the days against which nothing but coverage stands are asked for as well; the note says why.
    """
    judgements, cut_after = _judge(person, first_day, rrule, part, today, form=form, place=place)
    series = Series(
        person=person,
        first_day=first_day,
        rrule=str(read_rule(rrule)),
        part=Part(part),
        created_at=now,
        created_by=actor,
    )
    outcomes = book_days(
        person=person,
        days=[judgement.request.day for judgement in judgements],
        part=part,
        actor=actor,
        now=now,
        today=today,
        place=place,
        note=note,
        series=series,
        exception=exception,
        form=form,
        reason=reason,
    )
    if not any(outcome.booking for outcome in outcomes):
        first = outcomes[0]
        raise first.error or BookingRefused(first.decision)
    return SeriesOutcome(series, tuple(outcomes), cut_after)


def _judge(
    person: Person, first_day: date, rrule: str, part: Part, today: date, *, form: str, place: Place | None
) -> tuple[list[Judgement], date | None]:
    check_reach(first_day, today)
    rule = read_rule(rrule)
    days = rule.days(first_day, last_reachable(today))
    if len(days) > MOST_OCCURRENCES:
        if not rule.is_endless:
            remedy = _("The rule makes more than %(most)s days. Choose a nearer end.") % {"most": MOST_OCCURRENCES}
            raise BadWish("rrule", str(rule), remedy)
        days = days[:MOST_OCCURRENCES]
    if not days:
        raise BadWish(
            "rrule", str(rule), _("No day follows from this rule. Check its weekdays, its months and its end.")
        )
    judgements = judge_in_order(person, requests_for(days, part, Purpose.PLANNING, form=form, place=place), today=today)
    if not rule.is_endless:
        return judgements, None
    kept = _within_horizon(judgements)
    return kept, kept[-1].request.day


def _within_horizon(judgements: list[Judgement]) -> list[Judgement]:
    """An endless rule without the tail that only the horizon refuses; its first day always stays, to tell why."""
    last = len(judgements)
    while last > 1 and _is_beyond_horizon(judgements[last - 1]):
        last -= 1
    return judgements[:last]


def _is_beyond_horizon(judgement: Judgement) -> bool:
    decision = judgement.decision
    return decision is None or any(found.rule == "horizon" for found in decision.failing)
