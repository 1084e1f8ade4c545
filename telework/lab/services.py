"""Runs of the lab: asked for, worked on in short stretches that go on where the last one stopped, cancelled, told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import monotonic

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from people.audit import record
from people.models import Entity, Person
from policies.core.agreement import Agreement, load
from policies.core.replay import standing
from policies.models import AgreementVersion
from policies.selectors import timeline_for
from policies.services.documents import name_of
from telework.lab import telling
from telework.lab.choices import tried
from telework.lab.comparing import Rules, before_of, compare, compare_choices
from telework.lab.gathering import Always, Subject, people_under, subjects_of
from telework.lab.presence import shortages_without
from telework.lab.sums import Sums
from telework.models import LAB_ACTIVE, LabRun, LabState

CHUNK = 100  # people at once
STRETCH = 60  # seconds of work at once; the worker gives up on a task after 300
LONGEST = timedelta(days=366)
STALLED = timedelta(minutes=2)
_NUMBERS = np.dtype("<i8")


class LabRefused(ValueError):
    """A run that cannot be begun, with the sentence that says why."""


@transaction.atomic
def start_run(
    version: AgreementVersion,
    *,
    first: date,
    last: date,
    as_of: date,
    reading: str = "",
    actor: Person,
    now: datetime,
) -> LabRun:
    """Ask for a run. LabRefused for a period that makes none or while another runs; AgreementError for the text."""
    if not first <= last or last - first > LONGEST:
        raise LabRefused(_("Choose a period of at most a year, its first day before its last."))
    agreement = load(version.text, name=name_of(version))
    if reading and len(tried(agreement, reading)) < 2:
        raise LabRefused(_("The other choices of this reading need numbers of their own: write them in the text."))
    entity = version.agreement.entity
    Entity.objects.select_for_update().get(pk=entity.pk)
    if LabRun.objects.filter(entity=entity, state__in=LAB_ACTIVE).exists():
        raise LabRefused(_("Another run of this entity is under way. Wait for it, or cancel it."))
    run = LabRun.objects.create(
        version=version, entity=entity, edition=version.edition, text=version.text, reading=reading,
        first=first, last=last, as_of=as_of, people=people_under(entity.pk, first, last).count(),
        asked_at=now, asked_by=actor,
    )  # fmt: skip
    record(actor, "lab_started", run, now, number=version.number, edition=version.edition, reading=reading)
    return run


def cancel_run(run: LabRun, *, actor: Person, now: datetime) -> bool:
    """Stop a run; False where it was over already."""
    with transaction.atomic():
        done = _active(run).update(state=LabState.CANCELLED, partial={}, refused=b"", finished_at=now)
        if done:
            record(actor, "lab_cancelled", run, now)
    return bool(done)


def stalled_runs(now: datetime) -> list[LabRun]:
    """Runs on which nobody has worked for a while: the process died, or the queue lost them."""
    active = LabRun.objects.filter(state__in=LAB_ACTIVE)
    return [run for run in active if (run.touched_at or run.asked_at) < now - STALLED]


def work(run: LabRun, *, now: Callable[[], datetime], seconds: float = STRETCH) -> bool:
    """Work on a run for so long; True while there is more to do. Two who work on one run never count anybody twice."""
    if not _claim(run, now()):
        return False
    until = monotonic() + seconds
    task = _Task(run)
    while run.reached < run.people:
        if not task.step(now()):
            return False
        if monotonic() > until and run.reached < run.people:
            return True
    task.finish(now)
    return False


def fail(run: LabRun, now: datetime) -> None:
    """Give a run up."""
    _active(run).update(state=LabState.FAILED, partial={}, refused=b"", finished_at=now)


def _active(run: LabRun):
    return LabRun.objects.filter(pk=run.pk, state__in=LAB_ACTIVE)


def _claim(run: LabRun, now: datetime) -> bool:
    if run.state == LabState.WAITING:
        if (
            not _active(run)
            .filter(state=LabState.WAITING)
            .update(state=LabState.RUNNING, started_at=now, touched_at=now)
        ):
            return False
        run.state, run.started_at = LabState.RUNNING, now
    return run.state == LabState.RUNNING


class _Task:
    """One stretch of work: the rules compared, and the people in the order of their keys."""

    def __init__(self, run: LabRun) -> None:
        self.run = run
        draft = standing(load(run.text, name=name_of(run.version)), run.as_of, run.first)
        self.choices: dict[str, Agreement] = {"": draft}
        self.timeline = timeline_for(run.entity_id)
        if run.reading:
            self.choices = {one.name: one.agreement for one in tried(draft, run.reading)}
        self.base = next(iter(self.choices))
        self.rules = Rules(*before_of(self.timeline), draft, run.first, run.last)
        self.people = list(people_under(run.entity_id, run.first, run.last).values_list("pk", flat=True))

    def step(self, now: datetime) -> bool:
        """The next people; False where somebody else has counted them, or the run was cancelled."""
        run = self.run
        chunk = self.people[run.reached : run.reached + CHUNK]
        if not chunk:
            run.people = run.reached
            return True
        sums = self._sums()
        refused = [key for subject in self._subjects(chunk) for key in self._compare(subject, sums)]
        partial = {name: one.plain() for name, one in sums.items()}
        gone = bytes(run.refused) + np.array(refused, dtype=_NUMBERS).tobytes()
        reached = run.reached + len(chunk)
        mine = _active(run).filter(reached=run.reached)
        if not mine.update(partial=partial, refused=gone, reached=reached, people=len(self.people), touched_at=now):
            return False
        run.partial, run.refused, run.reached, run.people = partial, gone, reached, len(self.people)
        return True

    def _subjects(self, chunk: list[int]) -> list[Subject]:
        timelines = [*([self.timeline] if self.timeline else []), *map(Always, self.choices.values())]
        return subjects_of(chunk, timelines, first=self.run.first, last=self.run.last)

    def _compare(self, subject: Subject, sums: dict[str, Sums]) -> list[int]:
        if self.run.reading:
            compare_choices(subject, self.choices, self.base, sums, self.run.first)
            return []
        return compare(subject, self.rules, sums[""])

    def _sums(self) -> dict[str, Sums]:
        return {name: Sums(**self.run.partial.get(name, {})) for name in self.choices}

    def finish(self, now: Callable[[], datetime]) -> None:
        """What comes after the people: coverage, and the sums as they may be shown."""
        run, sums = self.run, self._sums()
        if run.reading:
            result = telling.told_of_choices(sums, self.base)
        else:
            gone = np.frombuffer(bytes(run.refused), dtype=_NUMBERS).tolist()
            shorts = shortages_without(gone, run.entity_id, run.first, run.last)
            result = telling.told(sums[""], shorts, run.first, run.last)
        finished = now()
        if _active(run).update(
            state=LabState.DONE, result=result, partial={}, refused=b"", touched_at=finished, finished_at=finished
        ):
            run.state, run.result, run.finished_at = LabState.DONE, result, finished
