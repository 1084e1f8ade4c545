"""OpenID Connect, by Authlib: code flow with state, nonce and PKCE; the token's signature and claims are verified.

Source: OpenID Connect Core 1.0, sections 3.1.2.6 to 3.1.3.7; RFC 7636. The library is loaded when somebody enters this
way, so that the others pay nothing for it.
"""

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

LEEWAY = 60  # seconds by which two clocks may differ
WAIT = 10
SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


class CompanyAway(Exception):
    """The provider does not answer, or not as it should."""


class NotBelieved(Exception):
    """What came back is not what the provider said to this browser."""


def begin(request: HttpRequest, back: str) -> HttpResponse:
    """Send the browser to the provider; ``CompanyAway`` when that cannot be reached."""
    from requests import RequestException

    try:
        return _client().authorize_redirect(request, back)
    except (RequestException, RuntimeError, ValueError, KeyError) as error:  # or an address that it does not name
        raise CompanyAway from error


def complete(request: HttpRequest) -> Mapping[str, object]:
    """The verified claims of whoever comes back; ``NotBelieved`` or ``CompanyAway``."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    client = _client()
    try:
        expected = {"essential": True, "value": settings.OIDC["issuer"]}
        ours = {"essential": True, "value": settings.OIDC["client_id"]}
        token = client.authorize_access_token(request, claims_options={"iss": expected, "aud": ours}, leeway=LEEWAY)
    except RequestException as error:
        raise CompanyAway from error
    except (AuthlibBaseError, JoseError, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise NotBelieved from error
    if not token.get("userinfo"):
        raise NotBelieved
    return token["userinfo"]


def _client():
    client = _made(*(settings.OIDC[name] for name in ("issuer", "client_id", "client_secret")))
    try:
        found = client.load_server_metadata()
    except Exception as error:  # the network, or a page that is no JSON
        raise CompanyAway from error
    if str(found.get("issuer", "")).rstrip("/") != settings.OIDC["issuer"].rstrip("/"):
        raise CompanyAway
    offered = found.get("id_token_signing_alg_values_supported", ["RS256"])
    found["id_token_signing_alg_values_supported"] = [each for each in offered if each in SIGNED]
    return client


@lru_cache(maxsize=1)
def _made(issuer: str, client_id: str, secret: str):
    from authlib.integrations.django_client import OAuth

    return OAuth().register(
        "company",
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": WAIT},
    )
