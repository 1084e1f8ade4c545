"""Write the demo organisation into an empty database."""

import os
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from people import clock
from telework.demo import cast, flat, seed

ZONE = "Europe/Paris"
MOST = 20_000


class Command(BaseCommand):
    help = "Write a demo organisation, the same for the same seed, into an empty database, and print its accounts."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--people", default="1000", help=f"how many people, {seed.FEWEST} to {MOST} (default 1000)")
        parser.add_argument("--seed", default="1", help="a whole number; the same number writes the same rows")
        parser.add_argument("--today", help="the day on which the demo is set, YYYY-MM-DD (default: today)")
        parser.add_argument("--flat", action="store_true", help="the plain data set for comparisons instead, year 2026")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, in peace, where there are people already"
        )

    def handle(self, **options) -> None:
        people = _number("--people", options["people"], seed.FEWEST, MOST)
        chance = _number("--seed", options["seed"], 0, 2**63 - 1)
        today = _day(options["today"]) if options["today"] else clock.today(ZONE)
        if not seed.is_empty():
            if options["if_empty"]:
                self.stdout.write("The database already holds people; nothing was written.")
                return
            raise CommandError(
                "The database already holds people. Name an empty one by DATABASE_URL, or use --if-empty."
            )
        password = os.environ.get("DEMO_PASSWORD", "cent-jours-demo")
        if options["flat"]:
            done = flat.seed_flat(seed=chance, password=password)
            self._tell(done, flat.FLAT_ACCOUNTS, password)
            return
        done = seed.seed(people=people, seed=chance, today=today, password=password, tell=self._step)
        self._tell(done, cast.DEMO_ACCOUNTS, password)

    def _step(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()

    def _tell(self, done, accounts, password: str) -> None:
        self.stdout.write(f"{done.people} people and {done.bookings} bookings written. Sign in with:")
        for account in accounts:
            self.stdout.write(f"  {account.email:<36} {password:<20} {account.role}")


def _number(name: str, text: str, least: int, most: int) -> int:
    try:
        number = int(text)
    except ValueError:
        raise CommandError(f"{name} is “{text}”; give a whole number from {least} to {most}.") from None
    if not least <= number <= most:
        raise CommandError(f"{name} is {text}; give a whole number from {least} to {most}.")
    return number


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--today is “{text}”; give a real date as YYYY-MM-DD, such as 2026-06-09.") from None
    if not 2024 <= day.year <= 2090:
        raise CommandError(f"--today is {text}; give a date between 2024 and 2090.")
    return day
