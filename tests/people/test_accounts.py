"""Doors of an account: whose address stands in a mail, and what a browser keeps."""

import pytest

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
