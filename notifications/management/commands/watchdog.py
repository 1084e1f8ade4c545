import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from notifications import heartbeats, services
from people import clock


class Command(BaseCommand):
    help = "Deliver messages in a loop of its own, so that none waits when the worker stands still."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--every", type=float, default=5, metavar="SECONDS", help="pause between sweeps (5)")
        parser.add_argument("--once", action="store_true", help="sweep once and stop")

    def handle(self, *, every: float, once: bool, **options) -> None:
        stopped = Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            self._sweep()
            if once:
                return
            stopped.wait(max(every, 0.1))
            close_old_connections()

    def _sweep(self) -> None:
        try:
            heartbeats.beat("watchdog", clock.now())
            if sent := services.sweep(clock.now()):
                self.stdout.write(f"{sent} message(s) delivered")
        except Exception as failure:  # the database may be away for a moment; the next round tries again
            self.stderr.write(f"The sweep failed ({type(failure).__name__}); the next one follows.")
