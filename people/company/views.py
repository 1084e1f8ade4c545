"""To the company's sign-in and back."""

from collections.abc import Mapping

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.company import oidc
from people.models import Account
from people.second_factor import count_as_shown

BACKEND = "people.authentication.AccountBackend"
# What providers say in "amr" of a second factor: RFC 8176.
TWO = frozenset({"mfa", "otp", "hwk", "fido", "sc"})


def way_in() -> str:
    """The address of the company's sign-in for the page of sign-in; "" where none is set up."""
    return reverse("company_enter") if settings.OIDC else ""


@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """To the provider; not found where none is set up."""
    _only_where_set_up()
    try:
        return oidc.begin(request, settings.BASE_URL + reverse("company_back"))
    except oidc.CompanyAway:
        return _refused(
            request, _("The company’s sign-in does not answer. Try again later, or use your password."), 503
        )


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider: an account that exists and whose address it has verified is signed in."""
    _only_where_set_up()
    try:
        claims = oidc.complete(request)
    except oidc.CompanyAway:
        return _refused(
            request, _("The company’s sign-in does not answer. Try again later, or use your password."), 503
        )
    except oidc.NotBelieved:
        return _refused(request, _("This answer of the company’s sign-in cannot be used. Begin again from here."))
    email = str(claims.get("email", ""))[:254]
    if not email or claims.get("email_verified") is not True:
        return _refused(
            request, _("The company’s sign-in has not verified your address. Ask those who run it to do so.")
        )
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        sentence = _("No account here has the address %(email)s. Ask human resources to open one.")
        return _refused(request, sentence % {"email": email})
    if not account.is_active:
        return _refused(request, _("This account is closed. Human resources can open it again."))
    _sign_in(request, account, claims)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _sign_in(request: HttpRequest, account: Account, claims: Mapping[str, object]) -> None:
    login(request, account, backend=BACKEND)
    record_authentication(request, account, method="company")
    said = claims.get("amr")
    if settings.OIDC["trusts_second_factor"] or (isinstance(said, list) and TWO & set(map(str, said))):
        count_as_shown(request, elsewhere=True)


def _only_where_set_up() -> None:
    if not settings.OIDC:
        raise Http404


def _refused(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    return render(request, "people/company_refused.html", {"sentence": sentence}, status=status)
