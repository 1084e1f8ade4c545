"""Coverage beside the agreement: what it says of requests, each with what was accepted before it counted.

``Watch.fresh`` reads the rows as they are, inside the transaction that will write: that is the check that decides.
``Watch.kept`` looks at the counts that the process keeps: for pages, which only tell.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from datetime import date, timedelta

from people.models import Person
from policies.core.decision import Decision, Finding, Verdict
from policies.core.document import Agreement
from policies.core.facts import Purpose, Request
from policies.coverage import findings
from policies.coverage.findings import Named
from policies.coverage.requirements import Gap
from policies.facts import Need, needs_of
from policies.selectors import requirements_counting
from telework.coverage import keeping
from telework.coverage.counting import Answer, Count, Halves, count_of

STRETCH = timedelta(days=61)
AROUND = timedelta(days=2)  # windows that start on the dates before and after may meet a night, in any zone
Stretch = tuple[date, date, list[Count]]
Gather = Callable[[Sequence[Person], date, date], Stretch]


class Watch:
    """The requirements that count some people; their numbers are gathered when a request first needs them."""

    def __init__(self, people: Sequence[Person], gather: Gather, until: date | None):
        self.people, self.gather, self.until = list(people), gather, until
        self.stretches: list[Stretch] = []
        self.guard = keeping.LOCK if gather is _kept else nullcontext()
        self.taken: list[tuple[int, date, int]] = []

    @classmethod
    def fresh(cls, people: Sequence[Person], *, until: date | None = None) -> "Watch":
        """Reads rows; ``until`` is the last date that will be asked about, where there are several."""
        return cls(people, _fresh, until)

    @classmethod
    def kept(cls, people: Sequence[Person]) -> "Watch":
        return cls(people, _kept, None)

    def judge(
        self, person: Person, decision: Decision, agreement: Agreement, today: date, *, without: Halves | None = None
    ) -> Decision:
        """The decision with what coverage finds, where the agreement leaves the day possible and it is to come."""
        request = decision.request
        if decision.verdict is Verdict.REFUSED or not _is_judged(request, today):
            return decision
        found = self._findings(person, request, agreement, without)
        return Decision(request, (*decision.findings, *found), decision.document, decision.free_days)

    def take(self, person: Person, request: Request) -> None:
        """Count a request as granted for those judged after it. Never on kept counts: they tell what is so."""
        if request.purpose is Purpose.PLANNING:
            self.taken.append((person.pk, request.day, request.part.halves))
            for _first, _last, counts in self.stretches:
                for count in counts:
                    count.take(*self.taken[-1])

    def answers(self, person: int, day: date, halves: int, without: Halves | None = None) -> list[tuple[Count, Answer]]:
        """What each count says of telework in some halves of a date, where it counts the person then."""
        with self.guard:
            found = [(count, count.answer(person, day, halves, without=without)) for count in self._on(day)]
        return [(count, answer) for count, answer in found if answer and answer.concerned]

    def _findings(self, person: Person, request: Request, agreement: Agreement, without: Halves | None):
        answers = self.answers(person.pk, request.day, request.part.halves, without)
        clause = agreement.clause(findings.RULE)
        article = clause.article if clause else ""
        failing = [found for count, answer in answers for found in broken_of(count, answer.check.failing, article)]
        if failing or not answers:
            return failing
        return [findings.kept(article, tight=any(answer.tight for _count, answer in answers))]

    def _on(self, day: date) -> list[Count]:
        """The counts around a date; the next stretch of dates is read when one is asked for beyond them."""
        known = next((counts for first, last, counts in self.stretches if first <= day <= last), None)
        if known is None:
            stretch = self.gather(self.people, day, max(day, min(day + STRETCH, self.until or day)))
            known = stretch[2]
            for count in known:
                for taken in self.taken:
                    count.take(*taken)
            self.stretches.append(stretch)
        return known


def broken_of(count: Count, gaps: Iterable[Gap], article: str) -> list[Finding]:
    """One finding for each requirement that the gaps belong to."""
    by_need: dict[str, tuple[Need, list[Gap]]] = {}
    for gap in gaps:
        need = count.need_of[gap.rule.name]
        by_need.setdefault(str(need.requirement.uid), (need, []))[1].append(gap)
    return [findings.broken(held, named(need, article)) for need, held in by_need.values()]


def named(need: Need, article: str = "") -> Named:
    """A requirement as findings call it; its own article wins over the agreement's clause."""
    held = need.requirement
    scope = {"skill": held.skill and held.skill.name, "team": held.team and held.team.name}
    scope |= {"site": held.site and held.site.name}
    return Named(
        uid=str(held.uid),
        article=held.article or article,
        names={lang: need.name(lang) for lang in findings.LANGUAGES},
        whom={lang: need.whom(lang) for lang in findings.LANGUAGES},
        scope={name: text for name, text in scope.items() if text},
    )


def _is_judged(request: Request, today: date) -> bool:
    return request.purpose is Purpose.PLANNING and request.day >= today


def _fresh(people: Sequence[Person], first: date, last: date) -> tuple[date, date, list[Count]]:
    """The numbers of every requirement that counts one of these people, for telework on some dates."""
    begin, end = first - AROUND, last + AROUND
    requirements = requirements_counting(people, begin, end)
    return first, last, [count_of(needs_of(requirements, begin, end), begin, end)] if requirements else []


def _kept(people: Sequence[Person], first: date, last: date) -> tuple[date, date, list[Count]]:
    """The counts that the process keeps for the year of the date."""
    year = first.year
    return date(year, 1, 1), date(year, 12, 31), keeping.kept_counts(people, first, first)
