"""What the worker calls."""

from people import clock
from people.api import keyed_calls


def forget_old_calls() -> int:
    """Delete the answers kept for calls sent again, once they are a day old; how many there were."""
    return keyed_calls.forget_old_calls(clock.now())
