from django.core.management.base import BaseCommand, CommandError
from django.core.validators import ValidationError, validate_email
from django.db import transaction

from people import clock
from people.errors import BadFact
from people.models import Entity, Person, Role, Site
from people.services.accounts import open_account
from people.services.grants import give_role
from people.services.organisation import write_entity, write_site


class Command(BaseCommand):
    help = (
        "Open the first account of an empty house: company, site and a person who may do what human resources and "
        "administrators do there. A letter with the link to choose a password goes to the address."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="work address")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        parser.add_argument("--entity", required=True, metavar="NAME", help="company; made if there is none yet")
        parser.add_argument("--site", required=True, metavar="NAME", help="place of work; made if there is none yet")
        parser.add_argument("--zone", default="Europe/Paris", help="clock of a new site (Europe/Paris)")
        parser.add_argument("--holidays", default="FR", metavar="CODE", help="public holidays of a new site (FR)")
        parser.add_argument("--language", default="fr", choices=("fr", "en"), help="of the account (fr)")

    def handle(self, *, email: str, entity: str, site: str, language: str, **options) -> None:
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(f"“{email}” is no mail address; write one such as name@cent-jours.example.") from wrong
        now = clock.now()
        try:
            with transaction.atomic():
                home = Entity.objects.filter(name__iexact=entity).first() or write_entity(
                    None, name=entity, parent=None, by=None, now=now
                )
                place = Site.objects.filter(name__iexact=site).first() or write_site(
                    None, name=site, zone=options["zone"], holiday_region=options["holidays"], by=None, now=now
                )
                person = Person.objects.create(
                    entity=home,
                    site=place,
                    first_name=options["first_name"],
                    last_name=options["last_name"],
                    email=email,
                )
                open_account(person, by=None, now=now, language=language)
                for role in (Role.HR, Role.ADMIN):
                    give_role(person, role, home, by=None, now=now)
        except BadFact as fault:
            raise CommandError(fault.sentence) from fault
        self.stdout.write(f"{person.name} administers {home.name}. The letter to {email} is on its way.")
