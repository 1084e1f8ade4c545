"""The only door to exceptional days: those who open them for the entity, and those who lead somebody concerned."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404

from people import access
from people.models import Person
from policies.models import Regime, RegimeTerm
from policies.selectors.regimes import people_of, population_of, regimes_concerning

from .services import OPERATION, may_open

VIEW = "view_exceptional"
TERMS = ("terms__prepared_by", "terms__confirmed_by", "terms__dismissed_by")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Sight:
    """Exceptional days as somebody may see them: ``opens`` for those who may act on them too."""

    regime: Regime
    terms: tuple[RegimeTerm, ...]
    opens: bool

    @property
    def held(self) -> tuple[RegimeTerm, ...]:
        return tuple(term for term in self.terms if term.confirmed_at and not term.dismissed_at)

    @property
    def waiting(self) -> RegimeTerm | None:
        return next((term for term in self.terms if not term.confirmed_at and not term.dismissed_at), None)

    @property
    def first_day(self) -> date:
        return (self.held or self.terms)[0].first_day

    @property
    def last_day(self) -> date:
        return max(term.last_day for term in self.held or self.terms)

    def standing(self, today: date) -> str:
        """waiting, dismissed, coming, open or over."""
        if not self.held:
            return "waiting" if self.waiting else "dismissed"
        if self.last_day < today:
            return "over"
        return "coming" if self.first_day > today else "open"


def sights_for(actor: Person | None) -> list[Sight]:
    """All exceptional days that ``actor`` may see, the newest first."""
    opens = set(access.entities_for(actor, OPERATION).values_list("pk", flat=True))
    concerned = _concerning(actor)
    return [
        Sight(regime, tuple(regime.terms.all()), regime.entity_id in opens)
        for regime in _shown()
        if regime.entity_id in opens or regime.pk in concerned
    ]


def sight_for(actor: Person | None, uid: UUID | str) -> Sight:
    """One of them; else not found."""
    regime, opens = _known(actor, uid)
    if not opens and regime.pk not in _concerning(actor):
        raise Http404
    return _sight(regime, opens)


def regime_for(actor: Person | None, uid: UUID | str) -> Sight:
    """The same for those who may act on it; else not found."""
    regime, opens = _known(actor, uid)
    if not opens:
        raise Http404
    return _sight(regime, opens)


def people_seen(actor: Person | None, sight: Sight, first: date, last: date) -> QuerySet[Person]:
    """The people concerned whose whereabouts ``actor`` may see."""
    concerned = people_of(population_of(sight.regime), first, last)
    return concerned.filter(pk__in=access.people_for(actor, VIEW).values("pk"))


def _known(actor: Person | None, uid: UUID | str) -> tuple[Regime, bool]:
    """The regime called ``uid``, or one that is nobody's, and whether ``actor`` may act on it: at the same cost."""
    named = Regime.objects.select_related("entity", "site", "team")
    regime = named.filter(uid=access.read_uid(uid)).first() or Regime(pk=0, entity=access.NO_ENTITY)
    return regime, may_open(actor, regime) and bool(regime.pk)


def _sight(regime: Regime, opens: bool) -> Sight:
    prefetch_related_objects([regime], *TERMS)
    return Sight(regime, tuple(regime.terms.all()), opens)


def _shown() -> QuerySet[Regime]:
    return Regime.objects.select_related("entity", "site", "team").prefetch_related(*TERMS)


def _concerning(actor: Person | None) -> set[int]:
    """Those that hold, or have held, for somebody whose whereabouts ``actor`` may see."""
    return regimes_concerning(list(access.people_for(actor, VIEW)), EARLIEST, LATEST)
