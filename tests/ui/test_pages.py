"""The frame of every page: sign-in, bar, language, what is said when a page cannot be shown."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.views.defaults import server_error

from people.models import MembershipRole, Role
from telework.context import sights_of
from telework.models import Booking
from tests import factories

LOGIN = "/accounts/login/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("camille.moreau@", "The domain after “@” is missing. Example: camille.moreau@entreprise.fr"),
        ("camille.moreau", "“camille.moreau” has no “@”."),
        ("@example.org", "The name before “@” is missing."),
        ("a b@example.org", "“a b@example.org” is not a mail address."),
        ("", "Give your work address."),
    ],
)
def test_a_wrong_address_is_told_above_its_field_and_kept(client, db, address, sentence):
    page = client.post(LOGIN, {"login": address, "password": "x"}, HTTP_ACCEPT_LANGUAGE="en")
    assert sentence in text_of(page)
    assert f'value="{address}"' in text_of(page)
    assert 'aria-invalid="true"' in text_of(page)


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_address_answer_alike(client, person, known):
    login = person.account.email if known else "nobody@example.org"
    page = client.post(LOGIN, {"login": login, "password": "wrong"}, HTTP_ACCEPT_LANGUAGE="en")
    assert "This address and this password do not go together." in text_of(page)


def test_the_right_password_opens_my_year(client, person):
    person.account.set_password("a long enough one")
    person.account.save()
    answer = client.post(LOGIN, {"login": person.account.email, "password": "a long enough one"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/year/"


def test_the_language_chosen_is_kept_on_the_account(client, person, sign_in):
    sign_in(person)
    answer = client.post(reverse("set_language"), {"language": "fr", "next": "/places/"})
    assert answer["Location"] == "/places/"
    person.account.refresh_from_db()
    assert person.account.language == "fr"
    assert 'lang="fr"' in text_of(client.get("/places/"))


def test_the_language_of_the_account_goes_before_the_browsers(sign_in, person):
    page = sign_in(person).get("/places/", HTTP_ACCEPT_LANGUAGE="fr")
    assert '<html lang="en">' in text_of(page)


@pytest.mark.parametrize("goal", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_language_switch_never_leads_elsewhere(client, db, goal):
    assert client.post(reverse("set_language"), {"language": "fr", "next": goal})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client, person, sign_in):
    sign_in(person).post(reverse("set_language"), {"language": "xx"})
    person.account.refresh_from_db()
    assert person.account.language == "en"


COMMON = ["My year", "Today", "Team", "Agreement"]


def words_of_bar(page) -> tuple[list[str], list[str]]:
    """The words in the line, and those under "More" on a wide screen."""
    nav = re.search(r'<nav class="nav".*?</nav>', page.content.decode(), re.DOTALL)[0]
    line, _more, hidden = nav.partition("<summary>")
    words = re.findall(r'<a href="[^"]*">(?:<svg.*?</svg>)([^<]+)</a>', hidden)
    return re.findall(r"<span>([^<]+)</span>", line), words


def test_an_employee_reads_four_words_in_the_bar(sign_in, person):
    assert words_of_bar(sign_in(person).get("/places/")) == (COMMON, [])


@pytest.mark.parametrize("role", [MembershipRole.MANAGER, MembershipRole.DEPUTY])
def test_those_who_lead_a_team_read_requests_and_balances(sign_in, team, role):
    leader = factories.eligible_person(team=team)
    factories.MembershipFactory(person=leader, team=team, role=role)
    line, more = words_of_bar(sign_in(leader).get("/places/"))
    assert (line, more) == ([*COMMON, "Requests", "Coverage", "Balances"], [])


def test_who_led_a_team_once_reads_it_no_more(sign_in, team, clock):
    leader = factories.manager_of(team)
    leader.memberships.filter(role=MembershipRole.MANAGER).update(last_day="2026-06-01")
    clock("2026-06-02T09:00+02:00")
    assert words_of_bar(sign_in(leader).get("/places/")) == (COMMON, [])


def test_human_resources_read_three_of_their_words_and_the_rest_under_more(sign_in, person):
    factories.grant(person, Role.HR)
    more = ["Balances", "Company", "Agreements", "Exceptional"]
    assert words_of_bar(sign_in(person).get("/places/")) == ([*COMMON, "Coverage", "People", "Rosters"], more)


def test_where_one_is_stands_in_the_line(sign_in, person):
    factories.grant(person, Role.HR)
    line, more = words_of_bar(sign_in(person).get("/exceptional/"))
    assert line[-1] == "Exceptional" and "Exceptional" not in more


def test_managers_read_exceptional_days_while_some_are_open(sign_in, manager, clock):
    clock("2026-06-03T09:00+02:00")
    assert "Exceptional" not in words_of_bar(sign_in(manager).get("/places/"))[0]
    factories.regime([manager], date(2026, 6, 1), date(2026, 6, 5))
    assert words_of_bar(sign_in(manager).get("/places/"))[0][-1] == "Exceptional"


def test_the_bar_counts_what_was_asked_together_once(sign_in, team, manager, clock):
    now = clock("2026-06-03T09:00+02:00")
    colleague = factories.eligible_person(team=team)
    stranger = factories.eligible_person()
    for asker, day in ((colleague, 10), (colleague, 11), (stranger, 12), (manager, 12)):
        Booking.objects.create(person=asker, day=f"2026-06-{day}", requested_at=now, updated_at=now)
    page = sign_in(manager).get("/places/")
    assert re.search(r'class="count">1<', page.content.decode())


def test_the_bar_costs_one_query(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not sights_of(person).leads


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_unknown_address_is_answered_in_our_voice(client, db, language):
    page = client.get("/nowhere/", HTTP_ACCEPT_LANGUAGE=language)
    assert page.status_code == 404
    assert {"fr": "Il n’y a rien à cette adresse", "en": "There is nothing at this address"}[language] in text_of(page)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_address_for_forms_says_so_to_whoever_opens_it(client, person, language):
    person.account.language = language
    person.account.save()
    client.force_login(person.account)
    page = client.get("/year/book/")
    assert page.status_code == 405 and page.headers["Allow"] == "POST"
    assert {"fr": "que l’envoi d’un formulaire", "en": "only takes what a form sends"}[language] in text_of(page)
    assert client.get("/api/v1/me", {"nothing": 1}).headers["Content-Type"] == "application/problem+json"
    assert client.post("/health/live").content == b""


def test_a_form_with_an_old_key_says_what_to_do(db):
    page = Client(enforce_csrf_checks=True).post(LOGIN, {}, HTTP_ACCEPT_LANGUAGE="en")
    assert page.status_code == 403
    assert "The page was open too long" in text_of(page)


def test_the_page_of_a_fault_needs_nothing_to_be_drawn(rf):
    with translation.override("fr"):
        answer = server_error(rf.get("/year/"))
    assert answer.status_code == 500
    assert "La faute est de notre côté" in text_of(answer)


def test_a_forgotten_password_is_replaced_by_mail(client, person, mailoutbox):
    answer = client.post("/accounts/password/reset/", {"email": person.account.email}, follow=True)
    assert "Look at your mail" in text_of(answer) or "Regardez vos courriels" in text_of(answer)
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)
    assert 'name="password1"' in text_of(page)
    action = page.redirect_chain[-1][0]
    client.post(action, {"password1": "quite a new secret", "password2": "quite a new secret"})
    person.account.refresh_from_db()
    assert person.account.check_password("quite a new secret")


def test_a_used_link_says_so(client, db):
    page = client.get("/accounts/password/reset/key/1-abc-def/", HTTP_ACCEPT_LANGUAGE="en")
    assert "This link no longer works" in text_of(page)
