"""Writes on the terms of one person: each checks what the agreement offers and for how long, rechecks the telework
asked for, tells the person, and keeps no reason anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from notifications import outbox
from people.audit import record
from people.errors import BadFact
from people.models import Person, What
from people.reads import record_read
from policies.core import Verdict, explain
from policies.core.document import Agreement
from policies.models import PersonalTerm
from policies.selectors import timeline_for
from policies.selectors.terms import terms_held
from telework.services.rechecking import FARTHEST, rechecked
from telework.wording import language
from ui import words

from .offers import Effect, answer_of, choices_of, effect_kept, effects_of

CHANGED = "terms.changed"
ONE_DAY = timedelta(days=1)
EARLIEST, LATEST = date(1990, 1, 1), date(2150, 12, 31)
MOST_NUMBER = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class TermDraft:
    """What is to hold for a person: an ``effect`` by its key, or a ``code`` with its number; from a day to a day."""

    effect: str = ""
    code: str = ""
    number: Decimal | None = None
    first: date | None = None
    last: date | None = None
    opinion: bool = False


@transaction.atomic
def write_term(person: Person, draft: TermDraft, *, actor: Person, now: datetime, today: date) -> PersonalTerm:
    """Write what holds for a person; ``BadFact`` for what the agreement does not offer, or not for so long."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    effect = check_term(person, draft, today=today)
    kept = {"lifts": list(effect.lifts), "replace": effect.replace} if effect else {"code": draft.code}
    with _rechecked(person, draft.first, draft.last, actor=actor, now=now, today=today):
        term = PersonalTerm.objects.create(
            person=person, number=draft.number, first_day=draft.first, last_day=draft.last, written_by=actor,
            written_at=now, **kept,
        )  # fmt: skip
    record(actor, "terms.written", term, now, person=str(person.uid), **_days(term))
    _tell(term, actor=actor, now=now)
    return term


@transaction.atomic
def end_term(term: PersonalTerm, last: date, *, actor: Person, now: datetime, today: date) -> None:
    """Give a term an earlier last day, yesterday at the earliest; one that has not begun by then is withdrawn."""
    term = (
        PersonalTerm.objects.select_for_update(of=("self",))
        .select_related("person__site", "person__entity")
        .get(pk=term.pk)
    )
    if term.withdrawn_at or (term.last_day and term.last_day < today):
        raise BadFact("last", last, _("It has ended already. Nothing was changed."))
    latest = term.last_day or LATEST
    if not today - ONE_DAY <= last < latest:
        sentence = _("Give a last day from %(first)s to %(last)s.")
        told = {"first": _told(today - ONE_DAY), "last": _told(latest - ONE_DAY)}
        raise BadFact("last", last, sentence % told)
    with _rechecked(term.person, last + ONE_DAY, term.last_day, actor=actor, now=now, today=today):
        if last < term.first_day:
            term.withdrawn_at = now
        else:
            term.last_day = last
        term.save(update_fields=["last_day", "withdrawn_at"])
    record(actor, "terms.ended", term, now, person=str(term.person.uid), last=last.isoformat())
    _tell(term, actor=actor, now=now)


def check_term(person: Person, draft: TermDraft, *, today: date) -> Effect | None:
    """The effect that is meant (None for a code); ``BadFact`` for the first thing that cannot be meant."""
    _check_dates(draft)
    agreement = timeline_for(person).on(draft.first)
    if agreement is None:
        sentence = _("No agreement is in force for %(name)s on %(day)s. Choose another first day.")
        raise BadFact("first", draft.first, sentence % {"name": person.name, "day": _told(draft.first)})
    effect = _check_effect(person, draft, agreement, today) if draft.effect else None
    if effect is None:
        _check_code(draft, agreement)
    _check_alone(person, draft, effect)
    return effect


