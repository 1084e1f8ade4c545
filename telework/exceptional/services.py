"""Writes on exceptional days. Two people fire every term: one prepares, another of the same right confirms.

Nothing is booked or cancelled by any of them; absences stay absences.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from notifications import outbox
from people import access
from people.audit import record
from people.errors import BadFact
from people.models import Grant, Person
from people.roles import circles
from policies.models import Regime, RegimePerson, RegimeTerm
from policies.selectors import families_of
from policies.selectors.regimes import IN_FORCE, people_of, population_of
from telework.models import ACTIVE, Booking
from telework.services.rechecking import rechecked
from telework.wording import language
from ui import words

from .drafts import Draft, check, concerned, dates_faults, tidied

OPERATION = "open_exceptional"
TO_CONFIRM, OPENED, EXTENDED, ENDED = "regime.to_confirm", "regime.opened", "regime.extended", "regime.ended"
ONE_DAY = timedelta(days=1)


class NotYours(BadFact):
    """The one who prepared cannot confirm; or somebody else was faster."""

    def __init__(self, sentence: str) -> None:
        super().__init__("confirm", "", sentence)


@transaction.atomic
def prepare_regime(draft: Draft, *, actor: Person, now: datetime, today: date) -> RegimeTerm:
    """Write exceptional days down for another person to confirm; until then nothing holds. ``BadFact`` for a fault."""
    draft = tidied(draft)
    check(draft, today=today)
    people = concerned(draft)
    scope = draft.population
    regime = Regime.objects.create(
        entity=scope.entity, site=scope.site, team=scope.team, job=scope.job, listed=scope.listed is not None,
        name=draft.name, words=draft.words, cause=draft.cause, article=draft.article, off_quota=draft.off_quota,
        created_at=now,
    )  # fmt: skip
    if regime.listed:
        RegimePerson.objects.bulk_create(RegimePerson(regime=regime, person=person) for person in people)
    return _prepared(regime, draft.first, draft.last, count=len(people), actor=actor, now=now)


@transaction.atomic
def extend_regime(regime: Regime, last: date, *, actor: Person, now: datetime, today: date) -> RegimeTerm:
    """Write down a longer time, from the day after the last one on; it holds once another person has confirmed."""
    regime = _locked(regime)
    if regime.terms.filter(confirmed_at=None, dismissed_at=None).exists():
        raise BadFact(
            "last", last, _("A change of these days already awaits its second person. Answer that one first.")
        )
    ended = last_day_of(regime)
    if ended is None or ended < today:
        raise BadFact("last", last, _("These days are over. Prepare new ones; everybody is told again."))
    first = ended + ONE_DAY
    if last <= ended:
        sentence = _("They are open until %(day)s already. Give a later day, or end them early.")
        raise BadFact("last", last, sentence % {"day": words.plain_day(ended, language())})
    for _field, sentence in dates_faults(first, last, today=min(today, first)):
        raise BadFact("last", last, sentence)
    opened = regime.terms.filter(IN_FORCE).first().first_day
    check(_draft_of(regime, opened, last), today=min(today, opened))
    count = people_of(population_of(regime), first, last).count()
    return _prepared(regime, first, last, count=count, actor=actor, now=now)


@transaction.atomic
def confirm_term(term: RegimeTerm, *, actor: Person, now: datetime, today: date) -> int:
    """Fire a term that somebody else has prepared: it holds, and everybody concerned is told. How many are told."""
    regime = _locked(term.regime)
    if term.prepared_by_id == actor.pk:
        raise NotYours(_("You have prepared this yourself. Another person with the same right confirms it."))
    if term.last_day < today:
        raise NotYours(_("These days have passed meanwhile. Dismiss them, and prepare others."))
    waiting = RegimeTerm.objects.filter(pk=term.pk, confirmed_at=None, dismissed_at=None)
    if waiting.exclude(prepared_by=actor).update(confirmed_by=actor, confirmed_at=now) != 1:
        raise NotYours(_("Somebody has answered this meanwhile. Nothing was changed."))
    is_first = regime.terms.filter(IN_FORCE).count() == 1
    told = set(people_of(population_of(regime), term.first_day, term.last_day).values_list("pk", flat=True))
    verb = "regime.opened" if is_first else "regime.extended"
    record(actor, verb, regime, now, term=str(term.uid), **_days(term), people=len(told))
    _tell(OPENED if is_first else EXTENDED, term, told, actor=actor, now=now)
    return len(told)


@transaction.atomic
def dismiss_term(term: RegimeTerm, *, actor: Person, now: datetime) -> None:
    """Take back what awaits its second person; whoever may prepare may dismiss, the one who prepared as well."""
    _locked(term.regime)
    waiting = RegimeTerm.objects.filter(pk=term.pk, confirmed_at=None, dismissed_at=None)
    if waiting.update(dismissed_by=actor, dismissed_at=now) != 1:
        raise NotYours(_("Somebody has answered this meanwhile. Nothing was changed."))
    record(actor, "regime.dismissed", term.regime, now, term=str(term.uid), **_days(term))


@transaction.atomic
def end_regime(regime: Regime, last: date, *, actor: Person, now: datetime, today: date) -> int:
    """End exceptional days before their time, yesterday at the earliest; telework asked for stays, and is held against
    the rules again. Everybody is told. One person is enough: what ends is what the agreement does not know."""
    regime = _locked(regime)
    ended = last_day_of(regime)
    if ended is None or ended < today:
        raise BadFact("last", last, _("These days are over. There is nothing to end."))
    earliest = today - ONE_DAY
    if not earliest <= last < ended:
        sentence = _("Give a last day from %(first)s to %(last)s.")
        told = {"first": words.plain_day(earliest, language()), "last": words.plain_day(ended - ONE_DAY, language())}
        raise BadFact("last", last, sentence % told)
    people = people_of(population_of(regime), today, ended).select_related("site", "entity")
    after = {"first": last + ONE_DAY, "last": ended}
    booked = Booking.objects.filter(day__range=(after["first"], ended), state__in=ACTIVE).values("person")
    who = {"actor": actor, "now": now, "today": today}
    with rechecked(people=list(people.filter(pk__in=booked)), **after, **who):
        _cut(regime, last, actor, now)
        record(actor, "regime.ended", regime, now, last=last.isoformat(), before=ended.isoformat())
    told = set(people.values_list("pk", flat=True))
    _tell(ENDED, regime.terms.order_by("first_day").first(), told, actor=actor, now=now)
    return len(told)


def last_day_of(regime: Regime) -> date | None:
    """The last day on which a regime holds as things stand; None while it holds on none."""
    return regime.terms.filter(IN_FORCE).order_by("-last_day").values_list("last_day", flat=True).first()


def _cut(regime: Regime, last: date, actor: Person, now: datetime) -> None:
    held = regime.terms.filter(IN_FORCE)
    held.filter(first_day__gt=last).update(dismissed_by=actor, dismissed_at=now)
    regime.terms.filter(IN_FORCE, last_day__gt=last).update(last_day=last)
    regime.terms.filter(confirmed_at=None, dismissed_at=None).update(dismissed_by=actor, dismissed_at=now)


def _prepared(regime: Regime, first: date, last: date, *, count: int, actor: Person, now: datetime) -> RegimeTerm:
    term = RegimeTerm.objects.create(regime=regime, first_day=first, last_day=last, prepared_by=actor, prepared_at=now)
    record(actor, "regime.prepared", regime, now, term=str(term.uid), **_days(term), people=count)
    _tell(TO_CONFIRM, term, set(confirmers_of(regime)), actor=actor, now=now)
    return term


def confirmers_of(regime: Regime) -> list[int]:
    """Primary keys of those who may confirm for the regime's entity, whoever has prepared it."""
    above = families_of(())[1].get(regime.entity_id, ())
    roles = [role for role in Grant._meta.get_field("role").flatchoices if circles(OPERATION, role[0])]
    grants = Grant.objects.filter(role__in=[role for role, _label in roles], entity__in=above)
    return list(grants.order_by("person").values_list("person", flat=True).distinct())


def _tell(
    kind: str, term: RegimeTerm, people: Collection[int] | Iterable[int], *, actor: Person, now: datetime
) -> None:
    data = {"regime": str(term.regime.uid), "term": str(term.uid), "actor": str(actor.uid)}
    stamp = f"{now.timestamp():.0f}" if kind == ENDED else ""
    outbox.put_many(
        [outbox.Draft(pk, kind, f"{kind}:{term.uid}:{stamp}:{pk}", data) for pk in sorted(people) if pk != actor.pk],
        now=now,
    )


def _draft_of(regime: Regime, first: date, last: date) -> Draft:
    return Draft(population_of(regime), first, last, regime.name, regime.words, regime.cause, regime.off_quota)


def _days(term: RegimeTerm) -> dict[str, str]:
    return {"first": term.first_day.isoformat(), "last": term.last_day.isoformat()}


def _locked(regime: Regime) -> Regime:
    return Regime.objects.select_for_update(of=("self",)).select_related("entity", "site", "team").get(pk=regime.pk)


def may_open(actor: Person | None, regime: Regime) -> bool:
    """May ``actor`` prepare, confirm, extend and end exceptional days of its entity?"""
    return access.may(actor, OPERATION, regime.entity)
