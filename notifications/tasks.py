"""What the worker calls, and how it is woken."""

from django_q.tasks import async_task

from notifications import heartbeats, services
from people import clock


def sweep() -> int:
    """Deliver what is due now."""
    heartbeats.beat("worker", clock.now())
    return services.sweep(clock.now())


def wake() -> None:
    """Ask the worker for a sweep. The request is a row of this transaction: it exists once the messages do."""
    async_task("notifications.tasks.sweep", save=False)
