"""Every code that a problem document may carry: its status, what it means, what its ``data`` holds.

One table for the documentation page and for docs; a test walks the code and fails on one that is missing here.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Code:
    """``data`` names the members of the problem's ``data``, as programs read them."""

    status: int
    means: Promise
    data: str = ""


CODES = {
    "unreadable_body": Code(400, _("The body is no JSON object in UTF-8, or is nested too deeply.")),
    "bad_request": Code(400, _("The request is one that no client of ours makes.")),
    "not_signed_in": Code(401, _("Neither a session nor a key in force came with the call.")),
    "not_allowed": Code(403, _("The key lacks the scope that the call asks for.")),
    "csrf": Code(403, _("The session’s CSRF token is missing or old; keys need none.")),
    "second_factor_needed": Code(403, _("The session has not shown the second factor that its account needs."), "url"),
    "not_found": Code(404, _("There is nothing, or nothing that you may see: both answer alike.")),
    "method_not_allowed": Code(405, _("The address is known, but not with this method; see the header Allow.")),
    "not_acceptable": Code(406, _("The header Accept leaves out JSON, the only form in which the API answers.")),
    "refused": Code(409, _("The act cannot be done as things stand.")),
    "booking_refused": Code(
        409,
        _("The agreement refuses the day; the decision names rule, article and numbers."),
        "rule, article, numbers, decision, free_days",
    ),
    "stale_version": Code(
        409,
        _("It has changed since it was read: read it again, then decide."),
        "version, state, booking | requirement | agreement",
    ),
    "wrong_state": Code(409, _("It is not in a state from which the act starts."), "booking, version, state"),
    "lost_race": Code(409, _("Another call has just taken the day; nothing was changed.")),
    "no_agreement": Code(409, _("No agreement is in force that day."), "day"),
    "agreement_silent": Code(409, _("The agreement leaves a value open that the decision needs.")),
    "idempotency_key_in_flight": Code(
        409, _("The first call with this Idempotency-Key has not been answered yet; see the header Retry-After.")
    ),
    "too_large": Code(413, _("The request is larger than what one call may send.")),
    "unsupported_media_type": Code(415, _("The body is not sent as application/json.")),
    "invalid_value": Code(
        422, _("A value cannot be used; field, value and remedy are named."), "value, errors[field, value, detail]"
    ),
    "agreement_faulty": Code(
        422, _("A text of an agreement or its cases cannot be used as written."), "count, errors[line, key, detail]"
    ),
    "faulty_file": Code(422, _("A file holds faults; each is told with its line."), "errors"),
    "run_refused": Code(422, _("A run of the policy lab cannot be begun.")),
    "unmeetable": Code(
        422, _("A requirement asks for more people than there are."), "errors[field, detail]"
    ),
    "idempotency_key_reused": Code(422, _("This Idempotency-Key came before with another address or body.")),
    "confirmation_needed": Code(
        403, _("A session must prove itself again after thirty minutes before it does the work of a granted role.")
    ),
    "too_many_requests": Code(429, _("The key has made too many calls in a minute; see the header Retry-After.")),
    "our_fault": Code(500, _("Something broke on our side. Nothing was changed; it stands in our log.")),
}  # fmt: skip
