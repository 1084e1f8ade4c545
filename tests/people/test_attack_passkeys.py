"""A passkey made of software, that does what those of people never do: come twice, and count backwards."""

import hashlib
import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from tests import factories

pytestmark = pytest.mark.django_db
HOST, ORIGIN, LOGIN = "localhost", "https://localhost", "/accounts/login/passkey/"
FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
PLACE = hashlib.sha256(HOST.encode()).digest()


class Passkey:
    """One device of ``person``, known to their account."""

    def __init__(self, person) -> None:
        self.key, self.account = ec.generate_private_key(ec.SECP256R1()), person.account
        held = AttestedCredentialData.create(Aaguid.NONE, b"one", ES256.from_cryptography_key(self.key.public_key()))
        known = AuthenticatorData.create(PLACE, FLAGS | AuthenticatorData.FLAG.AT, 0, held)
        client = CollectedClientData.create("webauthn.create", b"x" * 32, ORIGIN)
        said = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", known, {})),
        }
        credential = {"id": websafe_encode(b"one"), "rawId": websafe_encode(b"one"), "type": "public-key"}
        self.credential = credential
        Authenticator.objects.create(
            user=person.account, type="webauthn", data={"name": "Phone", "credential": credential | {"response": said}}
        )

    def answer(self, challenge: bytes, count: int, origin: str = ORIGIN) -> dict:
        data = AuthenticatorData.create(PLACE, FLAGS, count)
        client = CollectedClientData.create("webauthn.get", challenge, origin)
        signature = self.key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self.credential | {
            "response": {
                "authenticatorData": websafe_encode(data),
                "clientDataJSON": websafe_encode(client),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(user_pk_to_url_str(self.account).encode()),
            }
        }


@pytest.fixture
def passkey() -> Passkey:
    cache.clear()
    return Passkey(factories.eligible_person())


def browser() -> Client:
    return Client(SERVER_NAME=HOST, headers={"accept-language": "en"})


def challenge(client: Client) -> bytes:
    from fido2.utils import websafe_decode

    asked = client.get(LOGIN, secure=True, headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"})
    return websafe_decode(asked.json()["request_options"]["publicKey"]["challenge"])


def sent(client: Client, answer: dict) -> bool:
    """Whether the answer lets its owner in."""
    client.post(LOGIN, {"credential": json.dumps(answer)}, secure=True)
    return "_auth_user_id" in client.session


def entered(passkey: Passkey, count: int, **wrong) -> bool:
    client = browser()
    return sent(client, passkey.answer(challenge(client), count, **wrong))


@pytest.mark.parametrize(("counts", "opened"), [
    ([1, 2, 9], [True, True, True]),
    ([0, 0, 0], [True, True, True]),
    ([5, 5], [True, False]),
    ([5, 4, 6], [True, False, True]),
    ([5, 0], [True, False]),
])  # fmt: skip
def test_a_copy_is_found_by_its_count(passkey, counts, opened):
    assert [entered(passkey, count) for count in counts] == opened


def test_the_sentence_says_that_there_may_be_a_copy(passkey):
    entered(passkey, 5)
    client = browser()
    answer = client.post(
        LOGIN, {"credential": json.dumps(passkey.answer(challenge(client), 4))}, secure=True, follow=True
    )
    assert "there may be a copy" in answer.content.decode()


def test_an_answer_opens_once_and_only_where_it_was_asked_for(passkey):
    client, other = browser(), browser()
    asked = challenge(client)
    challenge(other)
    answer = passkey.answer(asked, 1)
    assert not sent(other, answer)
    assert sent(client, answer)
    client.post("/accounts/logout/", secure=True)
    assert not sent(client, answer)


def test_an_answer_given_to_another_site_opens_nothing(passkey):
    assert not entered(passkey, 1, origin="https://localhost.evil.example")
