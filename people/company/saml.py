"""SAML 2.0, by python3-saml: request by redirect, answer by POST, the assertion signed by the provider.

The library is an extra (requirements-saml.txt) and is loaded when somebody enters this way. What is checked of an
answer: SAML 2.0 Profiles, 4.1.4.3; that it answers this browser's question is checked by ``people.company.saml_views``.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

LARGEST = 200_000
EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
QUESTION = (
    "/samlp:Response/saml:Assertion/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData/@InResponseTo"
)
NAMES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
}
# What providers say of a second factor: REFEDS MFA profile, and Microsoft's name for the same.
TWO = frozenset({"https://refeds.org/profile/mfa", "http://schemas.microsoft.com/claims/multipleauthn"})


class NotBelieved(Exception):
    """What came back is not signed by the provider, not for us, or not of this moment."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a believed answer says: the ``question`` it answers, an address, whether a second factor was shown."""

    question: str
    email: str
    two: bool


def ask() -> tuple[str, str]:
    """The name of a new question, and the address at the provider to which it is carried."""
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

    auth = OneLogin_Saml2_Auth(_request(), _ours())
    address = auth.login(return_to=settings.BASE_URL + reverse("company_saml"))
    return auth.get_last_request_id(), address


def read(answer: str) -> Told:
    """What a posted ``SAMLResponse`` says; ``NotBelieved`` for anything unsigned, stale, foreign or spoiled."""
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    if not answer or len(answer) > LARGEST:
        raise NotBelieved
    try:
        response = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(_ours()), answer)
        response.is_valid(_request(), raise_exceptions=True)
        questions = set(response.document.xpath(QUESTION, namespaces=NAMES))
        contexts = response.get_authn_contexts()
        email = _email(response)
    except Exception as error:  # XML, signature and time fail each with a class of their own, and with plain ones
        raise NotBelieved from error
    if len(questions) != 1:  # nobody asked: begun at the provider, or stolen
        raise NotBelieved
    two = settings.SAML["trusts_second_factor"] or bool(TWO & set(contexts))
    return Told(questions.pop(), email[:254], two)


def metadata() -> bytes:
    """What the provider is to know of us, as XML."""
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    told = OneLogin_Saml2_Settings(_ours(), sp_validation_only=True).get_sp_metadata()
    return told if isinstance(told, bytes) else told.encode()


def _email(response) -> str:
    """The address: an attribute where one is named, else the name of the subject when that is an address."""
    if name := settings.SAML["email_attribute"]:
        values = response.get_attributes().get(name, [])
        return str(values[0]).strip() if len(values) == 1 else ""
    said = str(response.get_nameid() or "").strip()
    return said if response.get_nameid_format() == EMAIL or "@" in said else ""


def _request() -> dict[str, object]:
    """Where we are, by our own setting: a Host header does not choose what is compared."""
    parts = urlsplit(settings.BASE_URL)
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": reverse("company_saml_back"),
        "get_data": {},
        "post_data": {},
    }


def _ours() -> dict[str, object]:
    way = settings.SAML
    return {
        "strict": True,
        "sp": {
            "entityId": settings.BASE_URL + reverse("company_saml_metadata"),
            "assertionConsumerService": {"url": settings.BASE_URL + reverse("company_saml_back"), "binding": POST},
            "NameIDFormat": EMAIL,
        },
        "idp": {
            "entityId": way["issuer"],
            "singleSignOnService": {"url": way["address"], "binding": REDIRECT},
            "x509certMulti": {"signing": way["certificates"], "encryption": way["certificates"][:1]},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": True,
            "wantAttributeStatement": False,
            "requestedAuthnContext": False,
            "rejectDeprecatedAlgorithm": True,
        },
    }
