"""A requirement is written down whole: what is saved reads back equal, what cannot be meant is named and refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import DatabaseError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import AuditEvent, Skill
from policies.models import Layer, Requirement, RequirementKind, Slot
from policies.services import (
    RequirementDraft,
    RequirementRefused,
    RequirementStale,
    SlotDraft,
    amend_requirement,
    copy_requirement,
    draft_of,
    end_requirement,
    faults_of,
    has_held,
    remarks_on,
    remove_requirement,
    save_requirement,
    tidied,
    unmeetable,
)
from policies.services import requirements as writing
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 8, 7, tzinfo=UTC)
TODAY, LATER = date(2026, 6, 8), date(2026, 9, 1)
NIGHT = (time(22), time(6))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def team():
    """Four supervisors in a team of its own."""
    team = factories.TeamFactory()
    for _number in range(4):
        factories.skilled(factories.eligible_person(team=team), "supervisor")
    return team


@pytest.fixture
def draft(team) -> RequirementDraft:
    """Three supervisors on site every night: nothing is wrong with it."""
    return RequirementDraft(
        entity=team.entity, team=team, site=team.site, skill=Skill.objects.get(), name_fr="Nuits", name_en="Nights",
        first_day=LATER, slots=(slot(),),
    )  # fmt: skip


def slot(number: object = 3, *, layer=Layer.WEEKLY, hours=NIGHT, **when) -> SlotDraft:
    return SlotDraft(layer=layer, start=hours[0], end=hours[1], number=Decimal(number), **when)


def save(draft: RequirementDraft, **how) -> Requirement:
    return save_requirement(draft, **{"actor": None, "now": NOW} | how)


def faults(draft: RequirementDraft) -> dict[str, str]:
    """What a save is refused for, by field; nothing is written."""
    with pytest.raises(RequirementRefused) as refused:
        save(draft)
    assert not Requirement.objects.exists() and not AuditEvent.objects.exists()
    return dict(refused.value.faults)


# ── what is saved


def test_a_saved_draft_reads_back_equal(draft):
    dated = slot(4, layer=Layer.DATED, dates=(date(2026, 12, 31), date(2026, 12, 24)))
    whole = replace(
        draft, slots=(dated, slot(), slot(1, layer=Layer.HOLIDAY), slot(4, days=(6, 5), hours=(time(0),) * 2))
    )

    saved = save(whole)

    assert draft_of(saved) == tidied(whole)
    assert [found.layer for found in draft_of(saved).slots] == [0, 0, 1, 2]
    assert draft_of(saved).slots[3].dates == (date(2026, 12, 24), date(2026, 12, 31))
    assert save(draft_of(saved), requirement=saved, version=1).version == 2


DAYS = st.sets(st.integers(0, 6)).map(tuple)
DATES = st.sets(st.dates(LATER, date(2027, 8, 31)), min_size=1, max_size=5).map(tuple)
CLOCK = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
PERCENT = st.integers(1, 100_000).map(lambda thousandths: Decimal(thousandths) / 1000)


@st.composite
def slots_of(draw, kind: RequirementKind) -> SlotDraft:
    layer = draw(st.sampled_from(Layer))
    timed = kind in (RequirementKind.MINIMUM, RequirementKind.SHARE_AT_ONCE)
    return SlotDraft(
        layer=layer,
        days=() if layer == Layer.DATED else draw(DAYS),
        dates=draw(DATES) if layer == Layer.DATED else (),
        start=draw(CLOCK) if timed else None,
        end=draw(CLOCK) if timed else None,
        number=Decimal(draw(st.integers(1, 4))) if kind in ("minimum", "people_remote") else draw(PERCENT),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from(RequirementKind))
def test_whatever_has_no_fault_is_saved_and_reads_back_equal(draft, data, kind):
    drawn = data.draw(st.lists(slots_of(kind), min_size=1, max_size=6).map(tuple))
    counts = {name: data.draw(st.booleans()) for name in ("counts_remote", "counts_on_call")}
    whole = tidied(replace(draft, kind=kind, slots=drawn, **counts))
    if found := faults_of(whole):
        with pytest.raises(RequirementRefused) as refused:
            save(whole)
        assert refused.value.faults == found
    else:
        assert draft_of(save(whole)) == whole


def test_the_audit_keeps_what_was_and_what_is(draft):
    saved = save(draft)
    save(replace(draft, slots=(slot(4),)), requirement=saved)

    created, changed = AuditEvent.objects.order_by("pk")
    assert (created.verb, created.data["before"], created.data["after"]["slots"][0]["number"]) == (
        "requirement.created", {}, "3",
    )  # fmt: skip
    assert (changed.verb, changed.subject_uid) == ("requirement.changed", saved.uid)
    assert [changed.data[when]["slots"][0]["number"] for when in ("before", "after")] == ["3", "4"]
    assert changed.data["after"]["team"] == str(draft.team.uid) and changed.data["after"]["skill"] == "supervisor"


def test_saving_costs_the_same_queries_for_one_slot_and_for_many(draft, django_assert_num_queries):
    many = tuple(slot(3, hours=(time(hour), time(hour + 1))) for hour in range(20))
    with django_assert_num_queries(6):
        saved = save(draft)
    with django_assert_num_queries(9):
        save(replace(draft, slots=many), requirement=saved, version=1)


def test_a_failure_between_the_slots_and_the_audit_leaves_everything_as_it_was(draft, monkeypatch):
    saved = save(draft)

    def broken(*_args, **_data):
        raise DatabaseError

    monkeypatch.setattr(writing, "record", broken)
    with pytest.raises(DatabaseError):
        save(replace(draft, slots=(slot(4),), name_en="Other"), requirement=saved, version=1)
    saved.refresh_from_db()
    assert (saved.name_en, saved.version, saved.slots.get().number) == ("Nights", 1, 3)


def test_a_version_that_is_no_longer_the_one_is_told_and_changes_nothing(draft):
    saved = save(draft)
    save(replace(draft, slots=(slot(4),)), requirement=saved, version=1)
    with pytest.raises(RequirementStale, match="changed meanwhile") as stale:
        save(replace(draft, slots=(slot(2),)), requirement=saved, version=1)
    assert stale.value.requirement.version == 2 and Slot.objects.get().number == 4


def test_a_requirement_removed_meanwhile_is_told_too(draft):
    saved = save(draft)
    remove_requirement(Requirement.objects.get(), version=1, actor=None, now=NOW)
    with pytest.raises(RequirementStale, match="removed meanwhile"):
        save(draft, requirement=saved, version=1)


# ── what is refused

AS_IT_IS: dict = {}


@pytest.mark.parametrize(
    ("field", "words", "change"),
    [
        ("entity", "No entity", {"entity": None}),
        ("name_fr", "missing", {"name_fr": " ", "name_en": "\0"}),
        ("one_en", "60 are possible", {"one_en": "x" * 61}),
        ("kind", "“some” is not known", {"kind": "some"}),
        ("zone", "“Europe/Niort” is no time zone", {"zone": "Europe/Niort"}),
        ("zone", "No site and no team", {"site": None, "team": None}),
        ("first_day", "missing", {"first_day": None}),
        ("first_day", "1066", {"first_day": date(1066, 10, 14)}),
        ("last_day", "ends on 31 August 2026, before it begins on 1 September 2026", {"last_day": date(2026, 8, 31)}),
        ("slots", "No number is given", {"slots": ()}),
        ("slots", "201 lines", {"slots": (SlotDraft(),) * 201}),
        ("staffing.calls", "missing", {"staffing": {"seconds": 240, "percent": 90, "within": 15}}),
    ],
)
def test_a_field_that_will_not_do_is_named(draft, field, words, change):
    assert words in faults(replace(draft, **change))[field]


@pytest.mark.parametrize(
    ("field", "words", "wrong"),
    [
        ("layer", "weekly, holiday or dated", {"layer": 7}),
        ("days", "“9” is no day of the week", {"days": (9,)}),
        ("dates", "line of every week", {"dates": (LATER,)}),
        ("dates", "public holidays, which are known", {"layer": Layer.HOLIDAY, "dates": (LATER,)}),
        ("dates", "names none", {"layer": Layer.DATED}),
        ("days", "weekdays as well", {"layer": Layer.DATED, "dates": (LATER,), "days": (1,)}),
        ("dates", "31 August 2026 lies outside", {"layer": Layer.DATED, "dates": (date(2026, 8, 31), LATER)}),
        ("start", "missing", {"start": None}),
        ("end", "without seconds", {"end": time(6, 0, 30)}),
        ("start", "28 March 2027 the clock jumps over 02:00–03:00",
         {"layer": Layer.DATED, "dates": (date(2027, 3, 28),), "start": time(2), "end": time(3)}),
        ("number", "missing", {"number": None}),
        ("number", "“many” is not a number", {"number": "many"}),
        ("number", "is not a number", {"number": Decimal("NaN")}),
        ("number", "-1 is negative", {"number": Decimal(-1)}),
        ("number", "2.5 is no whole number", {"number": Decimal("2.5")}),
        ("number", "out of reach", {"number": Decimal("1E+30")}),
        ("number", "0 asks for nobody", {"number": Decimal(0)}),
    ],
)  # fmt: skip
def test_a_line_that_will_not_do_is_named_with_its_place(draft, field, words, wrong):
    found = faults(replace(draft, slots=(slot(1, hours=(time(8), time(9))), replace(slot(), **wrong))))
    assert words in next(text for name, text in found.items() if name.endswith(f".{field}"))
    assert next(iter(found)).startswith("slots.1")


@pytest.mark.parametrize(("number", "words"), [("100.001", "more than everybody"), ("33.3333", "three at most")])
def test_a_share_is_at_most_all_of_them(draft, number, words):
    (found,) = faults(replace(draft, kind="share_at_once", slots=(slot(number),))).values()
    assert words in found


def test_a_kind_about_whole_dates_has_no_times(draft):
    assert "22:00" in faults(replace(draft, kind="people_remote"))["slots.0.start"]
    assert save(replace(draft, kind="people_remote", slots=(SlotDraft(number=Decimal(0)),)))


def test_zero_lifts_the_rule_on_holidays_and_dates(draft):
    lifted = slot(0, layer=Layer.HOLIDAY), slot(0, layer=Layer.DATED, dates=(LATER,))
    assert save(replace(draft, slots=(slot(), *lifted)))


def test_the_same_hours_twice_on_one_day_are_refused_and_overlapping_ones_are_not(draft):
    friday = slot(4, days=(4,), hours=(time(20), time(2)))
    assert save(replace(draft, slots=(slot(), friday)))
    Requirement.objects.all().delete(), AuditEvent.objects.all().delete()
    twice = faults(replace(draft, slots=(slot(), slot(4, days=(4,)))))
    assert twice["slots.1"].startswith("Line 1 says the same hours")


def test_a_team_is_one_of_the_entity(draft):
    group = factories.EntityFactory()
    assert "is not one of" in faults(replace(draft, entity=group))["team"]
    draft.team.entity.parent = group
    draft.team.entity.save()
    assert save(replace(draft, entity=group)).entity == group


def test_all_faults_are_told_at_once_and_in_french_too(draft):
    wrong = replace(
        draft, last_day=date(2026, 8, 31), zone="Mars", slots=(replace(slot(), number=Decimal(-1), end=None),)
    )
    with translation.override("fr"):
        found = faults(wrong)
    assert list(found) == ["zone", "last_day", "slots.0.end", "slots.0.number"]
    assert "n’est pas un fuseau horaire" in found["zone"] and "négatif" in found["slots.0.number"]


# ── what nobody can meet


def test_more_heads_than_people_who_could_is_refused_unless_somebody_accepts_it(draft):
    asked = replace(draft, slots=(slot(4), slot(5, days=(5,), hours=(time(8), time(12)))))
    with pytest.raises(RequirementRefused) as refused:
        save(asked)
    ((field, message),) = refused.value.unmeetable
    assert field == "slots.1.number" and message.startswith("5 are asked for, and only 4 people can hold this post.")

    saved = save(asked, accept_unmeetable=True)
    assert saved.slots.count() == 2
    assert AuditEvent.objects.get().data["accepted"] == [[field, message]]


def test_who_could_hold_a_post_has_the_skill_the_team_a_contract_and_a_way_to_the_site(draft, team):
    skill = draft.skill
    newcomer, leaver, elsewhere = (factories.eligible_person(team=team) for _number in range(3))
    factories.skilled(newcomer, skill.code, first_day=date(2027, 1, 1))
    factories.skilled(leaver, skill.code)
    leaver.contracts.update(end=date(2026, 7, 31))
    factories.skilled(elsewhere, skill.code)
    elsewhere.site = factories.SiteFactory()
    elsewhere.save()
    asked = replace(draft, slots=(slot(6),))
    assert "only 5 people" in dict(unmeetable(asked, today=TODAY))["slots.0.number"]
    factories.shift(elsewhere, "2026-10-01T22:00+02:00", "2026-10-02T06:00+02:00", site=team.site)
    assert unmeetable(asked, today=TODAY) == []
    assert unmeetable(replace(asked, last_day=date(2026, 10, 31)), today=TODAY) != []


def test_a_requirement_nobody_can_hold_says_so(draft):
    found = unmeetable(replace(draft, team=factories.TeamFactory()), today=TODAY)
    assert found[0].message.startswith("3 are asked for, and nobody can hold this post.")


def test_only_minimums_ask_for_people(draft):
    assert unmeetable(replace(draft, kind="share_at_once", slots=(slot(60),)), today=TODAY) == []


# ── what may surprise


def test_hours_that_the_clock_skips_are_told_and_saved(draft):
    skipped = replace(draft, slots=(slot(hours=(time(2), time(3))),))
    ((field, message),) = remarks_on(skipped, today=TODAY)
    assert (field, message) == (
        "slots.0.start", "On 28 March 2027 the clock jumps over 02:00–03:00: nothing is asked that day.",
    )  # fmt: skip
    assert save(skipped)


def test_a_share_of_everybody_limits_nothing(draft):
    ((_field, message),) = remarks_on(replace(draft, kind="share_of_people", slots=(SlotDraft(number=Decimal(100)),)),
                                      today=TODAY)  # fmt: skip
    assert message.startswith("100% limits nothing")


# ── ending, taking away, changing from a day on, copying


def test_what_has_held_is_ended_and_what_has_not_may_be_taken_away(draft):
    future, held = save(draft), save(replace(draft, first_day=TODAY))
    assert (has_held(future, now=NOW), has_held(held, now=NOW)) == (False, True)
    with pytest.raises(RequirementRefused, match="End it instead"):
        remove_requirement(held, version=1, actor=None, now=NOW)
    remove_requirement(future, version=1, actor=None, now=NOW)
    assert list(Requirement.objects.all()) == [held]
    assert AuditEvent.objects.last().data["before"]["name_en"] == "Nights"

    ended = end_requirement(held, LATER, version=1, actor=None, now=NOW)
    assert (ended.last_day, ended.version) == (LATER, 2)
    assert AuditEvent.objects.last().data == {"before": None, "after": "2026-09-01"}


def test_the_days_on_which_it_has_held_stay(draft):
    held = save(replace(draft, first_day=date(2026, 1, 1)))
    with pytest.raises(RequirementRefused, match="Give 7 June 2026 or later"):
        end_requirement(held, date(2026, 6, 6), actor=None, now=NOW)
    ended = end_requirement(held, date(2026, 6, 7), actor=None, now=NOW)
    with pytest.raises(RequirementStale):
        end_requirement(held, LATER, version=1, actor=None, now=NOW)
    with pytest.raises(RequirementRefused, match="has ended on 7 June"):
        end_requirement(ended, LATER, actor=None, now=datetime(2026, 7, 1, tzinfo=UTC))


def test_a_change_from_a_day_on_keeps_what_was_asked_before(draft):
    dates = (date(2026, 5, 1), date(2026, 12, 24))
    old = replace(draft, first_day=date(2026, 1, 1), slots=(slot(), slot(4, layer=Layer.DATED, dates=dates)))
    saved = save(old)

    new = amend_requirement(
        replace(draft_of(saved), slots=(slot(4), *draft_of(saved).slots[1:])),
        requirement=saved, since=TODAY, version=1, actor=None, now=NOW,
    )  # fmt: skip

    assert (new.uid, new.first_day) == (saved.uid, TODAY)
    kept = draft_of(Requirement.objects.exclude(pk=saved.pk).get())
    assert (kept.first_day, kept.last_day) == (date(2026, 1, 1), date(2026, 6, 7))
    assert [(one.number, one.dates) for one in kept.slots] == [(3, ()), (4, dates[:1])]
    assert [(one.number, one.dates) for one in draft_of(new).slots] == [(4, ()), (4, dates[1:])]


def test_a_change_from_the_first_day_on_replaces_and_after_the_last_is_refused(draft):
    saved = save(replace(draft, last_day=date(2026, 12, 31)))
    amend_requirement(draft, requirement=saved, since=LATER, actor=None, now=NOW)
    assert Requirement.objects.count() == 1
    saved = save(replace(draft, last_day=date(2026, 12, 31)))
    with pytest.raises(RequirementRefused, match="ends on 31 December 2026"):
        amend_requirement(draft, requirement=saved, since=date(2027, 1, 1), actor=None, now=NOW)


def test_a_copy_has_the_layers_for_another_team_on_its_own_clock(draft):
    dates = (LATER, date(2026, 12, 24))
    source = save(replace(draft, zone="Europe/Paris", slots=(slot(), slot(4, layer=Layer.DATED, dates=dates))))
    island = factories.TeamFactory(site=factories.SiteFactory(zone="Indian/Reunion"))

    copy = copy_requirement(source, team=island, first_day=date(2026, 10, 1))

    assert (copy.team, copy.entity, copy.site, copy.clock) == (island, island.entity, island.site, "Indian/Reunion")
    assert (copy.first_day, copy.last_day, copy.skill) == (date(2026, 10, 1), None, source.skill)
    assert [(one.number, one.dates) for one in copy.slots] == [(3, ()), (4, dates[1:])]
    assert Requirement.objects.count() == 1
