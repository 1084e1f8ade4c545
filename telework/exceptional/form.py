"""The form that prepares exceptional days: what was typed, as a draft; whom it would concern."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from people import access
from people.errors import BadFact
from people.models import Entity, Person, Site, Team
from policies.core import explain
from policies.selectors.regimes import Population
from telework.models import ACTIVE, Booking
from telework.wording import language

from .drafts import Draft, answer_of, check, clauses_of, concerned, entities_without, tidied
from .services import OPERATION

TEXTS = ("entity", "site", "team", "job", "name", "words", "cause", "first", "last")


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, by whom, and what there is to choose from."""

    actor: Person
    today: date
    typed: Mapping[str, str]
    off_quota: bool
    follows: bool
    kept: frozenset[str] | None
    entities: list[Entity]
    sites: list[Site]
    teams: list[Team]
    jobs: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, request: HttpRequest, actor: Person, today: date) -> "Form":
        """From a POST, or empty."""
        sent: QueryDict = request.POST
        typed = {name: sent.get(name, "").strip().replace("\0", "")[:1000] for name in TEXTS}
        entities = list(access.entities_for(actor, OPERATION))
        reach = [entity.pk for entity in entities]
        teams = list(Team.objects.filter(entity__in=reach).select_related("site").order_by("name", "pk"))
        sites = sorted({team.site for team in teams}, key=lambda site: site.name)
        jobs = Person.objects.filter(entity__in=reach).exclude(job="").order_by("job_title", "job")
        known = dict(jobs.values_list("job", "job_title").distinct())
        return cls(
            actor, today, typed,
            off_quota=bool(sent.get("off_quota")) or not sent,
            follows=sent.get("whom", "population") != "list",
            kept=frozenset(sent.getlist("people")) if sent.get("seen") else None,
            entities=entities, sites=sites, teams=teams,
            jobs=sorted((job, title or job) for job, title in known.items()),
        )  # fmt: skip

    def draft(self) -> Draft:
        """What was typed as a draft, checked; ``BadFact`` for what cannot be read or meant."""
        entity = _named(self.entities, self.typed["entity"]) or (self.entities[0] if len(self.entities) == 1 else None)
        scope = Population(
            entity, _named(self.sites, self.typed["site"]), _named(self.teams, self.typed["team"]), self._job()
        )
        days = {name: _day(name, self.typed[name]) for name in ("first", "last")}
        draft = tidied(
            Draft(scope, **days, name=self.typed["name"], words=self.typed["words"], cause=self.typed["cause"],
                  off_quota=self.off_quota)
        )  # fmt: skip
        check(draft, today=self.today)
        return draft if self.follows else self._as_list(draft)

    def _job(self) -> str:
        job = self.typed["job"]
        if job and job not in dict(self.jobs):
            raise BadFact("job", job, _("“%(value)s” is no job here. Choose one of the list.") % {"value": job[:40]})
        return job

    def _as_list(self, draft: Draft) -> Draft:
        """The people as listed now, without those who were left out."""
        people = concerned(draft)
        kept = [person.pk for person in people if self.kept is None or str(person.uid) in self.kept]
        if not kept:
            raise BadFact("people", "", _("Everybody is left out. Keep somebody, or leave it."))
        return replace(draft, population=draft.population._replace(listed=frozenset(kept)))

    def looked_at(self, draft: Draft) -> dict[str, object]:
        """The dry run: whom it would concern, by entity, and what the agreement says of it."""
        whole = replace(draft, population=draft.population._replace(listed=None))
        people = concerned(whole)
        listed = draft.population.listed
        kept = [person for person in people if listed is None or person.pk in listed]
        span = {"day__range": (draft.first, draft.last), "state__in": ACTIVE}
        held = Booking.objects.filter(person__in=[person.pk for person in kept], **span)
        answer = answer_of(draft, today=self.today)
        return {
            "people": [(person, listed is None or person.pk in listed) for person in people],
            "count": len(kept),
            "entities_of": sorted(Counter(person.entity.name for person in kept).items()),
            "booked": held.count(),
            "answer": explain.sentence(answer, language()) if answer else "",
            "answer_article": answer.article.strip("-") if answer else "",
            "lacking": entities_without(draft, kept),
        }

    def context(self, **more) -> dict[str, object]:
        """What the page shows."""
        scope = Population(_named_or_none(self.entities, self.typed["entity"]) or next(iter(self.entities), None))
        first = _day_or_none(self.typed["first"]) or self.today
        return {
            "form": self.typed,
            "off_quota": self.off_quota,
            "follows": self.follows,
            "entities": self.entities,
            "sites": self.sites,
            "teams": self.teams,
            "jobs": self.jobs,
            "clauses": clauses_of(Draft(scope, first, None, "")),
            "today": self.today,
            **more,
        }


def _named(rows, uid: str):
    found = _named_or_none(rows, uid)
    if uid and found is None:
        raise Http404
    return found


def _named_or_none(rows, uid: str):
    return next((row for row in rows if str(row.uid) == uid), None)


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    found = _day_or_none(text)
    if found is None or not 1950 <= found.year <= 2150:
        raise BadFact(name, text, _("“%(value)s” is not a date. Write it as 2027-03-31.") % {"value": text[:40]})
    return found


def _day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
