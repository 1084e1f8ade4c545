"""What the worker calls."""

from django_q.tasks import async_task

from people import clock
from people.api import keyed_calls
from people.models import ImportRun
from people.personal_data import forgetting
from people.services.access import end_access_of_leavers as end_access
from people.sessions.services import drop_ended


def forget_old_calls() -> int:
    """Delete the answers kept for calls sent again, once they are a day old; how many there were."""
    return keyed_calls.forget_old_calls(clock.now())


def keep_retention() -> bool:
    """Let go what is past its time; what is left after a while is another task. True while there is more."""
    more = forgetting.forget(clock.now)
    if more:
        async_task("people.tasks.keep_retention", save=False)
    return more


def drop_ended_sessions() -> int:
    """Remove the sessions that are over; how many there were."""
    return drop_ended(clock.now())


def end_access_of_leavers() -> int:
    """Close what is still open of people whose last contract day is over; how many there were."""
    return end_access(clock.now())


def work_on_import(uid: str) -> bool:
    """Do the step at which a run of an import stands; False where there is none."""
    from people.imports import runs  # here: what reads sheets is heavy, and seldom needed

    run = ImportRun.objects.select_related("entity", "by__account", "by__site").filter(uid=uid).first()
    if run is None:
        return False
    runs.work(run, now=clock.now)
    return True


def tend_imports() -> int:
    """Go on with imports whose worker was stopped, and let go the files that nobody went on with."""
    from people.imports import runs

    held = runs.stalled(clock.now())
    for run in held:
        runs.wake(run)
    return len(held) + runs.expire(clock.now())
