"""The editor of requirements through HTTP: who may, all kinds and layers, faults beside their fields, nothing lost."""

import re
from datetime import date, time

import pytest
from django.urls import reverse

from people.models import Account, AuditEvent
from policies.models import Layer, Requirement
from tests import factories

pytestmark = pytest.mark.django_db
LIST, NEW, COPY = "/coverage/requirements/", "/coverage/requirements/new/", "/coverage/requirements/copy/"
NIGHT = {"line.w": "1", "days.w.0": ["5"], "start.w.0": "22:00", "end.w.0": "06:00", "number.w.0": "3"}


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def planner(night):
    person = factories.eligible_person(entity=night.scene.team.entity, site=night.scene.team.site)
    factories.grant(person, "planner")
    return person


@pytest.fixture
def desk(planner, sign_in):
    return sign_in(planner)


def filled(night, **fields) -> dict:
    """A good form: three supervisors on Saturday nights."""
    return {
        "act": "save", "shape": "hours", "step": "60", "kind": "minimum", "entity": str(night.scene.team.entity.uid),
        "site": str(night.scene.team.site.uid), "skill": "supervisor", "name_fr": "Nuit", "name_en": "Night",
        "one_fr": "superviseur", "many_fr": "superviseurs", "one_en": "supervisor", "many_en": "supervisors",
        "first_day": "2026-06-08", **NIGHT,
    } | fields  # fmt: skip


def text_of(answer) -> str:
    return answer.content.decode()


def fault_at(page: str, name: str) -> bool:
    """Whether the control called ``name`` is marked as wrong."""
    return bool(re.search(rf'<(?:input|select)[^>]*name="{re.escape(name)}"[^>]*aria-invalid="true"', page))


def newest() -> Requirement:
    return Requirement.objects.order_by("-pk").first()


def slots_of(requirement) -> list[tuple]:
    return [
        (slot.layer, slot.days, slot.dates, slot.start, slot.end, int(slot.number)) for slot in requirement.slots.all()
    ]


def test_the_list_says_each_requirement_in_a_sentence(night, desk):
    page = text_of(desk.get(LIST))
    assert "At least 3 supervisors on site, every day, round the clock." in page
    assert reverse("requirement", args=[night.need.uid]) in page and NEW in page and COPY in page


def test_the_list_folds_what_has_ended_and_says_so_when_nothing_is_asked(night, desk):
    night.need.last_day = date(2026, 6, 1)
    night.need.save()
    page = text_of(desk.get(LIST))
    assert "1 ended requirement" in page and "Nothing is asked yet" in page
    assert page.index("<details") < page.index(night.need.name_en)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_list_costs_the_same_for_many(night, desk, language, django_assert_num_queries):
    desk.get(LIST)
    with django_assert_num_queries(13) as few:
        desk.get(LIST, headers={"accept-language": language})
    for number in range(5):
        factories.requirement(night.scene.team, number + 1)
    with django_assert_num_queries(len(few)):
        desk.get(LIST, headers={"accept-language": language})


def test_managers_see_and_change_those_of_their_team_only(night, sign_in):
    own = factories.requirement(night.scene.team, 1, name_en="Ours")
    other = factories.requirement(factories.TeamFactory(entity=night.scene.team.entity), 1, name_en="Theirs")
    client = sign_in(night.scene.manager)
    page = text_of(client.get(LIST))
    assert "Ours" in page and "Theirs" not in page and night.need.name_en not in page.replace("Ours", "")
    assert client.get(reverse("requirement", args=[own.uid])).status_code == 200
    for hidden in (other, night.need):
        assert client.get(reverse("requirement", args=[hidden.uid])).status_code == 404
    whole = client.post(NEW, filled(night))
    assert whole.status_code == 422 and "Choose the team of which it is asked." in text_of(whole)
    written = client.post(NEW, filled(night, team=str(night.scene.team.uid), **{"number.w.0": "1"}))
    assert written.status_code == 302 and newest().team == night.scene.team


def test_employees_find_nothing(night, sign_in):
    client = sign_in(night.scene.person)
    assert {client.get(page).status_code for page in (LIST, NEW, COPY)} == {404}
    assert "Edit requirements" not in text_of(sign_in(night.scene.manager).get("/year/"))


def test_the_coverage_page_leads_to_the_editor(night, desk):
    assert f'href="{LIST}"' in text_of(desk.get("/coverage/"))


def test_a_night_is_written_and_its_gaps_are_listed_with_links_to_their_days(night, desk):
    night.book(night.supervisors[0])
    answer = desk.post(NEW, filled(night, **{"number.w.0": "4"}))
    saved = newest()
    assert answer.status_code == 302 and answer.url == reverse("requirement", args=[saved.uid])
    assert slots_of(saved) == [(Layer.WEEKLY, [5], [], time(22), time(6), 4)]
    page = text_of(desk.get(answer.url))
    assert "new gap" in page and "3 of 4 supervisors on site" in page
    assert f"/coverage/2026-06-20/?at={saved.uid}#day" in page
    assert "1 telework day is concerned" in page
    assert "new gap" not in text_of(desk.get(answer.url)), "the outcome is told once"
    assert AuditEvent.objects.filter(verb="requirement.created", subject_uid=saved.uid).exists()


def test_the_effect_is_seen_before_anything_is_saved(night, desk):
    night.book(night.supervisors[0])
    answer = desk.post(NEW, filled(night, act="effect", **{"number.w.0": "4"}))
    page = text_of(answer)
    assert answer.status_code == 200 and "would open" in page and "Nothing is saved yet." in page
    assert "3 of 4 supervisors on site" in page and Requirement.objects.count() == 1
    assert 'value="22:00"' in page, "the form stays as it was typed"


