"""People for human resources: found by any spelling, changed after the effect was seen, never behind one's back."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from people import services
from people.errors import BadFact, Stale
from people.listing import Status, Wanted, people_page
from people.models import AuditEvent, Contract, Grant, Membership, MembershipRole, Person, Role, Team
from people.services import version_of
from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 3)


@pytest.fixture(autouse=True)
def _june(clock):
    clock("2026-06-03T08:00+02:00")


@pytest.fixture
def house():
    """A team with its manager, an employee, somebody of human resources and an administrator; one more entity."""
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity)
    hr, admin = (factories.eligible_person(team=team, last_name=name) for name in ("Vasseur", "Fournier"))
    factories.grant(hr, Role.HR)
    factories.grant(admin, Role.ADMIN)
    return {
        "team": team,
        "hr": hr,
        "admin": admin,
        "manager": factories.manager_of(team, last_name="Benali"),
        "camille": factories.eligible_person(team=team, first_name="Élodie", last_name="Müller-Ærø", number="A-17"),
        "stranger": factories.eligible_person(team=factories.TeamFactory(), last_name="Muller"),
    }


@pytest.fixture
def hr(client, house):
    client.force_login(house["hr"].account)
    return client


def change(client, person, what, *, about="", write=False, **form):
    """Look at a change, then write it if asked to; what a look refuses is the answer."""
    address = reverse("person_change", args=[person.uid, what]) + (f"?about={about}" if about else "")
    looked = client.post(address, form | {"look": "1"})
    if not write or looked.status_code != 200:
        return looked
    return client.post(address, form | {"write": "1", "seen": looked.context["seen"]})


@pytest.mark.parametrize("words", ["elodie", "ÉLODIE muller", "a-17", "MÜLLER elo", "person"])
def test_somebody_is_found_by_any_spelling_of_name_number_and_address(hr, house, words):
    page = hr.get(reverse("people"), {"q": words})
    assert "Élodie Müller-Ærø" in page.content.decode()
    assert house["stranger"].name not in page.content.decode(), "somebody of another entity"


def test_a_page_costs_the_same_queries_for_three_people_and_sixty(house, django_assert_num_queries):
    everybody = Person.objects.filter(entity=house["team"].entity)
    for _number in range(60):
        factories.eligible_person(team=house["team"])
    with django_assert_num_queries(2):
        page = people_page(everybody, Wanted(), today=TODAY)
    assert page.count == 64 and len(page.rows) == 50 and page.last == 2
    with django_assert_num_queries(2):
        assert len(people_page(everybody, Wanted(page=2), today=TODAY).rows) == 14


def test_everybody_has_one_status(house):
    people = {name: factories.PersonFactory(entity=house["team"].entity, last_name=name) for name in "abcd"}
    factories.ContractFactory(person=people["a"], end=date(2026, 6, 2))
    factories.ContractFactory(person=people["b"], end=TODAY)
    factories.ContractFactory(person=people["c"], start=date(2026, 6, 4))
    page = people_page(Person.objects.filter(pk__in=[one.pk for one in people.values()]), Wanted(), today=TODAY)
    found = {row.person.last_name: row.status for row in page.rows}
    assert found == {"a": Status.LEFT, "b": Status.LEAVING, "c": Status.COMING, "d": Status.NO_CONTRACT}
    assert sum(page.counts.values()) == 4


def test_another_rate_shows_the_entitlement_before_it_is_written_and_ends_the_open_contract(hr, house):
    person = house["camille"]
    asked = {"start": "2026-07-01", "end": "", "status": "permanent", "rate": "80", "pattern": "week",
             "week": ["1", "2", "4", "5"], "from": "09:00", "to": "17:00", "trial_end": ""}  # fmt: skip
    looked = change(hr, person, "contract", **asked)
    assert "entitlement goes from 100 to 90" in looked.content.decode()
    assert person.contracts.count() == 1, "a look writes nothing"
    written = change(hr, person, "contract", write=True, **asked)
    assert written.status_code == 302
    old, new = person.contracts.order_by("start")
    assert old.end == date(2026, 6, 30) and new.rate == Decimal(80) and new.pattern.days[2] is None
    history = hr.get(reverse("person", args=[person.uid])).content.decode()
    assert "Contract from 1 July 2026 on, 80" in history and house["hr"].name in history


def test_other_values_than_those_looked_at_are_looked_at_anew(hr, house):
    person = house["camille"]
    address = reverse("person_change", args=[person.uid, "leaving"])
    seen = hr.post(address, {"last_day": "2026-09-30"}).context["seen"]
    answer = hr.post(address, {"last_day": "2026-06-30", "write": "1", "seen": seen})
    assert answer.status_code == 200 and "What it changes" in answer.content.decode()
    assert person.contracts.get().end is None


def test_a_contract_that_meets_another_is_refused_with_the_day_and_nothing_is_written(hr, house):
    person = house["camille"]
    person.contracts.update(end=date(2026, 12, 31))
    asked = {"start": "2026-12-01", "rate": "80", "status": "permanent", "pattern": "roster"}
    answer = change(hr, person, "contract", write=True, **asked)
    assert answer.status_code == 422 and "runs until Dec. 31, 2026" in answer.content.decode()
    assert person.contracts.count() == 1 and not AuditEvent.objects.filter(verb="contract.added").exists()


@pytest.mark.parametrize("rate", ["0", "-3", "101", "80.123", "NaN", "1e400", "=80", ""])
def test_a_rate_that_is_none_comes_back_with_a_sentence(hr, house, rate):
    asked = {"start": "2026-07-01", "rate": rate, "status": "permanent", "pattern": "roster"}
    answer = change(hr, house["camille"], "contract", write=True, **asked)
    assert answer.status_code == 422 and "Nothing was written." in answer.content.decode()
    assert house["camille"].contracts.count() == 1


def test_what_somebody_else_changed_meanwhile_is_not_written_over(hr, house):
    person = house["camille"]
    read = version_of(Person.objects.get(pk=person.pk))
    Person.objects.filter(pk=person.pk).update(job_title="Lead")
    form = {"first_name": "Léa", "last_name": "Roux", "number": "A-17", "email": person.email, "job": "assistance",
            "entity": str(person.entity.uid), "site": str(person.site.uid), "job_title": "",
            "hired_on": "2020-01-01"}  # fmt: skip
    answer = change(hr, person, "identity", write=True, version=read, **form)
    assert answer.status_code == 409 and "changed this meanwhile" in answer.content.decode()
    fresh = version_of(Person.objects.get(pk=person.pk))
    assert change(hr, person, "identity", write=True, version=fresh, **form).status_code == 302
    person.refresh_from_db()
    assert person.name == "Léa Roux"


def test_a_change_of_contracts_by_somebody_else_is_told_as_well(house):
    contract = house["camille"].contracts.get()
    read = version_of(contract)
    Contract.objects.filter(pk=contract.pk).update(rate=50)
    with pytest.raises(Stale):
        draft = services.contracts.draft_of(contract)
        services.change_contract(contract, draft, by=house["hr"], now=_now(), version=read)


def test_a_last_day_ends_contract_and_teams_and_cancels_the_telework_after_it(hr, house):
    person, now = house["camille"], _now()
    common = {"person": person, "requested_at": now, "updated_at": now, "state": State.APPROVED}
    before, after = (Booking.objects.create(day=day, **common) for day in (date(2026, 6, 18), date(2026, 7, 16)))
    looked = change(hr, person, "leaving", last_day="2026-06-30").content.decode()
    assert "1 telework day after the last day is cancelled" in looked
    after.refresh_from_db()
    assert after.state == State.APPROVED, "a look cancels nothing"
    assert change(hr, person, "leaving", last_day="2026-06-30", write=True).status_code == 302
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.state, after.state) == (State.APPROVED, State.CANCELLED)
    assert person.contracts.get().end == date(2026, 6, 30) == person.memberships.get().last_day


def test_a_last_day_in_the_past_ends_access_at_once(hr, house):
    person = house["camille"]
    change(hr, person, "leaving", last_day="2026-06-01", write=True)
    person.account.refresh_from_db()
    assert not person.account.is_active


def test_access_is_given_back_only_to_somebody_with_a_contract(hr, house):
    person = house["camille"]
    address = reverse("person_account", args=[person.uid])
    hr.post(address, {"do": "end"})
    person.account.refresh_from_db()
    assert not person.account.is_active
    person.contracts.update(end=date(2026, 6, 1))
    hr.post(address, {"do": "reopen"})
    person.account.refresh_from_db()
    assert not person.account.is_active, "the contract is over"
    person.contracts.update(end=None)
    hr.post(address, {"do": "reopen"})
    person.account.refresh_from_db()
    assert person.account.is_active


def test_managers_may_not_stand_in_a_circle(house):
    first, second = (
        factories.TeamFactory(entity=house["team"].entity),
        factories.TeamFactory(entity=house["team"].entity),
    )
    ada, bea = factories.eligible_person(team=first), factories.eligible_person(team=second)
    edge = {"first_day": TODAY, "by": house["hr"], "now": _now()}
    services.join_team(ada, second, role=MembershipRole.MANAGER, **edge)
    with pytest.raises(BadFact, match="would be a circle"):
        services.join_team(bea, first, role=MembershipRole.MANAGER, **edge)
    assert not Membership.objects.filter(person=bea, team=first).exists()
    services.join_team(bea, second, role=MembershipRole.DEPUTY, **edge)  # a deputy is no circle


def test_a_team_left_without_a_manager_is_warned_of(hr, house):
    manager, team = house["manager"], house["team"]
    place = f"{team.uid}:manager:2020-01-01"
    looked = change(hr, manager, "leave-team", place=place, last_day="2026-06-30").content.decode()
    assert f"Nobody manages {team.name} then" in looked
    factories.manager_of(team)
    assert (
        "Nobody manages" not in change(hr, manager, "leave-team", place=place, last_day="2026-06-30").content.decode()
    )


def test_human_resources_change_nothing_of_themselves_and_grant_no_role(hr, house):
    me = house["hr"]
    assert hr.get(reverse("person", args=[me.uid])).status_code == 200
    assert change(hr, me, "contract").status_code == 404
    granted = hr.post(reverse("person_roles", args=[house["camille"].uid]), {"role": "admin"})
    assert granted.status_code == 404 and not Grant.objects.filter(person=house["camille"]).exists()


def test_administrators_grant_roles_and_the_last_one_stays(client, house):
    admin, camille, entity = house["admin"], house["camille"], house["team"].entity
    client.force_login(admin.account)
    mine = reverse("person_roles", args=[admin.uid])
    refused = client.post(mine, {"take": f"admin:{entity.uid}"})
    assert refused.status_code == 422 and "last administrator" in refused.content.decode()
    given = client.post(reverse("person_roles", args=[camille.uid]), {"role": "admin", "entity": str(entity.uid)})
    assert given.status_code == 302 and Grant.objects.filter(person=camille, role="admin").exists()
    assert client.post(mine, {"take": f"admin:{entity.uid}"}).status_code == 302
    assert AuditEvent.objects.filter(verb="role.taken", subject_uid=admin.uid).exists()


def test_a_role_is_granted_only_where_one_administers(client, house):
    client.force_login(house["admin"].account)
    foreign = house["stranger"].entity
    answer = client.post(
        reverse("person_roles", args=[house["camille"].uid]), {"role": "hr", "entity": str(foreign.uid)}
    )
    assert answer.status_code == 422 and not Grant.objects.filter(entity=foreign).exists()


def test_a_person_is_added_and_a_number_is_nobody_else_s(hr, house):
    entity, site = house["team"].entity, house["team"].site
    form = {"first_name": " Ada\u202e ", "last_name": "Martin", "number": "A-17", "email": "ADA@example.org",
            "entity": str(entity.uid), "site": str(site.uid), "job": "", "job_title": "", "hired_on": ""}  # fmt: skip
    refused = hr.post(reverse("person_new"), form)
    assert refused.status_code == 422 and "A-17 belongs to somebody else" in refused.content.decode()
    assert hr.post(reverse("person_new"), form | {"number": "A-18"}).status_code == 302
    made = Person.objects.get(number="A-18")
    assert (made.name, made.email) == ("Ada Martin", "ada@example.org")
    foreign = hr.post(reverse("person_new"), form | {"number": "A-19", "entity": str(house["stranger"].entity.uid)})
    assert foreign.status_code == 422 and not Person.objects.filter(number="A-19").exists()


def test_a_team_is_named_with_its_codes_and_none_is_named_twice(hr, house):
    team = house["team"]
    address = reverse("staff_team", args=[team.uid])
    form = {"name": "Field", "entity": str(team.entity.uid), "site": str(team.site.uid), "codes": "branch, head_office"}
    assert hr.post(address, form).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.codes) == ("Field", ["branch", "head_office"])
    assert "no code" in hr.post(address, form | {"codes": "Head Office"}).content.decode()
    assert hr.post(reverse("team_new"), form | {"name": "FIELD"}).status_code == 422
    assert Team.objects.filter(entity=team.entity).count() == 1


def test_a_site_has_a_clock_and_holidays_that_are_known(client, house):
    client.force_login(house["admin"].account)
    address = reverse("site_edit", args=[house["team"].site.uid])
    form = {"name": "Metz", "zone": "Europe/Paris", "holiday_region": "FR-57"}
    assert "no time zone" in client.post(address, form | {"zone": "Europe/Metz"}).content.decode()
    assert client.post(address, form | {"holiday_region": "XX"}).status_code == 422
    assert client.post(address, form).status_code == 302
    house["team"].site.refresh_from_db()
    assert house["team"].site.holiday_region == "FR-57"


def test_an_entity_cannot_stand_below_itself(house):
    group, entity = factories.EntityFactory(), house["team"].entity
    edge = {"by": house["admin"], "now": _now()}
    services.write_entity(entity, name=entity.name, parent=group, **edge)
    with pytest.raises(BadFact, match="belongs to"):
        services.write_entity(group, name=group.name, parent=entity, **edge)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_a_person_in_every_state_opens(hr, house, language):
    house["hr"].account.language = language
    house["hr"].account.save()
    bare = factories.PersonFactory(entity=house["team"].entity, account=None, email="", last_name="W" * 80)
    many = factories.eligible_person(team=house["team"])
    for _number in range(2):
        factories.MembershipFactory(person=many, team=factories.TeamFactory(entity=house["team"].entity))
    for person in (bare, many, house["manager"]):
        assert hr.get(reverse("person", args=[person.uid])).status_code == 200
        for what in ("identity", "contract", "team", "leave-team", "skill", "end-skill", "leaving"):
            assert hr.get(reverse("person_change", args=[person.uid, what])).status_code == 200


def _now():
    from people import clock

    return clock.now()
