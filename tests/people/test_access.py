"""The door opens by the table of roles, and by nothing else: own, own team, other team, other entity, stranger."""

import uuid
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from people import access
from people.models import Entity, MembershipRole, Role
from people.roles import EMPLOYEE, ROLES, Circle, circles, read_table, role_table
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
UNKNOWN = uuid.UUID("5f0c5b36-3a3c-4c8e-9d8b-6f2f0f4f9a11")
TODAY = date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    """A group with two entities; two teams in the first, one in the second; one colleague in each."""
    group = factories.EntityFactory(name="Group")
    first, second = (factories.EntityFactory(parent=group) for _ in range(2))
    teams = [factories.TeamFactory(entity=entity) for entity in (first, first, second)]
    colleagues = [factories.eligible_person(team=team) for team in teams]
    return {"group": group, "teams": teams, "colleagues": colleagues}


def actor_as(role: str, company):
    """Somebody of the first team who holds ``role``, granted ones on the first entity."""
    team = company["teams"][0]
    if role in (MembershipRole.MANAGER, MembershipRole.DEPUTY):
        person = factories.eligible_person(team=team)
        factories.MembershipFactory(person=person, team=team, role=role)
        return person
    person = factories.eligible_person(team=team)
    if role != EMPLOYEE:
        factories.grant(person, role)
    return person


def allowed_circles(operation: str, role: str) -> frozenset[Circle]:
    """What a person in that role may do, being an employee as well."""
    return circles(operation, role) | circles(operation, EMPLOYEE)


def targets(actor, company):
    mate, other, foreign = company["colleagues"]
    return {Circle.OWN: actor, Circle.OWN_TEAM: mate, Circle.OTHER_TEAM: other, Circle.OTHER_ENTITY: foreign}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("operation", role_table())
def test_every_row_of_the_table_lets_in_those_it_names_and_nobody_else(company, operation, role):
    actor = actor_as(role, company)
    allowed = allowed_circles(operation, role)
    everybody = set(access.people_for(actor, operation, day=TODAY))
    for circle, person in targets(actor, company).items():
        assert access.may(actor, operation, person, day=TODAY) is (circle in allowed), circle
        assert access.may_each(actor, operation, [person], day=TODAY) is (circle in allowed), circle
        assert (person in everybody) is (circle in allowed), circle
        if circle in allowed:
            assert access.person_for(actor, person.uid, operation, day=TODAY) == person
        else:
            with pytest.raises(Http404):
                access.person_for(actor, str(person.uid), operation, day=TODAY)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("operation", role_table())
def test_teams_and_entities_follow_the_same_table(company, operation, role):
    actor = actor_as(role, company)
    allowed = allowed_circles(operation, role)
    teams = set(access.teams_for(actor, operation, day=TODAY))
    for circle, team in zip((Circle.OWN_TEAM, Circle.OTHER_TEAM, Circle.OTHER_ENTITY), company["teams"], strict=True):
        assert (team in teams) is (circle in allowed), circle
        assert access.may(actor, operation, team, day=TODAY) is (circle in allowed)
    entities = set(access.entities_for(actor, operation, day=TODAY))
    assert (actor.entity in entities) is (Circle.OTHER_TEAM in allowed)
    assert (company["teams"][2].entity in entities) is (Circle.OTHER_ENTITY in allowed)


def test_a_manager_may_not_answer_their_own_request_but_their_deputy_may(company):
    manager = actor_as("manager", company)
    deputy = actor_as("deputy", company)
    assert not access.may(manager, "answer_request", manager, day=TODAY)
    assert access.may(deputy, "answer_request", manager, day=TODAY)
    assert set(access.leaders_of(manager, TODAY)) == {deputy}


def test_several_people_are_in_reach_only_when_each_of_them_is(company, django_assert_num_queries):
    manager, mate, other = actor_as("manager", company), *company["colleagues"][:2]
    assert access.may_each(manager, "answer_request", [mate], day=TODAY)
    with django_assert_num_queries(1):
        assert not access.may_each(manager, "answer_request", [mate, other], day=TODAY)
    assert not access.may_each(manager, "answer_request", [mate, manager], day=TODAY)


