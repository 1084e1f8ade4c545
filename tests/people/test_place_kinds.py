"""Places have a kind and a country, which agreements look at."""

import pytest
from django.urls import reverse

from people.models import Place
from tests import factories

pytestmark = pytest.mark.django_db
FORM = {"label": "Lisbon", "declared_on": "2026-06-01", "kind": "second_home", "country": "pt"}


@pytest.fixture
def page(sign_in, clock):
    clock("2026-06-03T09:00+02:00")
    return sign_in(factories.PersonFactory())


def test_a_place_is_declared_with_its_kind_and_country_and_shows_them(page):
    answer = page.post(reverse("declare_place"), FORM, follow=True)
    place = Place.objects.get()
    assert (place.kind, place.country, place.agreed) == ("second_home", "PT", False)
    assert "(PT)" in answer.content.decode()


def test_a_place_without_either_is_a_home_in_the_usual_country(page):
    page.post(reverse("declare_place"), {"label": "home", "declared_on": "2026-06-01"})
    place = Place.objects.get()
    assert (place.kind, place.country) == ("home", "")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "boat", "“boat” is no kind of place. Choose one of: home, second_home"),
        ("country", "Portugal", "“Portugal” is no country. Write its two letters"),
        ("country", "1é", "“1é” is no country"),
    ],
)
def test_what_is_no_kind_or_no_country_is_named_with_the_remedy(page, field, value, said):
    answer = page.post(reverse("declare_place"), FORM | {field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Place.objects.exists()
