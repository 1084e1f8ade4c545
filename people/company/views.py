"""To the company's sign-in by OpenID Connect, and back."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.company import entering, oidc

# What providers say in "amr" of a second factor: RFC 8176.
TWO = frozenset({"mfa", "otp", "hwk", "fido", "sc"})


@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """To the provider; not found where none is set up."""
    entering.only_where_set_up(settings.OIDC)
    entering.keep_where_to(request)
    try:
        return oidc.begin(request, settings.BASE_URL + reverse("company_back"))
    except oidc.CompanyAway:
        return entering.away(request)


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider: an account that exists and whose address it has verified is signed in."""
    entering.only_where_set_up(settings.OIDC)
    try:
        claims = oidc.complete(request)
    except oidc.CompanyAway:
        return entering.away(request)
    except oidc.NotBelieved:
        return entering.not_believed(request)
    email = str(claims.get("email", ""))[:254]
    if not email or claims.get("email_verified") is not True:
        return entering.refused(
            request, _("The company’s sign-in has not verified your address. Ask those who run it to do so.")
        )
    said = claims.get("amr")
    two = settings.OIDC["trusts_second_factor"] or (isinstance(said, list) and bool(TWO & set(map(str, said))))
    return entering.open_account(request, email, method="company", two=two)
