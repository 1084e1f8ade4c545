"""What signing in, confirming and a new password mean for sessions."""

from allauth.account.signals import authentication_step_completed, password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in

from people import clock
from people.sessions.devices import device
from people.sessions.services import end_sessions


def connect() -> None:
    user_logged_in.connect(_begin, dispatch_uid="people.sessions.begin")
    authentication_step_completed.connect(_confirm, dispatch_uid="people.sessions.confirm")
    for signal in (password_changed, password_reset, password_set):
        signal.connect(_end_others, dispatch_uid="people.sessions.end_others")


def _begin(sender, request, user, **kwargs) -> None:
    if hasattr(request.session, "begin"):
        request.session.begin(user, device=device(request.META.get("HTTP_USER_AGENT", "")), now=clock.now())


def _confirm(sender, request, reauthenticated: bool = False, **kwargs) -> None:
    if reauthenticated:
        request.session.confirm(clock.now())


def _end_others(sender, request, user, **kwargs) -> None:
    """Whoever knew the old password is out; the browser in which it was changed stays."""
    kept = request.session.session_key if request.user.is_authenticated and request.user.pk == user.pk else None
    end_sessions(user, but=kept)