def _check_dates(draft: TermDraft) -> None:
    if draft.first is None:
        raise BadFact("first", "", _("The first day is missing. Give the day from which this holds."))
    for field, day in (("first", draft.first), ("last", draft.last)):
        if day and not EARLIEST <= day <= LATEST:
            raise BadFact(field, day, _("The year %(year)s is out of reach. Check it.") % {"year": day.year})
    if draft.last and draft.last < draft.first:
        sentence = _("The last day, %(last)s, is before the first, %(first)s. Exchange the two.")
        raise BadFact("last", draft.last, sentence % {"last": _told(draft.last), "first": _told(draft.first)})


def _check_effect(person: Person, draft: TermDraft, agreement: Agreement, today: date) -> Effect:
    effect = next((one for one in effects_of(agreement, draft.first) if one.key == draft.effect), None)
    if effect is None:
        sentence = _("The agreement in force on %(day)s offers no such effect. Choose one of the list.")
        raise BadFact("effect", draft.effect, sentence % {"day": _told(draft.first)})
    if effect.needs_opinion and not draft.opinion:
        raise BadFact("opinion", "", _("The agreement asks for a favourable opinion first. Tick it once you have it."))
    answer = answer_of(effect, agreement, draft.first, draft.last, today=today)
    if answer and answer.verdict is Verdict.REFUSED:
        said = f"{explain.sentence(answer, language())} {explain.remedy(answer, language())}".strip()
        raise BadFact("last", draft.last, said)
    if answer and draft.last is None and "longest" in answer.data:
        sentence = _("The agreement sets a longest time. Give a last day, %(day)s at the latest.")
        raise BadFact("last", "", sentence % {"day": _told(date.fromisoformat(str(answer.data["longest"])))})
    if not effect.is_renewable and any(effect_kept(each).key == effect.key for each in _just_before(person, draft)):
        raise BadFact(
            "first", draft.first, _("The agreement does not let this be renewed at once. Leave time between.")
        )
    return effect


def _check_code(draft: TermDraft, agreement: Agreement) -> None:
    offered = {choice.code: choice for choice in choices_of(agreement, draft.first)}
    if draft.code not in offered:
        sentence = _("The agreement in force on %(day)s has nothing of that name to record. Choose one of the list.")
        raise BadFact("effect", draft.code, sentence % {"day": _told(draft.first)})
    if offered[draft.code].counts and draft.number is None:
        raise BadFact("number", "", _("The number agreed is missing. Write it."))
    if draft.number is not None and not 0 <= draft.number <= MOST_NUMBER:
        sentence = _("%(value)s is out of reach. Write a number from 0 to %(most)s.")
        raise BadFact("number", draft.number, sentence % {"value": draft.number, "most": MOST_NUMBER})


def _check_alone(person: Person, draft: TermDraft, effect: Effect | None) -> None:
    """The same thing is not written twice for the same days."""
    for other in terms_held([person.pk], draft.first, draft.last or LATEST):
        same = effect_kept(other).key == effect.key if effect and other.is_effect else other.code == draft.code != ""
        if same:
            sentence = _("This holds from %(first)s already. End that one first, or begin after it.")
            raise BadFact("first", draft.first, sentence % {"first": _told(other.first_day)})


def _just_before(person: Person, draft: TermDraft) -> Sequence[PersonalTerm]:
    day = draft.first - ONE_DAY
    return [term for term in terms_held([person.pk], day, day) if term.is_effect]


def _rechecked(person: Person, first: date, last: date | None, **who):
    return rechecked(people=[person], first=first, last=min(last or LATEST, who["today"] + FARTHEST), **who)


def _tell(term: PersonalTerm, *, actor: Person, now: datetime) -> None:
    key = f"{CHANGED}:{term.uid}:{now.timestamp():.0f}"
    outbox.put(term.person, CHANGED, key, {"term": str(term.uid), "actor": str(actor.uid)}, now)


def note_reading(person: Person, *, actor: Person, now: datetime) -> None:
    """Keep that somebody has looked at the terms of a person, for the person to see; once a day is enough."""
    record_read(actor, [person], What.TERMS, now)


def _days(term: PersonalTerm) -> dict[str, str | None]:
    return {"first": term.first_day.isoformat(), "last": term.last_day.isoformat() if term.last_day else None}


def _told(day: date) -> str:
    return words.plain_day(day, language())
