"""What every way of the company's sign-in ends in: an account that exists is opened, or a sentence says why not."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from people.models import Account
from people.second_factor import count_as_shown

BACKEND = "people.authentication.AccountBackend"
WHERE_TO = "company_next"
LONGEST = 2000


def ways_in() -> list[dict[str, str]]:
    """Address and label of each way that is set up, for the page of sign-in."""
    known = ((settings.OIDC, "company_enter"), (settings.SAML, "company_saml"))
    return [{"url": reverse(name), "label": _label(way)} for way, name in known if way]


def _label(way: dict) -> str:
    if way.get("name"):
        return _("Enter with %(name)s") % {"name": way["name"]}
    return _("Enter with the company account")


def only_where_set_up(way: dict) -> None:
    if not way:
        raise Http404


def keep_where_to(request: HttpRequest) -> None:
    """Keep in the session where the person wanted to go: an address of our own, or nothing."""
    goal = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    request.session[WHERE_TO] = goal if safe and len(goal) <= LONGEST else ""


def open_account(request: HttpRequest, email: str, *, method: str, two: bool) -> HttpResponse:
    """Sign in the account that has the verified address ``email``; ``two``: a second factor was shown over there."""
    if not email.isprintable():  # NUL, half a character: no database is asked for those
        return not_believed(request)
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        sentence = _("No account here has the address %(email)s. Ask human resources to open one.")
        return refused(request, sentence % {"email": email})
    if not account.is_active:
        return refused(request, _("This account is closed. Human resources can open it again."))
    goal = request.session.pop(WHERE_TO, "")
    login(request, account, backend=BACKEND)
    record_authentication(request, account, method=method)
    if two:
        count_as_shown(request, elsewhere=True)
    return redirect(goal or settings.LOGIN_REDIRECT_URL)


def away(request: HttpRequest) -> HttpResponse:
    return refused(request, _("The company’s sign-in does not answer. Try again later, or use your password."), 503)


def not_believed(request: HttpRequest) -> HttpResponse:
    return refused(request, _("This answer of the company’s sign-in cannot be used. Begin again from here."))


def refused(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    return render(request, "people/company_refused.html", {"sentence": sentence}, status=status)
