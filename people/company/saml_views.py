"""To the company's sign-in by SAML, and back in two steps.

The provider's answer is posted from another site, where browsers send no cookie of ours (SameSite=Lax). So the answer
is read first and laid aside under a name of its own; the browser then comes for it by GET, with its session, which
must have asked the question that is answered.
"""

from secrets import token_urlsafe

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from people.company import entering, saml

ASKED = "company_question"
HELD_FOR = 120  # seconds between the two steps


@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """To the provider; not found where none is set up."""
    entering.only_where_set_up(settings.SAML)
    entering.keep_where_to(request)
    request.session[ASKED], address = saml.ask()
    return redirect(address)


@csrf_exempt
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """The provider's answer, believed by its signature; it signs nobody in yet."""
    entering.only_where_set_up(settings.SAML)
    try:
        told = saml.read(request.POST.get("SAMLResponse", ""))
    except saml.NotBelieved:
        return entering.not_believed(request)
    ticket = token_urlsafe(32)
    cache.set(_place(ticket), (told.question, told.email, told.two), HELD_FOR)
    return redirect("company_saml_done", ticket=ticket)


@require_safe
def done(request: HttpRequest, ticket: str) -> HttpResponse:
    """The browser that asked comes for the answer, once."""
    entering.only_where_set_up(settings.SAML)
    asked, held = request.session.get(ASKED), cache.get(_place(ticket))
    if not asked or held is None or held[0] != asked or not cache.delete(_place(ticket)):
        return entering.not_believed(request)
    del request.session[ASKED]
    _question, email, two = held
    if not email:
        return entering.refused(
            request, _("The company’s sign-in has not told your work address. Ask those who run it to send it.")
        )
    return entering.open_account(request, email, method="company", two=two)


@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """For those who set up the provider; it holds nothing secret."""
    entering.only_where_set_up(settings.SAML)
    return HttpResponse(saml.metadata(), content_type="application/samlmetadata+xml")


def _place(ticket: str) -> str:
    return f"saml:{ticket}"
