from django.core.management.base import BaseCommand

from notifications import services
from people import clock


class Command(BaseCommand):
    help = "Give messages that were given up another eight attempts, once the mail server is back."

    def handle(self, **options) -> None:
        self.stdout.write(f"{services.retry_abandoned(clock.now())} message(s) will be tried again.")
