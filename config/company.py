"""The company's own sign-in, read from the environment: OpenID Connect, SAML, both, or neither.

Whoever sets up half of it is told at the start what lacks, not at the first sign-in.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from defusedxml import ElementTree
from django.core.exceptions import ImproperlyConfigured

OIDC = ("issuer", "client_id", "client_secret")
MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
YES = {"1", "true", "yes"}


def oidc(environment: Mapping[str, str], *, production: bool) -> dict[str, str | bool]:
    """``OIDC_ISSUER``, ``OIDC_CLIENT_ID`` and ``OIDC_CLIENT_SECRET``: all three, or none; {} for none."""
    found = {name: environment.get(f"OIDC_{name.upper()}", "").strip() for name in OIDC}
    if not any(found.values()):
        return {}
    if lacking := [f"OIDC_{name.upper()}" for name, value in found.items() if not value]:
        raise ImproperlyConfigured(
            f"The company's sign-in lacks {', '.join(lacking)}; give OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET."
        )
    _https("OIDC_ISSUER", found["issuer"], production=production)
    return found | _manners("OIDC", environment)


def saml(environment: Mapping[str, str], *, production: bool) -> dict[str, object]:
    """What the file of ``SAML_METADATA`` says of the identity provider; {} without one."""
    path = environment.get("SAML_METADATA", "").strip()
    if not path:
        return {}
    if find_spec("onelogin") is None:
        raise ImproperlyConfigured(
            "SAML_METADATA needs the packages of requirements-saml.txt (pip install -r requirements-saml.txt); "
            "or leave it out."
        )
    found = _provider(path)
    _https("The sign-in address in SAML_METADATA", str(found["address"]), production=production)
    attribute = environment.get("SAML_EMAIL_ATTRIBUTE", "").strip()
    return found | {"email_attribute": attribute} | _manners("SAML", environment)


def _manners(prefix: str, environment: Mapping[str, str]) -> dict[str, str | bool]:
    trusts = environment.get(f"{prefix}_TRUSTS_SECOND_FACTOR", "").lower() in YES
    return {"name": environment.get(f"{prefix}_NAME", "").strip()[:60], "trusts_second_factor": trusts}


def _https(what: str, address: str, *, production: bool) -> None:
    if production and not address.startswith("https://"):
        raise ImproperlyConfigured(f"{what} is {address!r}; in production it begins with https://.")


def _provider(path: str) -> dict[str, object]:
    """Name, address and certificates of the one provider in a metadata file (SAML 2.0 Metadata, 2.4.3)."""
    try:
        tree = ElementTree.fromstring(Path(path).read_bytes())
    except OSError as error:
        raise ImproperlyConfigured(f"SAML_METADATA: {path} cannot be read ({error.strerror}).") from error
    except (ElementTree.ParseError, ValueError) as error:
        raise ImproperlyConfigured(f"SAML_METADATA: {path} is no XML of metadata.") from error
    known = [each for each in tree.iter(f"{MD}EntityDescriptor") if each.find(f"{MD}IDPSSODescriptor") is not None]
    if len(known) != 1:
        raise ImproperlyConfigured(f"SAML_METADATA: {path} names {len(known)} identity providers; keep exactly one.")
    role = known[0].find(f"{MD}IDPSSODescriptor")
    ways = [way.get("Location", "") for way in role.iter(f"{MD}SingleSignOnService") if way.get("Binding") == REDIRECT]
    keys = [key for key in role.iter(f"{MD}KeyDescriptor") if key.get("use") in (None, "signing")]
    certificates = ["".join((each.text or "").split()) for key in keys for each in key.iter(f"{DS}X509Certificate")]
    if not known[0].get("entityID") or not ways or not ways[0] or not any(certificates):
        raise ImproperlyConfigured(
            f"SAML_METADATA: {path} lacks an entityID, a SingleSignOnService with the binding HTTP-Redirect, "
            "or a signing certificate."
        )
    return {"issuer": known[0].get("entityID"), "address": ways[0], "certificates": list(filter(None, certificates))}
