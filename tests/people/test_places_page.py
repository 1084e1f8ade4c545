"""My places: declare, see what keeps a place from counting, end it."""

import re

import pytest
from django.urls import reverse

from tests import factories

PLACE = {"label": "By the sea", "commune": "Le Havre", "declared_on": "2026-06-03", "insured_until": "2027-06-02"}


@pytest.fixture(autouse=True)
def _today(clock):
    clock("2026-06-03T09:00+02:00")


@pytest.fixture
def page(sign_in, person):
    return sign_in(person)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_declared_place_is_listed_with_its_commune(page, person):
    answer = page.post(reverse("declare_place"), PLACE | {"secure_internet": "1"}, follow=True)
    assert "<strong>By the sea</strong>, Le Havre" in text_of(answer)
    assert "insured until 2 June 2027" in text_of(answer)
    assert person.places.get(label="By the sea").secure_internet


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"label": ""}, "label", "Write a name for the place."),
        ({"label": "x" * 61}, "label", "61 characters are too many; 60 at most."),
        ({"declared_on": "2026-06-31"}, "declared_on", "“2026-06-31” is not a date."),
        ({"insured_until": "31/12/2026"}, "insured_until", "“31/12/2026” is not a date."),
        ({"insured_until": "2026-06-02"}, "insured_until", "The insurance ended before the declaration"),
        ({"declared_on": "0001-01-01"}, "declared_on", "The year 1 is out of reach."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_its_sentence(page, person, changes, field, sentence):
    answer = page.post(reverse("declare_place"), PLACE | changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert re.search(rf'id="place-{field}"[^>]*aria-invalid="true"', answer.content.decode())
    assert 'value="Le Havre"' in text_of(answer)
    assert not person.places.filter(commune="Le Havre").exists()
    assert person.places.count() == 1


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"secure_internet": False}, "Secure internet is not confirmed."),
        ({"insured_until": None}, "No insurance is declared."),
        ({"insured_until": "2026-06-02"}, "The insurance has ended"),
        ({"insured_until": "2026-06-20"}, "The insurance ends soon."),
    ],
)
def test_a_place_says_what_keeps_it_from_counting(page, person, fields, doubt):
    assert doubt not in text_of(page.get(reverse("places")))
    person.places.update(**fields)
    assert doubt in text_of(page.get(reverse("places")))


def test_a_place_is_ended_and_stays_to_be_read(page, person):
    place = person.places.get()
    answer = page.post(reverse("end_place", args=[place.uid]), {"last_day": "2026-06-30"}, follow=True)
    assert "until 30 June 2026" in text_of(answer)


def test_a_place_cannot_end_before_it_began(page, person):
    place = person.places.get()
    answer = page.post(reverse("end_place", args=[place.uid]), {"last_day": "2001-01-01"})
    assert answer.status_code == 422
    assert "it cannot end before" in text_of(answer)


def test_the_place_of_somebody_else_is_not_found(page):
    other = factories.eligible_person().places.get()
    assert page.post(reverse("end_place", args=[other.uid])).status_code == 404
    other.refresh_from_db()
    assert other.until is None