def test_a_grant_on_the_group_reaches_all_entities_below_it(company):
    person = actor_as(EMPLOYEE, company)
    factories.grant(person, Role.HR, company["group"])
    assert all(access.may(person, "view_year", colleague, day=TODAY) for colleague in company["colleagues"])
    assert access.entities_of_role(person, Role.HR) == set(Entity.objects.values_list("pk", flat=True))
    assert access.entities_of_role(person, Role.DPO) == frozenset()


def test_a_grant_on_another_entity_says_nothing_of_ones_own(company):
    person = actor_as(EMPLOYEE, company)
    factories.grant(person, Role.HR, company["teams"][2].entity)
    assert access.may(person, "view_year", company["colleagues"][2], day=TODAY)
    assert not access.may(person, "view_year", company["colleagues"][1], day=TODAY)


def test_a_role_holds_only_while_its_membership_is_in_force(company):
    manager = factories.eligible_person(team=company["teams"][1])
    factories.MembershipFactory(
        person=manager, team=company["teams"][0], role="manager", first_day=date(2026, 3, 1), last_day=date(2026, 5, 31)
    )
    mate = company["colleagues"][0]
    assert access.may(manager, "answer_request", mate, day=date(2026, 5, 31))
    assert not access.may(manager, "answer_request", mate, day=date(2026, 6, 1))
    assert not access.may(manager, "answer_request", mate, day=date(2026, 2, 28))
    assert access.is_manager(manager, date(2026, 3, 1)) and not access.is_manager(manager, TODAY)


def test_who_left_the_team_is_no_longer_known_to_its_manager(company):
    manager, mate = actor_as("manager", company), company["colleagues"][0]
    assert mate in access.people_managed_by(manager, TODAY)
    mate.memberships.update(last_day=date(2026, 5, 31))
    assert mate not in access.people_managed_by(manager, TODAY)
    assert manager not in access.people_managed_by(manager, TODAY)


@pytest.mark.parametrize("uid", ["", "1", "not-a-uid", "\0", "é" * 400, None, 7, UNKNOWN, str(UNKNOWN)])
def test_what_is_no_uid_and_what_does_not_exist_are_not_found_alike(company, uid):
    actor = actor_as("hr", company)
    with pytest.raises(Http404):
        access.person_for(actor, uid, "view_year")
    with pytest.raises(Http404):
        access.team_for(actor, uid, "view_team_month")


def test_an_account_that_is_nobodys_finds_nothing(company, rf):
    assert not access.may(None, "view_year", company["colleagues"][0])
    assert not access.people_for(None, "view_year").exists()
    assert not access.teams_visible_to(None).exists()
    assert not access.entities_for(None, "view_company_month").exists()
    assert access.roles_of(None) == frozenset() and not access.is_manager(None)
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(Http404):
        access.actor(request)


def test_the_door_costs_the_same_however_many_teams_and_people_there_are(company, django_assert_num_queries):
    manager = actor_as("manager", company)
    for _ in range(3):
        factories.MembershipFactory(person=manager, team=factories.TeamFactory(), role="manager")
        factories.eligible_person(team=company["teams"][0])
    with django_assert_num_queries(4):  # the person, the actor's memberships and grants, the person's teams
        access.person_for(manager, company["colleagues"][0].uid, "view_year", day=TODAY)
    with django_assert_num_queries(1):
        list(access.people_for(manager, "view_year", day=TODAY))


def test_an_operation_without_a_row_is_a_fault_of_the_program():
    with pytest.raises(LookupError, match="No row for “fly”"):
        access.may(factories.eligible_person(), "fly", factories.TeamFactory(), day=TODAY)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[fly]\nemployee = ["own"]', "fly does not say what it does"),
        ('[fly]\ndoes = "x"\nking = ["own"]', "fly names the role king"),
        ('[fly]\ndoes = "x"\nhr = ["moon"]', "unknown .'moon'."),
    ],
)
def test_a_faulty_table_is_told_in_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_table(text)


def test_every_row_of_the_table_is_asked_for_somewhere():
    asked = "".join(
        path.read_text() for app in ("people", "notifications", "telework") for path in (ROOT / app).rglob("*.py")
    )
    assert [operation for operation in role_table() if f'"{operation}"' not in asked] == []
