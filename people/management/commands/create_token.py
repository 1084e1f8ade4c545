from django.core.management.base import BaseCommand, CommandError

from people import clock, tokens
from people.errors import BadFact
from people.models import Account


class Command(BaseCommand):
    help = "Make an API key for an account and print it, once. It acts as that account within its scopes."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="work address of the account")
        parser.add_argument(
            "--scope",
            action="append",
            default=[],
            metavar="SCOPE",
            help=f"one of {', '.join(tokens.SCOPES)}; repeat it",
        )
        parser.add_argument("--name", default="Script", help="what the key is for")
        parser.add_argument("--revoke", action="store_true", help="instead, close every key of the account")

    def handle(self, *, email: str, scope: list[str], name: str, revoke: bool, **options) -> None:
        account = Account.objects.filter(email__iexact=email, is_active=True).first()
        if account is None:
            raise CommandError(f"No active account has the address {email!r}; check its spelling.")
        if revoke:
            self.stdout.write(f"{tokens.revoke_tokens(account, clock.now())} key(s) revoked.")
            return
        try:
            self.stdout.write(tokens.create_token(account, scopes=scope, now=clock.now(), name=name))
        except BadFact as fault:
            raise CommandError(fault.sentence) from fault
        self.stderr.write("Keep it: it is not shown again. Send it as “Authorization: Bearer …”.")
