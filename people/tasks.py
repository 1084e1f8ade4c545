"""What the worker calls."""

from django_q.tasks import async_task

from people import clock
from people.api import keyed_calls
from people.personal_data import forgetting


def forget_old_calls() -> int:
    """Delete the answers kept for calls sent again, once they are a day old; how many there were."""
    return keyed_calls.forget_old_calls(clock.now())


def keep_retention() -> bool:
    """Let go what is past its time; what is left after a while is another task. True while there is more."""
    more = forgetting.forget(clock.now)
    if more:
        async_task("people.tasks.keep_retention", save=False)
    return more
