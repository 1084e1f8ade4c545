"""The second factor: set up, asked for, used once, lost and given back; and doors that stay closed without it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from notifications.models import Message
from notifications.services import sweep
from people import clock as product_clock
from people import services
from people.errors import BadFact
from people.models import Account, AuditEvent, MembershipRole, Role
from people.tokens import create_token
from telework.account_letters import first_link
from tests import factories
from tests.house.doors import doors, knock_at, world_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough one"
LOGIN, SECURITY, APP = "/accounts/login/", "/account/security/", "/account/security/app/"
CODES, ASKED = "/account/security/codes/", "/accounts/login/code/"
NOW = datetime(2026, 6, 3, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR = True
    cache.clear()  # accounts of another test have the same keys, and attempts are counted by them


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def time():
    """The machine's clock, to be moved: codes follow it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def with_password(person):
    person.account.set_password(PASSWORD)
    person.account.save()
    return person


def enter(client, person):
    return client.post(LOGIN, {"login": person.account.email, "password": PASSWORD})


def code(secret: str, time) -> str:
    return format_hotp_value(hotp_value(secret, int(product_clock.now().timestamp()) // 30))


def set_up(client, time) -> tuple[str, list[str]]:
    """Set an app up as a person does; its secret, and the recovery codes that were shown."""
    page = client.get(APP).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    answer = client.post(APP, {"code": code(secret, time)}, follow=True)
    return secret, re.findall(r"<code>(\d{8})</code>", answer.content.decode())


def protected(client, person, time) -> tuple[str, list[str]]:
    """A person with a password and an app, signed out again, half a minute later."""
    enter(client, with_password(person))
    made = set_up(client, time)
    client.post("/accounts/logout/")
    time.shift(60)
    return made


def test_a_manager_sets_up_an_app_at_the_first_sign_in_and_is_let_in(client, manager, time):
    enter(client, with_password(manager))
    assert client.get("/year/").url == SECURITY
    assert "One more step" in client.get(SECURITY).content.decode()
    _secret, codes = set_up(client, time)
    assert len(set(codes)) == 10
    assert client.get("/year/").status_code == 200


def test_whoever_chose_the_password_by_a_mailed_link_sets_up_an_app_all_the_same(client, manager, time):
    first_link(manager.account)  # the library notes the address of whoever gets a link, as one that is not confirmed
    enter(client, with_password(manager))
    _secret, codes = set_up(client, time)
    assert len(codes) == 10


def test_the_next_sign_in_asks_for_the_code(client, manager, time):
    secret, _codes = protected(client, manager, time)
    assert enter(client, manager).url == ASKED
    assert client.get("/year/").url.startswith(LOGIN)
    assert client.post(ASKED, {"code": code(secret, time)}).url == "/"
    assert client.get("/year/").status_code == 200


def test_a_wrong_code_lets_nobody_in_and_says_what_to_do(client, manager, time):
    secret, _codes = protected(client, manager, time)
    enter(client, manager)
    wrong = f"{(int(code(secret, time)) + 1) % 10**6:06}"
    answer = client.post(ASKED, {"code": wrong})
    assert "Wait for the next one" in answer.content.decode()
    assert client.get("/year/").url.startswith(LOGIN)


@pytest.mark.parametrize("nothing", ["", " ", "abc", "١٢٣٤٥٦", "1" * 5000, "\0"])
def test_what_is_no_code_is_answered_in_words(client, manager, time, nothing):
    protected(client, manager, time)
    enter(client, manager)
    answer = client.post(ASKED, {"code": nothing})
    assert answer.status_code == 200 and "error" in answer.content.decode()


def test_a_code_opens_once_though_it_is_valid_longer(client, manager, time):
    secret, _codes = protected(client, manager, time)
    used = code(secret, time)
    enter(client, manager)
    assert client.post(ASKED, {"code": used}).status_code == 302
    time.shift(31)  # the library's own mark is gone by now, the code is still within the tolerance
    second = Client()
    enter(second, manager)
    assert second.post(ASKED, {"code": used}).status_code == 200
    assert second.post(ASKED, {"code": code(secret, time)}).status_code == 302


def test_codes_cannot_be_guessed_in_a_row(client, manager, time):
    secret, _codes = protected(client, manager, time)
    enter(client, manager)
    for _attempt in range(6):
        answer = client.post(ASKED, {"code": "000000"})
    assert "Too many attempts" in answer.content.decode()
    assert client.post(ASKED, {"code": code(secret, time)}).status_code == 200


def test_a_recovery_code_opens_once(client, manager, time):
    _secret, codes = protected(client, manager, time)
    enter(client, manager)
    assert client.post(ASKED, {"code": codes[0]}).status_code == 302
    second = Client()
    enter(second, manager)
    assert second.post(ASKED, {"code": codes[0]}).status_code == 200
    assert second.post(ASKED, {"code": codes[1]}).status_code == 302


def test_recovery_codes_are_shown_once_and_can_be_made_anew(client, manager, time):
    enter(client, with_password(manager))
    _secret, codes = set_up(client, time)
    assert codes and not re.findall(r"<code>\d{8}</code>", client.get(CODES).content.decode())
    fresh = client.post("/account/security/codes/new/", follow=True).content.decode()
    anew = re.findall(r"<code>(\d{8})</code>", fresh)
    assert len(anew) == 10 and not set(anew) & set(codes)


def test_secrets_lie_encrypted(client, manager, time):
    enter(client, with_password(manager))
    secret, _codes = set_up(client, time)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("role", [MembershipRole.MANAGER, MembershipRole.DEPUTY, *Role])
def test_whoever_answers_for_others_is_led_to_set_one_up(client, role):
    actor = world_of(str(role)).actor
    client.force_login(actor.account)
    assert client.get("/year/").url == SECURITY


def test_nobody_else_is(client, person):
    client.force_login(person.account)
    assert client.get("/year/").status_code == 200


def test_an_account_of_the_machine_room_is_too(client):
    client.force_login(factories.AccountFactory(is_superuser=True))
    assert client.get("/year/").url == SECURITY


OPEN = {
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "help", "accessibility",
}  # fmt: skip


def test_no_door_opens_for_a_manager_without_one(client):
    world = world_of("manager")
    client.force_login(world.actor.account)
    opened = []
    for door in doors().values():
        if door.public or door.name in OPEN:
            continue
        knock = knock_at(door, world.actor.uid)
        answer = knock.send(client)
        if knock.path.startswith("/api/"):
            closed = answer.status_code == 403 and answer.json()["code"] == "second_factor_needed"
        else:
            closed = answer.status_code == 302 and answer.url == SECURITY
        if not closed:
            opened.append((door.name, answer.status_code))
    assert opened == []


def test_a_fragment_leads_the_whole_window(client, manager):
    client.force_login(manager.account)
    answer = client.get("/year/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == SECURITY


def test_signing_out_and_the_language_stay_open(client, manager):
    client.force_login(manager.account)
    assert client.post("/language/", {"language": "en", "next": "/"}).url == "/"
    assert client.post("/accounts/logout/").url == LOGIN


def test_a_key_is_a_factor_of_its_own_but_lends_nothing_to_the_session(client, manager):
    raw = create_token(manager.account, scopes=["people:read"], now=product_clock.now())
    client.force_login(manager.account)
    assert client.get("/api/v1/me").json()["code"] == "second_factor_needed"
    assert client.get("/api/v1/me", headers={"authorization": f"Bearer {raw}"}).status_code == 200
    assert client.get("/api/v1/me", headers={"authorization": "Bearer cj_guess"}).status_code == 401


def test_a_session_from_before_must_show_the_factor_and_cannot_set_up_its_own(client, manager, time):
    thief = Client()
    enter(thief, with_password(manager))
    enter(client, manager)
    secret, _codes = set_up(client, time)
    assert thief.get("/year/").url.startswith("/accounts/confirm/code/")
    assert thief.get("/account/security/passkeys/add/").url.startswith("/accounts/confirm/code/")
    assert thief.get(SECURITY).url.startswith("/accounts/confirm/code/")
    time.shift(60)
    assert thief.post("/accounts/confirm/code/", {"code": code(secret, time), "next": "/year/"}).url == "/year/"
    assert thief.get("/year/").status_code == 200


def test_a_new_manager_is_asked_after_half_an_hour_at_the_latest(client, person, team, clock):
    clock("2026-06-03T08:00+02:00")
    client.force_login(person.account)
    assert client.get("/year/").status_code == 200
    factories.MembershipFactory(person=person, team=team, role=MembershipRole.MANAGER)
    clock("2026-06-03T08:29+02:00")
    assert client.get("/year/").status_code == 200
    clock("2026-06-03T08:31+02:00")
    assert client.get("/year/").url == SECURITY


def test_asking_costs_no_query_once_answered(client, person, settings, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(person.account)
    client.get("/places/")
    settings.SECOND_FACTOR = False
    with CaptureQueriesContext(connection) as without:
        client.get("/places/")
    settings.SECOND_FACTOR = True
    with django_assert_num_queries(len(without)):
        client.get("/places/")


def test_who_has_lost_it_is_helped_by_human_resources(client, manager, time, mailoutbox):
    protected(client, manager, time)
    enter(client, manager)
    factories.grant(helper := factories.eligible_person(entity=manager.entity), Role.HR)
    services.reset_second_factor(manager, by=helper, now=product_clock.now())
    assert not Authenticator.objects.filter(user=manager.account).exists()
    event = AuditEvent.objects.get(verb="account.factor_reset")
    assert (event.actor, event.subject_uid) == (helper, manager.uid)
    sweep(product_clock.now())
    assert "taken off" in mailoutbox[-1].subject and helper.name in mailoutbox[-1].body
    assert enter(second := Client(), manager).url == "/"
    assert second.get("/year/").url == SECURITY


def test_a_reset_ends_the_sessions_of_the_account(client, manager, time):
    enter(client, with_password(manager))
    set_up(client, time)
    assert client.get("/year/").status_code == 200
    services.reset_second_factor(manager, by=factories.eligible_person(), now=product_clock.now())
    assert client.get("/year/").url.startswith(LOGIN)


def test_the_page_of_human_resources_resets_and_says_so(client, manager, time, settings):
    protected(client, manager, time)
    settings.SECOND_FACTOR = False
    helper = factories.eligible_person(entity=manager.entity)
    factories.grant(helper, Role.HR)
    helping = Client()
    helping.force_login(helper.account)
    url = f"/people/{manager.uid}/second-factor/reset/"
    assert "taken off" in helping.post(url, {"next": "/year/"}, follow=True).content.decode()
    assert "nothing to reset" in helping.post(url, {"next": "https://evil.example/"}, follow=True).content.decode()
    assert helping.post(f"/people/{helper.uid}/second-factor/reset/").status_code == 404


def test_nobody_resets_their_own(manager):
    with pytest.raises(BadFact, match="their own"):
        services.reset_second_factor(manager, by=manager, now=NOW)


def test_the_last_administrator_is_helped_from_the_command_line(client, manager, time):
    protected(client, manager, time)
    call_command("reset_second_factor", manager.account.email.upper())
    assert not Authenticator.objects.filter(user=manager.account).exists()
    with pytest.raises(CommandError, match=r"no second factor|pas de second facteur"):
        call_command("reset_second_factor", manager.account.email)
    with pytest.raises(CommandError, match=r"nobody@example\.org"):
        call_command("reset_second_factor", "nobody@example.org")


@pytest.mark.parametrize(
    "sent",
    ["", "{}", "[]", "1", "null", "not json", '{"id": 1}', '{"response": []}', '{"response": {"userHandle": "AAAA"}}'],
)
@pytest.mark.parametrize(
    "address", ["/accounts/login/passkey/", "/account/security/passkeys/add/", "/accounts/confirm/passkey/"]
)
def test_what_is_no_passkey_is_answered_in_words(client, person, address, sent):
    if "login" not in address:
        client.force_login(person.account)
    assert client.post(address, {"credential": sent}, follow=True).status_code == 200


@pytest.mark.parametrize(("language", "words"), [("fr", "protège désormais"), ("en", "now protects your account")])
def test_every_change_is_told_by_mail(client, manager, time, mailoutbox, language, words):
    Account.objects.filter(pk=manager.account.pk).update(language=language)
    manager.account.refresh_from_db()
    enter(client, with_password(manager))
    set_up(client, time)
    sweep(product_clock.now())
    assert words in mailoutbox[-1].subject


def test_removing_the_app_leads_to_another_at_once(client, manager, time, mailoutbox):
    enter(client, with_password(manager))
    set_up(client, time)
    client.post("/account/security/app/remove/")
    assert Message.objects.filter(kind="account.app_removed", recipient=manager).exists()
    assert client.get("/year/").url == SECURITY


def test_a_former_manager_is_not_asked(client, team, clock):
    clock("2026-06-03T08:00+02:00")
    person = factories.eligible_person(team=team)
    factories.MembershipFactory(
        person=person, team=team, role=MembershipRole.MANAGER, last_day=date(2026, 6, 3) - timedelta(days=1)
    )
    client.force_login(person.account)
    assert client.get("/year/").status_code == 200
