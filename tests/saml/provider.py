"""An identity provider in a few lines: its key, its metadata, and answers that it signs, honest or spoiled."""

import base64
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

ISSUER, ADDRESS = "https://idp.example/metadata", "https://idp.example/sign-in"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"


class Provider:
    def __init__(self) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example")])
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        made = made.serial_number(1).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2060, 1, 1))
        pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        self.certificate = "".join(pem.splitlines()[1:-1])
        self.key = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()

    def metadata(self, *, address: str = ADDRESS) -> str:
        return (
            f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ISSUER}">'
            '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>'
            f"<ds:X509Certificate>{self.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
            '</md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
            f'Location="{address}"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )

    def answer(self, base: str, question: str, email: str, *, by: "Provider | None" = None, **spoiled) -> str:
        """A signed response as browsers post it; ``spoiled`` changes one of its facts, ``by`` signs for another."""
        back, us = f"{base}/accounts/company/saml/back/", f"{base}/accounts/company/saml/metadata/"
        facts = {
            "outer": question, "inner": question, "issuer": ISSUER, "recipient": back, "destination": back,
            "audience": us, "email": email, "context": PASSWORD, "later": 0, "algorithm": Names.RSA_SHA256,
            "attributes": "", "status": "Success", "format": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        } | spoiled  # fmt: skip
        begun = datetime.now(UTC) + timedelta(seconds=facts["later"])
        at, until = _text(begun), _text(begun + timedelta(minutes=5))
        inner = f'InResponseTo="{facts["inner"]}" ' if facts["inner"] else ""
        outer = f'InResponseTo="{facts["outer"]}" ' if facts["outer"] else ""
        assertion = (
            '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assertion" Version="2.0" '
            f'IssueInstant="{at}"><saml:Issuer>{facts["issuer"]}</saml:Issuer><saml:Subject>'
            f'<saml:NameID Format="{facts["format"]}">{facts["email"]}</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
            f'{inner}NotOnOrAfter="{until}" Recipient="{facts["recipient"]}"/></saml:SubjectConfirmation>'
            f'</saml:Subject><saml:Conditions NotBefore="{at}" NotOnOrAfter="{until}"><saml:AudienceRestriction>'
            f"<saml:Audience>{facts['audience']}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{at}" SessionIndex="1"><saml:AuthnContext><saml:AuthnContextClassRef>'
            f"{facts['context']}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"{facts['attributes']}</saml:Assertion>"
        )
        if by is not None or not spoiled.get("unsigned"):
            signer = by or self
            signed = Utils.add_sign(
                assertion, signer.key, signer.pem(), sign_algorithm=facts["algorithm"], digest_algorithm=Names.SHA256
            )
            assertion = signed.decode() if isinstance(signed, bytes) else signed
        assertion = assertion.replace(*spoiled.get("afterwards", ("", "")))
        response = (
            '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
            'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0" '
            f'{outer}IssueInstant="{at}" Destination="{facts["destination"]}"><saml:Issuer>{facts["issuer"]}'
            '</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:'
            f'{facts["status"]}"/></samlp:Status>{assertion}</samlp:Response>'
        )
        return base64.b64encode(spoiled.get("before", "").encode() + response.encode()).decode()

    def pem(self) -> str:
        return f"-----BEGIN CERTIFICATE-----\n{self.certificate}\n-----END CERTIFICATE-----\n"


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
