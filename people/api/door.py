"""Who speaks: a signed-in session (with its CSRF token) or a key with the scope that the endpoint asks for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja.errors import AuthorizationError, Throttled
from ninja.security import HttpBearer, SessionAuth

from people import access, clock, limits
from people.models import Person
from people.second_factor import needs_second_factor
from people.tokens import token_behind


class Session(SessionAuth):
    """A session answers 401 before its CSRF token is looked at, so that strangers learn nothing else."""

    def __call__(self, request: HttpRequest):
        return super().__call__(request) if request.user.is_authenticated else None


class Key(HttpBearer):
    """A key within its scopes; the answer is in the language asked for, else in the account's."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str):
        found = token_behind(token, clock.today(settings.TIME_ZONE))
        if found is None:
            if not limits.may_guess_keys(request):
                raise Throttled(wait=60)
            return None
        if "Accept-Language" not in request.headers:
            translation.activate(found.account.language)
        if self.scope not in found.scopes:
            raise AuthorizationError(
                message=_("This key has no scope “%(scope)s”. Make one that has it.") % {"scope": self.scope}
            )
        if not found.proven and needs_second_factor(found.account):
            raise AuthorizationError(
                message=_("This key was made before its account needed a second factor. Make another, and revoke this.")
            )
        request.user = found.account
        return found


def opened_by(scope: str) -> list:
    """The ways into an endpoint: a key with ``scope``, or a session."""
    return [Key(scope), Session()]


@dataclass(frozen=True, slots=True)
class Edge:
    """Who acts and when: read once for each request, then passed down."""

    actor: Person
    now: datetime
    today: date


def edge(request: HttpRequest) -> Edge:
    """The actor of a request, and the clock of their site; not found for an account that is nobody's."""
    actor = access.actor(request)
    return Edge(actor, clock.now(), access.today_of(actor))
