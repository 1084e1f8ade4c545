"""Doors of an account: whose address stands in a mail, and what a browser keeps."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from notifications.models import Message
from notifications.services import sweep
from people import clock, services
from people.errors import BadFact
from people.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"


def test_the_link_to_a_new_password_never_follows_the_host_that_asked(client, person, mailoutbox, settings):
    settings.ALLOWED_HOSTS, settings.BASE_URL = ["*"], "https://cent-jours.example"
    client.post(RESET, {"email": person.account.email}, headers={"host": "evil.example"})
    mail = mailoutbox[0]
    assert "https://cent-jours.example/accounts/password/reset/key/" in mail.body
    assert "evil" not in mail.body + mail.subject


@pytest.mark.parametrize(("language", "words"), [("fr", "aucun compte ne la porte"), ("en", "no account has it")])
def test_who_has_no_account_is_not_invited_to_make_one(client, mailoutbox, language, words, db):
    client.post(RESET, {"email": "stranger@example.org"}, headers={"accept-language": language})
    assert words in " ".join(mailoutbox[0].body.split())
    assert "signup" not in mailoutbox[0].body


def test_the_site_answers_under_its_own_names_only(client, settings):
    assert "*" not in settings.ALLOWED_HOSTS
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/year/", "/places/", "/feeds/", "/api/v1/me", "/nothing/"])
def test_what_a_person_reads_is_kept_by_nobody(sign_in, path):
    answer = sign_in(factories.eligible_person()).get(path)
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].replace(",", " ").split())


HELPED = datetime(2026, 6, 3, 8, tzinfo=UTC)


def newcomer(**fields):
    """A person whom an import has brought: no account yet."""
    return factories.eligible_person(account=None, **{"email": "noemie@entreprise.example"} | fields)


def link_in(mail) -> str:
    return re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.body)[1]


@pytest.mark.parametrize(("language", "words"), [("fr", "Bienvenue dans Cent Jours"), ("en", "Welcome to Cent Jours")])
def test_an_account_is_opened_and_its_owner_chooses_a_password(client, mailoutbox, language, words):
    person, helper = newcomer(), factories.eligible_person()
    account = services.open_account(person, by=helper, now=clock.now(), language=language)
    assert account.email == "noemie@entreprise.example" and not account.has_usable_password()
    assert AuditEvent.objects.filter(verb="account.opened", actor=helper, subject_uid=person.uid).exists()
    sweep(clock.now())
    assert words in mailoutbox[0].body and mailoutbox[0].to == [account.email]
    form = client.get(link_in(mailoutbox[0]), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "a long enough one", "password2": "a long enough one"})
    assert client.post("/accounts/login/", {"login": account.email, "password": "a long enough one"}).url == "/"
    assert "already" in Client().get(link_in(mailoutbox[0]), headers={"accept-language": "en"}).content.decode()


def test_an_invitation_is_sent_again_but_not_once_there_is_a_password(mailoutbox):
    person = newcomer()
    account = services.open_account(person, by=None, now=HELPED)
    services.invite_account(account, by=None, now=HELPED)
    assert Message.objects.filter(kind="account.invited").count() == 2
    account.set_password("a long enough one")
    account.save()
    sweep(clock.now())
    assert mailoutbox == []
    with pytest.raises(BadFact, match=r"already|déjà"):
        services.invite_account(account, by=None, now=HELPED)


@pytest.mark.parametrize("email", ["", "TAKEN@example.org"])
def test_an_account_that_cannot_be_opened_leaves_nothing(email):
    factories.AccountFactory(email="taken@example.org")
    person = newcomer(email=email)
    with pytest.raises(BadFact):
        services.open_account(person, by=None, now=HELPED)
    person.refresh_from_db()
    assert person.account is None and not Message.objects.exists()


def test_a_person_has_one_account(person):
    with pytest.raises(BadFact, match=r"already|déjà"):
        services.open_account(person, by=None, now=HELPED)


def test_a_closed_account_is_not_invited(person):
    person.account.is_active = False
    with pytest.raises(BadFact, match=r"closed|fermé"):
        services.invite_account(person.account, by=None, now=HELPED)
