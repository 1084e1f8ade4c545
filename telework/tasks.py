"""What the worker calls."""

import logging

from django_q.tasks import async_task

from people import clock
from telework.lab import services as lab
from telework.models import LabRun
from telework.services import silence
from telework.services.heat import keep_heat as keep

log = logging.getLogger(__name__)


def keep_heat() -> int:
    """Count again what changed in the heat of this year and the next, so that no page has to."""
    return keep(clock.now().date())


def answer_silence() -> int:
    """Remind of requests, and apply what agreements say of those that nobody answered in time; how many there are."""
    return silence.answer_silence(clock.now())


def run_lab(uid: str) -> bool:
    """Work on a run of the policy lab for a while; the rest of it is another task. True while there is more."""
    run = LabRun.objects.select_related("version__agreement", "entity").filter(uid=uid).first()
    if run is None or not run.is_active:
        return False
    try:
        more = lab.work(run, now=clock.now)
    except Exception:
        log.exception("The run %s of the policy lab came to an end", uid)
        lab.fail(run, clock.now())
        return False
    if more:
        wake_lab(run)
    return more


def wake_lab(run: LabRun) -> None:
    """Ask the worker to go on with a run. The request is a row of this transaction."""
    async_task("telework.tasks.run_lab", str(run.uid), save=False)


def resume_labs() -> int:
    """Go on with runs on which nobody has worked for a while; how many these are."""
    stalled = lab.stalled_runs(clock.now())
    for run in stalled:
        wake_lab(run)
    return len(stalled)
