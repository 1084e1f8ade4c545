"""What is wrong with exceptional days before they are prepared, and what the agreement says of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from people.errors import BadFact
from people.models import Person
from policies import core
from policies.core import NoValueInForce, Verdict, explain
from policies.core.decision import Finding
from policies.core.document import Agreement
from policies.core.facts import Facts
from policies.models import Regime
from policies.selectors import families_of, timeline_for
from policies.selectors.regimes import Population, people_of
from telework.wording import language
from ui import words

KIND = "exceptional_regime"
LONGEST = timedelta(days=366)
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause under which days may be opened: its cause ("" where it admits any), its article, the cause in words."""

    cause: str
    article: str
    label: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Exceptional days as somebody wants to open them. ``cause``: "" for under no clause of the agreement."""

    population: Population
    first: date | None
    last: date | None
    name: str
    words: str = ""
    cause: str = ""
    off_quota: bool = True

    @property
    def article(self) -> str:
        clause = next((one for one in clauses_of(self) if one.cause == self.cause), None) if self.cause else None
        return clause.article if clause else ""


ANY_CAUSE = "exceptional"


def clauses_of(draft: Draft) -> list[Clause]:
    """The clauses on exceptional circumstances in force on the first day for the entity; none without an agreement."""
    if draft.population.entity is None or draft.first is None:
        return []
    return clauses_on(timeline_for(draft.population.entity.pk).on(draft.first), draft.first)


def clauses_on(agreement: Agreement | None, day: date) -> list[Clause]:
    """The causes that an agreement admits on a day, each once; a clause that admits any is one called so."""
    found: dict[str, Clause] = {}
    for clause in agreement.clauses(KIND) if agreement else ():
        value = clause.on(day)
        if value is None or not value.applies:
            continue
        for cause in value.params["causes"] or (ANY_CAUSE,):
            label = getattr(agreement.label(cause), language())
            label = _("any cause") if cause == ANY_CAUSE and label == ANY_CAUSE else label
            found.setdefault(cause, Clause(cause, clause.article, label))
    return list(found.values())


def answer_of(draft: Draft, *, today: date) -> Finding | None:
    """What the clause says of these dates: how long at most, what is then due. None under no clause."""
    if not draft.cause or not draft.first:
        return None
    agreement = timeline_for(draft.population.entity.pk).on(draft.first)
    asked = {"cause": "" if draft.cause == ANY_CAUSE else draft.cause, "from": draft.first, "to": draft.last}
    asked |= {"eligible": False, "headcount": None}
    try:
        return core.consult(KIND, asked, Facts(today), agreement, day=draft.first) if agreement else None
    except NoValueInForce:
        return None


def tidied(draft: Draft) -> Draft:
    """The draft with its texts trimmed."""
    return replace(draft, name=" ".join(draft.name.split()), words=draft.words.strip(), cause=draft.cause.strip())


def check(draft: Draft, *, today: date) -> None:
    """``BadFact`` for the first thing that cannot be meant: its field, a sentence with value and remedy."""
    for field, sentence in _faults(draft, today):
        raise BadFact(field, "", sentence)


def _faults(draft: Draft, today: date) -> Iterator[tuple[str, str]]:
    yield from _texts(draft)
    yield from dates_faults(draft.first, draft.last, today=today)
    yield from _scope(draft.population)
    if draft.cause and draft.cause not in {clause.cause for clause in clauses_of(draft)}:
        sentence = _("“%(value)s” is no cause that the agreement in force on %(day)s admits. Choose one of the list.")
        yield "cause", sentence % {"value": draft.cause[:40], "day": _told(draft.first)}
    if not draft.cause and not draft.off_quota:
        yield (
            "off_quota",
            _("Under no clause and counted as ever, these days would change nothing. Choose one of both."),
        )
    answer = answer_of(draft, today=today)
    if answer is not None and answer.verdict is Verdict.REFUSED:
        yield "last", explain.sentence(answer, language())


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    if not draft.name:
        yield "name", _("The name is missing. Write what everybody will read, such as “Transport strike”.")
    for field, text in (("name", draft.name), ("words", draft.words)):
        longest = Regime._meta.get_field(field).max_length
        if len(text) > longest:
            sentence = _("“%(value)s…” has %(count)s characters; %(most)s are possible. Shorten it.")
            yield field, sentence % {"value": text[:30], "count": len(text), "most": longest}


def dates_faults(first: date | None, last: date | None, *, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with the dates of a term, field by field."""
    if first is None:
        yield "first", _("The first day is missing. Give the day from which these days are open.")
    elif not today <= first <= today + FARTHEST:
        sentence = _("%(day)s is not possible. Give a first day from %(first)s to %(last)s.")
        told = {"day": _told(first), "first": _told(today), "last": _told(today + FARTHEST)}
        yield "first", sentence % told
    if last is None:
        yield "last", _("The last day is missing. Exceptional days end by themselves; they can be extended later.")
    elif first and last < first:
        sentence = _("The last day, %(last)s, is before the first, %(first)s. Exchange the two.")
        yield "last", sentence % {"last": _told(last), "first": _told(first)}
    elif first and last - first > LONGEST:
        yield "last", _("More than a year at once. Give a day until %(day)s.") % {"day": _told(first + LONGEST)}


def _scope(scope: Population) -> Iterator[tuple[str, str]]:
    if scope.entity is None:
        yield "entity", _("No entity is named. Choose the one whose people are meant.")
    elif scope.team and scope.team.entity_id not in families_of([scope.entity.pk])[0][scope.entity.pk]:
        sentence = _("The team “%(team)s” is not one of %(entity)s. Choose a team of it, or another entity.")
        yield "team", sentence % {"team": scope.team.name, "entity": scope.entity.name}


def concerned(draft: Draft) -> list[Person]:
    """Everybody the draft is for, by name; ``BadFact`` where that is nobody."""
    people = list(people_of(draft.population, draft.first, draft.last).select_related("site", "entity"))
    if not people:
        sentence = _("Nobody works there from %(first)s to %(last)s. Choose other people or other days.")
        raise BadFact("entity", "", sentence % {"first": _told(draft.first), "last": _told(draft.last)})
    return people


def entities_without(draft: Draft, people: Sequence[Person]) -> list[str]:
    """Names of the entities among these people whose own agreement has no clause for the cause."""
    if not draft.cause:
        return []
    lacking = []
    for pk, name in {person.entity_id: person.entity.name for person in people}.items():
        if draft.cause not in {clause.cause for clause in clauses_on(timeline_for(pk).on(draft.first), draft.first)}:
            lacking.append(name)
    return sorted(lacking)


def _told(day: date) -> str:
    return words.plain_day(day, language())
