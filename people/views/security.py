"""One's own security: what protects the account, and how it is changed; and the help for who has lost it all."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from allauth.account.adapter import get_adapter
from allauth.account.views import password_change
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import access, clock, services
from people.errors import BadFact
from people.second_factor import Standing, needs_second_factor

Type = Authenticator.Type


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that protects the account; while something must be set up first, only that."""
    held = list(Authenticator.objects.filter(user_id=request.user.pk).order_by("created_at", "pk"))
    context = {
        "app": next((_day(each.created_at) for each in held if each.type == Type.TOTP), None),
        "passkeys": [_passkey(each) for each in held if each.type == Type.WEBAUTHN],
        "codes": next((_codes_left(each) for each in held if each.type == Type.RECOVERY_CODES), None),
        "needed": needs_second_factor(request.user),
        "by_password": request.user.has_usable_password(),
    }
    missing = getattr(request, "second_factor", Standing.OPEN) is Standing.MISSING
    return render(request, "mfa/needed.html" if missing else "mfa/index.html", context)


@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """The old password, then the new one; every other session ends, and the mail is kept with the change."""
    with transaction.atomic():
        return password_change(request)


@login_required
@require_safe
def first_password(request: HttpRequest) -> HttpResponse:
    """Whoever has no password chooses one by the link in a mail, so that an open screen is not enough."""
    messages.info(request, _("Your account has no password yet: the link to choose one comes by mail."))
    return redirect("account_reset_password")


@login_required
@require_safe
def passkeys(request: HttpRequest) -> HttpResponse:
    return redirect("mfa_index")


@login_required
@transaction.atomic
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey, and keep the mail that tells it with it."""
    return import_string("allauth.mfa.webauthn.views.add_webauthn")(request)


@login_required
def remove_passkey(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove one of one's own passkeys; it is asked again who is there."""
    for held in Authenticator.objects.filter(user_id=request.user.pk, type=Type.WEBAUTHN):
        if uid_of(held) == uid:
            with transaction.atomic():
                return import_string("allauth.mfa.webauthn.views.remove_webauthn")(request, pk=held.pk)
    messages.info(request, _("This passkey is not there any more."))
    return redirect("mfa_index")


@login_required
def remove_app(request: HttpRequest) -> HttpResponse:
    """Remove the app that shows codes; where there is none, there is nothing to do."""
    if not Authenticator.objects.filter(user_id=request.user.pk, type=Type.TOTP).exists():
        return redirect("mfa_index")
    with transaction.atomic():
        return import_string("allauth.mfa.totp.views.deactivate_totp")(request)


@login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, the one time they are shown; then how many are left."""
    if not Authenticator.objects.filter(user_id=request.user.pk, type=Type.RECOVERY_CODES).exists():
        return redirect("mfa_index")
    return import_string("allauth.mfa.recovery_codes.views.view_recovery_codes")(request)


def confirm(path: str) -> Callable[[HttpRequest], HttpResponse]:
    """The page at the dotted ``path``, where one proves again who one is; for an account that has a way to."""

    @login_required
    def view(request: HttpRequest) -> HttpResponse:
        if not get_adapter().get_reauthentication_methods(request.user):
            return redirect("mfa_index")
        return import_string(path)(request)

    return view


@login_required
@require_POST
def reset_second_factor(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the lost second factor off somebody's account; then back to where one came from."""
    actor = access.actor(request)
    person = access.person_for(actor, uid, "reset_second_factor")
    try:
        services.reset_second_factor(person, by=actor, now=clock.now())
    except BadFact as bad:
        messages.error(request, bad.sentence)
    else:
        said = _("The second factor of %(name)s is taken off, and their sessions have ended. A mail tells them.")
        messages.success(request, said % {"name": person.name})
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")


def uid_of(held: Authenticator) -> UUID:
    """The name of a passkey in addresses: made of its credential, which is random and public."""
    return uuid5(NAMESPACE_OID, str(held.data.get("credential", {}).get("id", held.pk)))


def _passkey(held: Authenticator) -> dict[str, str | UUID | date | None]:
    used = held.last_used_at and _day(held.last_used_at)
    return {"uid": uid_of(held), "name": held.data["name"], "since": _day(held.created_at), "used": used}


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _codes_left(held: Authenticator) -> int:
    return len(import_string("allauth.mfa.recovery_codes.internal.auth.RecoveryCodes")(held).get_unused_codes())
