"""Somebody writes a requirement: who may, what it does to booked telework, and who is told. Nothing is cancelled."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from notifications.models import Message
from people.models import AuditEvent, Contract, MembershipRole
from policies.models import Layer, Requirement, Slot
from policies.services import RequirementDraft, RequirementRefused, RequirementStale, SlotDraft, draft_of
from telework.coverage.meeting import planned_until, thin_hours
from telework.models import Booking, State
from telework.services import requirements as services
from tests import factories
from tests.telework.coverage.conftest import SATURDAY, night, supervisor
from tests.telework.test_races import all_at_once

__all__ = ["night"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rostered(night):
    """Only shifts tell when the supervisors work: a day without one is off."""
    Contract.objects.filter(person__in=night.supervisors).update(rostered=True)


@pytest.fixture
def planner(night):
    person = factories.eligible_person(team=night.scene.team, first_name="Paule")
    factories.grant(person, "planner")
    return person


def draft(night, number: int = 3, **fields) -> RequirementDraft:
    """So many supervisors on site from 22:00 to 06:00 on Saturdays."""
    line = SlotDraft(days=(5,), start=time(22), end=time(6), number=Decimal(number))
    common = {"name_fr": "Nuits", "name_en": "Nights", "first_day": night.scene.today, "slots": (line,)}
    scope = {"entity": night.scene.team.entity, "site": night.scene.team.site, "skill": night.need.skill}
    return RequirementDraft(**{**scope, **common, **fields})


def later(night, number: int) -> RequirementDraft:
    """One that has not held yet: all of it may still be changed."""
    return draft(night, number, first_day=night.scene.day(7))


def write(night, actor, wanted: RequirementDraft, **how):
    return services.write_requirement(wanted, **night.scene.by(actor), **how)


class TestWhatItDoes:
    def test_a_new_requirement_lists_the_gaps_it_opens_and_the_telework_in_them_and_cancels_nothing(
        self, night, planner
    ):
        Requirement.objects.all().delete()
        booking = night.book(night.supervisors[0])
        other = factories.eligible_person(team=night.scene.team)
        factories.grant(other, "planner")
        Message.objects.all().delete()

        written = write(night, planner, draft(night, 4))

        earlier, (need, gap) = written.effect.gaps
        assert (earlier[1].day, earlier[1].value) == (SATURDAY - timedelta(days=7), 0), "nobody is planned that night"
        assert (need.requirement, gap.day, gap.value, gap.limit) == (written.requirement, SATURDAY, 3, 4)
        assert written.effect.concerned == [booking]
        booking.refresh_from_db()
        assert booking.state == State.REQUESTED and Booking.objects.count() == 1
        told = set(Message.objects.values_list("recipient", flat=True))
        assert told == {other.pk, night.supervisors[0].pk}, "other planners and whom it concerns, not who wrote it"

    def test_it_is_looked_at_only_as_far_as_something_is_planned(self, night, planner):
        assert planned_until(draft(night), today=night.scene.today) == SATURDAY
        written = write(night, planner, draft(night, 4))
        assert {gap.day for _need, gap in written.effect.gaps} == {SATURDAY - timedelta(days=7)}

    def test_a_stricter_number_is_new_and_the_same_one_is_not(self, night, planner):
        saved = write(night, planner, draft(night, 3)).requirement
        same = write(night, planner, draft_of(saved), requirement=saved, version=1)
        night.book(night.supervisors[0])
        stricter = write(night, planner, draft(night, 4), requirement=saved, version=2, since=night.scene.today)
        assert same.effect.gaps == []
        assert [(gap.day, gap.value) for _need, gap in stricter.effect.gaps if gap.day == SATURDAY] == [(SATURDAY, 3)]

    def test_a_look_ahead_writes_nothing_and_tells_nobody(self, night, planner):
        night.book(night.supervisors[0])
        before = Message.objects.count(), AuditEvent.objects.count(), Requirement.objects.count()
        looked = write(night, planner, draft(night, 4), write=False)
        assert looked.effect.gaps
        assert (Message.objects.count(), AuditEvent.objects.count(), Requirement.objects.count()) == before

    def test_a_refused_one_writes_nothing(self, night, planner):
        before = AuditEvent.objects.count(), Requirement.objects.count()
        with pytest.raises(RequirementRefused):
            write(night, planner, draft(night, 9))
        assert (AuditEvent.objects.count(), Requirement.objects.count()) == before

    def test_ending_one_frees_telework_and_keeps_the_past(self, night, planner):
        saved = write(night, planner, draft(night, 4)).requirement
        ended = services.end_requirement(saved, night.scene.today, version=1, **night.scene.by(planner))
        assert ended.requirement.last_day == night.scene.today and ended.effect.gaps == []
        assert night.book(night.supervisors[0]).is_active

    def test_what_was_asked_in_the_past_is_never_rewritten(self, night, planner):
        need, today = night.need, night.scene.today
        held = draft_of(need)
        asked = replace(held, slots=(replace(held.slots[0], number=Decimal(2)),))
        for wanted, since, fields in (
            (asked, None, ["since"]),
            (asked, today - timedelta(days=1), ["since"]),
            (replace(held, first_day=today), None, ["first_day"]),
        ):
            with pytest.raises(RequirementRefused) as refused:
                write(night, planner, wanted, requirement=need, since=since)
            assert [field for field, _message in refused.value.faults] == fields
        assert Requirement.objects.count() == 1

        written = write(night, planner, replace(held, name_en="Other words"), requirement=need)
        assert (written.requirement.name_en, Requirement.objects.count()) == ("Other words", 1)
        changed = write(night, planner, asked, requirement=need, since=today).requirement
        assert (changed.uid, changed.first_day, changed.slots.get().number) == (need.uid, today, 2)
        kept = Requirement.objects.exclude(pk=need.pk).get()
        assert (kept.last_day, kept.slots.get().number) == (today - timedelta(days=1), 3)

    def test_a_copy_is_a_draft_for_another_team(self, night, planner):
        saved = write(night, planner, draft(night)).requirement
        other = factories.TeamFactory(entity=night.scene.team.entity)
        copy = services.copied(saved, team=other, first_day=night.scene.today, actor=planner)
        assert (copy.team, copy.site, copy.slots) == (other, other.site, draft_of(saved).slots)


class TestWho:
    @pytest.mark.parametrize(
        ("role", "of_team", "of_entity"),
        [("manager", True, False), ("deputy", True, False), ("hr", True, True), ("planner", True, True),
         ("employee", False, False), ("dpo", False, False)],
    )  # fmt: skip
    def test_the_table_of_roles_decides(self, night, role, of_team, of_entity):
        actor = factories.eligible_person(team=night.scene.team)
        if role in MembershipRole.values:
            factories.MembershipFactory(person=actor, team=night.scene.team, role=role)
        elif role != "employee":
            factories.grant(actor, role)
        for wanted, allowed in ((draft(night, 1, team=night.scene.team), of_team), (draft(night, 1), of_entity)):
            if allowed:
                assert write(night, actor, wanted).requirement.pk
            else:
                with pytest.raises(Http404):
                    write(night, actor, wanted)

    def test_a_manager_can_neither_take_a_requirement_of_the_entity_nor_give_theirs_to_another_team(self, night):
        manager, team = night.scene.manager, night.scene.team
        own = write(night, manager, draft(night, 1, team=team)).requirement
        for wanted, held in (
            (draft(night, 1, team=team), night.need),
            (draft(night, 1, team=factories.TeamFactory(entity=team.entity)), own),
        ):
            with pytest.raises(Http404):
                write(night, manager, wanted, requirement=held)
        with pytest.raises(Http404):
            services.end_requirement(night.need, SATURDAY, **night.scene.by(manager))
        with pytest.raises(Http404):
            services.copied(night.need, team=team, first_day=SATURDAY, actor=manager)

    def test_choices_are_what_one_may_write_about(self, night, planner):
        team = night.scene.team
        stranger = factories.TeamFactory()
        of_planner, of_manager = services.choices_for(planner), services.choices_for(night.scene.manager)
        assert of_planner.entities == (team.entity,) and of_manager.entities == ()
        assert stranger not in of_planner.teams and of_manager.teams == (team,)
        assert team.site in of_manager.sites and stranger.site not in of_planner.sites
        found = of_manager.scope(team=team.uid, site=team.site.uid, skill="supervisor")
        assert found == {"team": team, "entity": team.entity, "site": team.site, "skill": night.need.skill}
        with pytest.raises(Http404):
            of_manager.scope(team=stranger.uid)
        with pytest.raises(RequirementRefused, match=r"“pilot” is not known\. Known: supervisor"):
            of_manager.scope(team=team.uid, skill="pilot")
        with pytest.raises(Http404):
            services.choices_for(night.supervisors[0])


class TestWhetherTheRosterCanMeetIt:
    def test_windows_in_which_the_roster_alone_has_too_few_are_named(self, night):
        ((field, message),) = thin_hours(draft(night, 5, slots=(_every_night(5),)), today=SATURDAY)
        assert field == "slots.0"
        assert message.startswith("Even without telework the coming roster never has enough people here: 20 June 2026")
        assert "Sat 22:00–06:00: 4 of 5 people on site" in message

    def test_some_windows_are_counted_among_all(self, night):
        ((_field, message),) = thin_hours(draft(night, slots=(_every_night(3),)), today=SATURDAY - timedelta(days=1))
        assert message.startswith("Even without telework the roster has too few people here on 1 day of 2: 19 June")

    def test_telework_does_not_make_a_roster_thin(self, night):
        night.book(night.supervisors[0])
        assert thin_hours(draft(night, 4), today=SATURDAY) == []

    def test_nobody_with_working_hours_is_told(self, night):
        ((field, message),) = thin_hours(draft(night), today=SATURDAY + timedelta(days=30))
        assert (field, message.split(".")[0]) == ("slots", "Nobody who counts has working hours in the coming weeks")

    def test_patterns_are_rosters_too(self, night):
        office = factories.eligible_person(team=night.scene.team)
        factories.skilled(office, "supervisor")
        hours = SlotDraft(days=(0, 1, 2, 3, 4), start=time(9), end=time(17), number=Decimal(1))
        lines = hours, replace(hours, start=time(8), end=time(9))
        at_nine = draft(night, slots=lines, last_day=date(2026, 7, 10))
        ((field, _message),) = thin_hours(at_nine, today=night.scene.today)
        assert field == "slots.1"

    def test_shares_are_met_by_whoever_is_there(self, night):
        assert thin_hours(draft(night, 50, kind="share_at_once"), today=SATURDAY) == []

    def test_the_warning_comes_with_the_write(self, night, planner):
        written = write(night, planner, draft(night, 4, slots=(_every_night(4), _dated(3))))
        assert [field for field, _message in written.remarks] == ["slots.0"]


def _every_night(number: int) -> SlotDraft:
    return SlotDraft(start=time(22), end=time(6), number=Decimal(number))


def _dated(number: int) -> SlotDraft:
    return SlotDraft(Layer.DATED, dates=(SATURDAY,), start=time(22), end=time(6), number=Decimal(number))


def test_a_write_costs_the_same_queries_for_four_people_and_for_twenty(night, planner):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            write(night, planner, draft(night, 3), write=False)
        return len(queries)

    cost()
    few = cost()
    for number in range(16):
        supervisor(night.scene.team, first_name=f"T{number}")
    assert cost() == few


@pytest.mark.django_db(transaction=True)
def test_of_several_who_have_read_the_same_version_one_writes(night, planner):
    saved = write(night, planner, later(night, 1)).requirement

    def change(number: int):
        with translation.override("en"):
            try:
                return write(night, planner, later(night, number), requirement=saved, version=1)
            except RequirementStale as stale:
                return stale

    came = all_at_once([lambda number=number: change(number) for number in (1, 2, 3, 4)], workers=4)

    assert came == {"Written": 1, "RequirementStale": 3}
    saved.refresh_from_db()
    assert saved.version == 2 and Slot.objects.filter(requirement=saved).count() == 1
    assert AuditEvent.objects.filter(verb="requirement.changed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_a_version_the_last_one_wins(night, planner):
    """The negative control: nothing else keeps two writers apart."""
    saved = write(night, planner, later(night, 1)).requirement
    came = all_at_once(
        [lambda number=number: write(night, planner, later(night, number), requirement=saved) for number in (1, 2, 3)],
        workers=3,
    )
    assert came == {"Written": 3}


def test_the_first_day_is_today_by_the_clock_of_the_place(night, planner):
    island = factories.SiteFactory(zone="Pacific/Auckland")
    wanted = draft(night, 1, site=island, first_day=date(2026, 6, 9))
    with pytest.raises(RequirementRefused, match="nobody can hold this post"):
        write(night, planner, wanted)
    assert write(night, planner, wanted, accept_unmeetable=True).requirement.clock == "Pacific/Auckland"