KINDS = [
    ("minimum", NIGHT, (time(22), time(6))),
    ("share_at_once", NIGHT | {"number.w.0": "40"}, (time(22), time(6))),
    ("share_of_people", {"shape": "whole", "whole.w.5": "60"}, (None, None)),
    ("share_of_minutes", {"shape": "whole", "whole.w.5": "37,5"}, (None, None)),
    ("people_remote", {"shape": "whole", "whole.w.5": "2"}, (None, None)),
]


@pytest.mark.parametrize(("kind", "numbers", "hours"), KINDS, ids=[kind for kind, *_rest in KINDS])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_is_written_and_reads_back_into_the_same_form(night, desk, kind, numbers, hours, language):
    form = {name: value for name, value in filled(night, kind=kind).items() if name not in NIGHT} | numbers
    assert desk.post(NEW, form).status_code == 302
    saved = newest()
    slot = saved.slots.get()
    assert (saved.kind, slot.days, (slot.start, slot.end)) == (kind, [5], hours)
    Account.objects.update(language=language)
    page = text_of(desk.get(reverse("requirement", args=[saved.uid])))
    name, number = next(item for item in numbers.items() if item[0].startswith(("number", "whole")))
    assert f'name="{name}"' in page and f'value="{number.replace(",", ".")}"' in page
    assert desk.get(LIST).status_code == 200


def test_all_layers_are_written_together(night, desk):
    form = filled(night) | {
        "line.h": "1", "start.h.0": "00:00", "end.h.0": "24:00", "number.h.0": "2",
        "section": "d0", "dates.d0": "2026-12-24, 2026-12-31 – 2027-01-01",
        "line.d0": "1", "start.d0.0": "08:00", "end.d0.0": "20:00", "number.d0.0": "4",
    }  # fmt: skip
    assert desk.post(NEW, form).status_code == 302
    assert slots_of(newest())[1:] == [
        (Layer.HOLIDAY, [], [], time(0), time(0), 2),
        (Layer.DATED, [], ["2026-12-24", "2026-12-31", "2027-01-01"], time(8), time(20), 4),
    ]
    page = text_of(desk.get(reverse("requirement", args=[newest().uid])))
    assert "24 December 2026, 31 December 2026 – 1 January 2027" in page
    assert "2026-12-24, 2026-12-31 – 2027-01-01" in page


FAULTS = [
    ({"name_fr": "", "name_en": ""}, "name_fr", "missing"),
    ({"number.w.0": ""}, "number.w.0", "missing"),
    ({"number.w.0": "three"}, "number.w.0", "not a number"),
    ({"number.w.0": "2.5"}, "number.w.0", "no whole number"),
    ({"number.w.0": "-1"}, "number.w.0", "negative"),
    ({"start.w.0": "25:00"}, "start.w.0", "is not a time"),
    ({"end.w.0": ""}, "end.w.0", "missing"),
    ({"first_day": "2026-06-31"}, "first_day", "does not exist"),
    ({"first_day": "2026-06-30", "last_day": "2026-06-29"}, "last_day", "before it begins"),
    ({"team": "00000000-0000-4000-8000-000000000000"}, "team", "not one of the list"),
    ({"skill": "flying"}, "skill", "not one of the list"),
    ({"kind": "whatever"}, "kind", "not known"),
    ({"number.w.0": "99"}, "number.w.0", "can hold this post"),
]


@pytest.mark.parametrize(("change", "field", "says"), FAULTS, ids=[f"{field}-{says}" for _c, field, says in FAULTS])
def test_a_fault_stands_beside_its_field_and_nothing_is_lost(night, desk, change, field, says):
    answer = desk.post(NEW, filled(night) | change)
    page = text_of(answer)
    assert answer.status_code == 422 and Requirement.objects.count() == 1
    assert says in page and fault_at(page, field), field
    kept = {"name_en": "Night", "start.w.0": "22:00"} | change
    for name in ("name_en", "start.w.0"):
        if kept[name]:
            assert f'name="{name}"' in page and f'value="{kept[name]}"' in page


def test_several_faults_are_told_together_above_the_form(night, desk):
    page = text_of(desk.post(NEW, filled(night, name_en="", name_fr="", **{"number.w.0": "", "start.w.0": "x"})))
    assert "4 things to put right" in page
    assert 'href="#r-number-w-0"' in page and 'href="#r-start-w-0"' in page and "data-focus" in page


def test_a_line_without_days_and_dates_without_numbers_are_named(night, desk):
    form = filled(night) | {"section": "d0", "dates.d0": "2026-12-24"}
    del form["days.w.0"]
    page = text_of(desk.post(NEW, form))
    assert "No weekday is chosen" in page and "These dates have no number" in page


def test_what_nobody_can_meet_is_kept_only_on_purpose(night, desk):
    refused = text_of(desk.post(NEW, filled(night, **{"number.w.0": "9"})))
    assert 'name="keep"' in refused and "Keep it all the same" in refused
    assert desk.post(NEW, filled(night, keep="1", **{"number.w.0": "9"})).status_code == 302
    assert newest().slots.get().number == 9
    page = text_of(desk.get(reverse("requirement", args=[newest().uid])))
    assert "Even without telework" in page, "hours that no roster covers are told"


def test_unfit_values_of_buttons_change_nothing(night, desk):
    for act in ("", "nonsense", "step.7", "drop.w.99", "drop.w.x", "drop.zz.1", "add.zz", "paint.zz", "dates.d7"):
        answer = desk.post(NEW, filled(night, act=act))
        assert answer.status_code == 200 and 'value="22:00"' in text_of(answer), act
