"""Every address knocked at by a stranger and by every role: who may not know answers exactly like what is not there."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from people.roles import Circle
from tests.house.doors import EVERY_ROLE, NOW, address_book, doors, knock_at, standing_world, world_of

pytestmark = pytest.mark.django_db
PRIVATE = [door for door in doors().values() if not door.public]
TARGETED = [door for door in PRIVATE if door.operation]


@pytest.fixture(autouse=True)
def _june(clock):
    clock(NOW)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Of an employee."""
    with django_db_blocker.unblock(), standing_world("employee") as found:
        yield found


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(set(address_book()) - set(doors())) == [], "rows are missing in tests/house/endpoints.toml"
    assert sorted(set(doors()) - set(address_book())) == [], "rows of tests/house/endpoints.toml lead nowhere"


def test_every_private_row_says_who_decides():
    assert [door.name for door in PRIVATE if bool(door.operation) + bool(door.list) + door.self != 1] == []


@pytest.mark.parametrize("door", PRIVATE, ids=lambda door: door.name)
def test_a_stranger_is_asked_to_sign_in(door, client):
    answer = knock_at(door, uuid4()).send(client)
    if door.name.startswith("api-v1:"):
        assert answer.status_code == 401
    else:
        assert answer.status_code == 302 and answer.url.startswith("/accounts/login/")


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_doors_open_as_the_table_of_roles_says(role, client):
    world = world_of(role)
    client.force_login(world.actor.account)
    wrong = []
    for door in TARGETED:
        for circle in Circle:
            if (target := world.target(door, circle)) is None:
                continue
            status = knock_at(door, target.uid).send(client).status_code
            opened, expected = status not in (403, 404), door.opens_for(role, circle)
            if opened != expected or status >= 500:
                wrong.append(
                    f"{door.name}, {circle}: answered {status}, the table says {'open' if expected else 'shut'}"
                )
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_pages_over_many_people_open_for_whoever_may_see_some(role, client):
    world = world_of(role)
    client.force_login(world.actor.account)
    answers = {door.name: _opened(door, knock_at(door).send(client).status_code) for door in PRIVATE if door.list}
    expected = {door.name: 200 if door.opens_for(role, Circle.OTHER_TEAM) else 404 for door in PRIVATE if door.list}
    assert {
        name: 302 if name == "company" and status == 200 else status for name, status in expected.items()
    } == answers


def _opened(door, status: int) -> int:
    """Let in as well: a script whose body names nothing that is there (422) or that made something (201), and a form
    that was sent (302)."""
    let_in = {201, 422} if door.json is not None else {302} if door.method == "POST" else set()
    return 200 if status in let_in else status


@pytest.mark.parametrize("door", [door for door in PRIVATE if door.self], ids=lambda door: door.name)
def test_one_s_own_pages_open_for_everybody(door, world, client):
    client.force_login(world.actor.account)
    assert knock_at(door).send(client).status_code < 403


@pytest.mark.parametrize("door", TARGETED, ids=lambda door: door.name)
def test_what_is_foreign_answers_like_what_does_not_exist(door, world, client):
    client.force_login(world.actor.account)
    foreign, unknown = world.target(door, Circle.OTHER_ENTITY).uid, uuid4()
    answers = [knock_at(door, uid).send(client) for uid in (foreign, unknown)]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {_plain(answer.content.decode(), foreign, unknown) for answer in answers}
    assert len(bodies) == 1


def _plain(text: str, *uids) -> str:
    for uid in uids:
        text = text.replace(str(uid), "uid")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"hx-headers".*', "", re.sub(r"\b\w{64}\b", "token", text))


def test_a_forgotten_password_is_renewed_by_the_link_in_a_mail(client, person, mailoutbox):
    person.account.set_password("a long enough one")
    person.account.save()
    client.post("/accounts/password/reset/", {"email": person.account.email})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mailoutbox[0].body)[1]
    assert f'{link}"' in mailoutbox[0].alternatives[0].content
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "another long one", "password2": "another long one"})
    person.account.refresh_from_db()
    assert person.account.check_password("another long one")


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(client, person, mailoutbox):
    answers = [client.post("/accounts/password/reset/", {"email": email}) for email in (person.email, "no@one.example")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/password/reset/done/")}
