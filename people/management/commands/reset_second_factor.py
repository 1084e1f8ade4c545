from django.core.management.base import BaseCommand, CommandError

from people import clock, services
from people.errors import BadFact
from people.models import Person


class Command(BaseCommand):
    help = "Take the lost second factor off an account, when nobody is left who may do it on the pages."

    def add_arguments(self, parser) -> None:
        parser.add_argument("address", help="the work address of the account")

    def handle(self, *, address: str, **options) -> None:
        person = Person.objects.select_related("account").filter(account__email__iexact=address).first()
        if person is None:
            raise CommandError(f"No person's account has the address {address!r}; check how it is written.")
        try:
            services.reset_second_factor(person, by=None, now=clock.now())
        except BadFact as bad:
            raise CommandError(bad.sentence) from bad
        self.stdout.write(f"The second factor of {person.name} is taken off, and their sessions have ended.")
