"""How many calls a key may make: a bound against programs that run wild, far above what an honest one needs."""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from people import clock
from people.models import ApiToken

cache = caches["process"]
MINUTE = 60
OURS = caches["process"]


class CallsOfAKey(BaseThrottle):
    """``settings.API_CALLS_A_MINUTE`` for each key, counted by the minute of the clock, in each web process.

    Sessions are not counted: people click slower than that.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        key = getattr(request, "auth", None)
        if not isinstance(key, ApiToken):
            return True
        name = f"calls:{key.uid}:{int(clock.now().timestamp()) // MINUTE}"
        if OURS.add(name, 1, MINUTE + 1):
            return True
        try:
            return OURS.incr(name) <= settings.API_CALLS_A_MINUTE
        except ValueError:  # the minute ended between the two lines
            return True

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return MINUTE - clock.now().timestamp() % MINUTE
