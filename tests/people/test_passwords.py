"""Passwords: long and free, never a common one or one's own name; changed by whoever knows the old one."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from notifications.services import sweep
from people import clock as product_clock
from people.passwords import Argon2
from tests import factories

pytestmark = pytest.mark.django_db
OLD, NEW = "a long enough one", "brouillard sur la Sèvre"
CHANGE = "/account/security/password/"


@pytest.fixture
def camille():
    entity = factories.EntityFactory(name="Mutuelle des Marées", parent=factories.EntityFactory(name="Groupe Océane"))
    person = factories.eligible_person(entity=entity, first_name="Éloïse", last_name="Le Goff-Martin")
    person.account.email = "eloise.legoff@marees.example"
    person.account.set_password(OLD)
    person.account.save()
    return person


@pytest.mark.parametrize(
    "password",
    [
        "brouillard sur la Sèvre", "ich mag Käse", "пароль из слов", "雨の日の長い言葉", "        six words and spaces",
        "x" * 50 + "yz" * 100, "Qz7pL2vw", "correct camille horse", "éloïse aime marcher",
    ],
)  # fmt: skip
def test_anything_long_enough_is_a_password(camille, password):
    validate_password(password, camille.account)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("court", "too few"), ("1234567", "too few"), ("a b" * 90, "too many"),
        ("password", "tried first"), ("PassWord", "tried first"), ("Sunshine1", "tried first"),
        ("azertyuiop", "tried first"),
        ("aaaaaaaaaaaa", "tried first"), ("        ", "tried first"),
        ("Eloise Le Goff", "little more"), ("éloïse2026", "little more"), ("LEGOFF-MARTIN", "little more"),
        ("eloise.legoff@marees.example", "little more"), ("marees.example", "little more"),
        ("martin.1987", "little more"),
        ("Cent Jours", "little more"), ("centjours!2026", "little more"), ("c.e.n.t j.o.u.r.s", "little more"),
        ("Mutuelle des Marées", "little more"), ("Groupe Océane 26", "little more"), ("télétravail", "little more"),
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_is_refused_with_its_reason(camille, password, words):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        validate_password(password, camille.account)
    assert words in " ".join(refused.value.messages)


def test_the_name_of_somebody_else_is_no_reason(camille):
    validate_password("Nadia Benali", camille.account)


def test_passwords_are_kept_with_argon2id(camille, settings):
    settings.PASSWORD_HASHERS = ["people.passwords.Argon2"]
    camille.account.set_password(NEW)
    assert camille.account.password.startswith("argon2$argon2id$") and camille.account.check_password(NEW)
    assert isinstance(identify_hasher(camille.account.password), Argon2)


def change(client, **values):
    return client.post(CHANGE, {"oldpassword": OLD, "password1": NEW, "password2": NEW} | values)


def test_the_password_is_changed_by_whoever_knows_the_old_one(client, camille, mailoutbox):
    other = Client()
    for browser in (client, other):
        browser.post("/accounts/login/", {"login": camille.account.email, "password": OLD})
    assert change(client).url == "/account/security/"
    camille.account.refresh_from_db()
    assert camille.account.check_password(NEW)
    assert client.get("/year/").status_code == 200
    assert other.get("/year/").status_code == 302
    sweep(product_clock.now())
    assert mailoutbox[-1].subject == "Your password was changed"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"oldpassword": "not the old one"}, "not your present password"),
        ({"oldpassword": ""}, "present password"),
        ({"password1": "", "password2": ""}, "eight characters"),
        ({"password2": ""}, "second time"),
        ({"password1": "password", "password2": "password"}, "tried first"),
        ({"password1": "Le Goff!", "password2": "Le Goff!"}, "little more"),
        ({"password2": "something else"}, "error"),
    ],
)
def test_a_change_that_cannot_be_made_says_why_and_makes_none(client, camille, values, words):
    client.post("/accounts/login/", {"login": camille.account.email, "password": OLD})
    answer = change(client, **values)
    assert answer.status_code == 200 and words in answer.content.decode()
    camille.account.refresh_from_db()
    assert camille.account.check_password(OLD)


def test_whoever_has_no_password_is_led_to_the_mail(client, person):
    client.force_login(person.account)
    assert client.get(CHANGE, follow=True).redirect_chain[-1][0] == "/accounts/password/reset/"
