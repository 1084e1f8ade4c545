"""What exists is changed from a day on, by one hand at a time; it ends, is reopened, taken away, copied, computed."""

from datetime import date, time

import pytest
from django.urls import reverse

from people.models import AuditEvent
from policies.models import Layer, Requirement
from tests import factories

from .test_requirement_pages import LIST, NEW, NIGHT, desk, fault_at, filled, newest, planner, slots_of, text_of

__all__ = ["desk", "planner"]
pytestmark = pytest.mark.django_db
ALWAYS = {
    "line.w": "1", "days.w.0": list("0123456"), "start.w.0": "00:00", "end.w.0": "24:00", "number.w.0": "3",
    "version": "1", "first_day": "2020-01-01", "name_en": "Need", "name_fr": "Besoin", "article": "2.1",
}  # fmt: skip
CALLS = {
    "staffing.minutes": "30", "staffing.first": "10:00", "staffing.calls": "60", "staffing.seconds": "240",
    "staffing.percent": "90", "staffing.within": "15", "staffing.days": ["0", "1"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def page(night) -> str:
    return reverse("requirement", args=[night.need.uid])


def form(night, **fields) -> dict:
    """The requirement of the night as its own form sends it back."""
    return filled(night) | ALWAYS | fields


def test_what_the_form_shows_is_what_it_saves_without_changing_anything(night, desk, page):
    before = slots_of(night.need)
    assert desk.post(page, form(night)).status_code == 302
    night.need.refresh_from_db()
    assert slots_of(night.need) == before and night.need.first_day == date(2020, 1, 1)
    assert Requirement.objects.count() == 1 and night.need.version == 2


def test_other_numbers_hold_from_a_day_on_and_what_was_asked_before_stays(night, desk, page):
    assert desk.post(page, form(night, since="2026-07-01", **{"number.w.0": "2"})).status_code == 302
    night.need.refresh_from_db()
    kept = Requirement.objects.exclude(pk=night.need.pk).get()
    assert (night.need.first_day, night.need.slots.get().number) == (date(2026, 7, 1), 2)
    assert (kept.last_day, kept.slots.get().number) == (date(2026, 6, 30), 3)


def test_the_past_is_not_rewritten(night, desk, page):
    answer = desk.post(page, form(night, since="2026-06-01", **{"number.w.0": "2"}))
    assert answer.status_code == 422 and fault_at(text_of(answer), "since")
    assert "What was asked in the past stays" in text_of(answer)


def test_who_comes_second_sees_what_the_other_has_changed_and_decides(night, desk, page):
    assert desk.post(page, form(night, name_en="Supervision", last_day="2027-01-31")).status_code == 302
    answer = desk.post(page, form(night, name_en="Watch"))
    said = text_of(answer)
    assert answer.status_code == 409 and "has changed meanwhile" in said
    assert "Need → <strong>Supervision</strong>" in said and "2027-01-31" in said
    assert 'value="Watch"' in said and 'name="version" value="2"' in said
    assert desk.post(page, form(night, name_en="Watch", version="2")).status_code == 302
    assert Requirement.objects.get(pk=night.need.pk).name_en == "Watch"


def test_it_ends_on_a_day_and_one_tap_takes_that_back(night, desk, page):
    end = reverse("requirement_end", args=[night.need.uid])
    asked = text_of(desk.get(end))
    assert "Its last day" in asked and "Take the requirement away" not in asked
    assert desk.post(end, {"last_day": "2026-06-30", "version": "1", "act": "end"}).url == page
    assert Requirement.objects.get(pk=night.need.pk).last_day == date(2026, 6, 30)
    after = text_of(desk.get(page))
    assert "ends on 30 June 2026" in after and "Undo" in after
    desk.post(end, {"last_day": "", "version": "2", "act": "reopen"})
    assert Requirement.objects.get(pk=night.need.pk).last_day is None
    assert "holds as before" in text_of(desk.get(page))


@pytest.mark.parametrize(
    ("sent", "says"),
    [({"last_day": ""}, "missing"), ({"last_day": "2026-06-01"}, "too early"), ({"act": "remove"}, "End it instead"),
     ({"last_day": "2026-06-30", "version": "7"}, "changed meanwhile")],
)  # fmt: skip
def test_an_end_that_cannot_be_is_refused_in_words(night, desk, sent, says):
    answer = desk.post(reverse("requirement_end", args=[night.need.uid]), {"act": "end"} | sent)
    assert answer.status_code in (409, 422) and says in text_of(answer) and "Nothing was changed." in text_of(answer)
    assert Requirement.objects.get(pk=night.need.pk).last_day is None


def test_one_that_has_not_held_yet_is_taken_away(night, desk):
    future = factories.requirement(night.scene.team, 2, first_day=date(2026, 9, 1), name_en="Autumn")
    end = reverse("requirement_end", args=[future.uid])
    assert "Take the requirement away" in text_of(desk.get(end))
    assert desk.post(end, {"act": "remove", "version": "1"}).url == LIST
    assert not Requirement.objects.filter(pk=future.pk).exists()
    said = text_of(desk.get(LIST))
    assert "Autumn is taken away" in said and f'href="{NEW}?again=1"' in said
    again = text_of(desk.get(NEW, {"again": "1"}))
    assert 'value="Autumn"' in again and 'value="2026-09-01"' in again and 'name="number.w.0"' in again
    assert AuditEvent.objects.filter(verb="requirement.removed").exists()


def test_what_one_team_asks_is_the_beginning_of_what_another_asks(night, desk):
    other = factories.TeamFactory(entity=night.scene.team.entity, site=night.scene.team.site, name="Sister")
    layers = ({"layer": Layer.HOLIDAY, "number": 1}, {"layer": Layer.DATED, "dates": ["2026-01-01", "2026-12-24"]})
    source = factories.requirement(night.scene.team, 2, layers=layers, name_en="Desk")
    listed = text_of(desk.get("/coverage/requirements/copy/", {"of": night.scene.team.uid, "team": other.uid}))
    link = f"{NEW}?like={source.uid}&amp;team={other.uid}"
    assert link in listed
    page = text_of(desk.get(link.replace("&amp;", "&")))
    assert f'<option value="{other.uid}" selected>' in page and Requirement.objects.count() == 2
    assert "2026-12-24" in page and "2026-01-01" not in page.replace("2026-01-01 –", "")
    assert 'name="first_day" type="date" value="2026-06-08"' in page


def test_a_copy_for_a_team_out_of_reach_is_not_found(night, desk):
    stranger = factories.TeamFactory()
    assert desk.get(NEW, {"like": night.need.uid, "team": stranger.uid}).status_code == 404
    assert desk.get(NEW, {"like": "nonsense"}).status_code == 404


def test_sixty_calls_need_thirteen_and_the_inputs_are_kept(night, desk):
    computed = text_of(desk.post(NEW, filled(night, act="staff") | CALLS))
    assert "<strong>13</strong>" in computed and "10:00–10:30" in computed
    taken = desk.post(NEW, filled(night, act="take") | CALLS)
    lines = text_of(taken)
    assert 'value="10:00"' in lines and 'value="10:30"' in lines and 'value="13"' in lines and 'value="22:00"' in lines
    saved = filled(night, keep="1") | CALLS | {
        "line.w": ["1", "1"], "days.w.1": ["0", "1"], "start.w.1": "10:00", "end.w.1": "10:30", "number.w.1": "13",
    }  # fmt: skip
    assert desk.post(NEW, saved).status_code == 302
    requirement = newest()
    assert requirement.staffing["calls"] == [60] and requirement.slots.last().start == time(10)
    again = text_of(desk.get(reverse("requirement", args=[requirement.uid])))
    assert ">60</textarea>" in again and "<strong>13</strong>" in again


@pytest.mark.parametrize(
    ("field", "value"),
    [("calls", "sixty"), ("seconds", ""), ("seconds", "-3"), ("percent", "120"), ("minutes", "20"), ("first", "x")],
)
def test_inputs_that_compute_nothing_are_named(night, desk, field, value):
    answer = desk.post(NEW, filled(night, act="staff") | CALLS | {f"staffing.{field}": value})
    page = text_of(answer)
    assert answer.status_code == 422 and f'id="r-staffing-{field}-error"' in page and value in page


def test_the_brush_and_its_buttons_work_without_a_script(night, desk):
    brush = {"stroke.days.w": ["4", "5"], "stroke.start.w": "20:00", "stroke.end.w": "02:00", "stroke.number.w": "5"}
    painted = text_of(desk.post(NEW, filled(night, act="paint.w") | brush))
    assert "Friday and Saturday, 20:00–02:00: 5" in painted and 'aria-label="Friday, 21:00, 5"' in painted
    cleared = text_of(desk.post(NEW, filled(night, act="clear.w") | brush))
    assert 'aria-label="Saturday, 23:00, nothing asked"' in cleared
    assert 'aria-label="Sunday, 03:00, 3"' in cleared, "what is left of the night stays"
    added = text_of(desk.post(NEW, filled(night, act="add.w")))
    assert added.count('name="line.w"') == 2
    assert text_of(desk.post(NEW, filled(night, act="drop.w.0"))).count('name="line.w"') == 0
    dated = text_of(desk.post(NEW, filled(night, act="dated") | {"first.new": "2026-12-24", "last.new": "2026-12-26"}))
    assert "2026-12-24 – 2026-12-26" in dated and "24–26 December 2026" in dated
    assert desk.post(NEW, filled(night, act="dated")).status_code == 422
    finer = text_of(desk.post(NEW, filled(night, act="step.15")))
    assert 'data-step="15"' in finer and 'aria-label="Saturday, 22:15, 3"' in finer


def test_a_swap_answers_with_the_form_alone(night, desk):
    part = desk.post(NEW, filled(night, act="add.w"), headers={"hx-request": "true"})
    assert text_of(part).lstrip().startswith("<form") and "<html" not in text_of(part)


def test_the_editor_costs_the_same_however_much_is_asked(night, desk, django_assert_max_num_queries):
    layers = [{"layer": Layer.DATED, "dates": [f"2027-01-{day:02}"], "number": day} for day in range(1, 29)]
    many = factories.requirement(night.scene.team, 2, layers=layers)
    for _number in range(6):
        factories.TeamFactory(entity=night.scene.team.entity)
    with django_assert_max_num_queries(20):
        assert desk.get(reverse("requirement", args=[many.uid])).status_code == 200


def test_pages_speak_french(night, desk, planner, page):
    type(planner.account).objects.update(language="fr")
    listed, edited = text_of(desk.get(LIST)), text_of(desk.get(page))
    assert "Au moins 3 superviseurs sur site, tous les jours, à toute heure." in listed
    assert "Combien, et quand" in edited and 'aria-label="lundi, 00:00, 3"' in edited
    refused = text_of(desk.post(page, form(night, **NIGHT) | {"number.w.0": "trois"}))
    assert "n’est pas un nombre" in refused and "Rien n’a été enregistré" in refused
