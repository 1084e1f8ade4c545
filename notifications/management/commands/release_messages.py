from django.core.management.base import BaseCommand, CommandError

from notifications import holding
from people import clock


class Command(BaseCommand):
    help = "Let a restored database send messages again, and say what becomes of those from before the backup."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--old",
            required=True,
            choices=("drop", "send"),
            help="drop: never send what waited when the backup was made (it was mostly sent since); send: send it now",
        )

    def handle(self, *, old: str, **options) -> None:
        if holding.current_hold() is None:
            raise CommandError("No message is held: this database was not restored, or was released before.")
        sent, dropped = holding.release(clock.now(), send_old=old == "send")
        self.stdout.write(f"Released: {sent} message(s) will be sent, {dropped} will never be.")
