"""Rows written around the services: pages still open, and say what is wrong where somebody can mend it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from people.models import Contract, Site, WorkPattern
from policies.models import AgreementVersion
from policies.selectors import agreements
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")
    agreements._parsed.cache_clear()
    yield
    agreements._parsed.cache_clear()


def pages(client, scene) -> list:
    addresses = [
        "/year/2026/?day=2026-06-17", reverse("requests"), reverse("team_month", args=[scene.team.uid, "2026-06"]),
        reverse("balances"), reverse("person_day", args=[scene.person.uid, date(2026, 6, 17)]),
    ]  # fmt: skip
    return [client.get(address) for address in addresses]


@pytest.mark.parametrize("days", ["nonsense", [], [{"start": "9"}], {"a": 1}, [3], [{"start": "09:00", "end": None}]])
def test_a_pattern_that_cannot_be_read_counts_no_working_day(scene, sign_in, days, caplog):
    pattern = WorkPattern.objects.create(name="broken", anchor=date(2026, 1, 5), days=days)
    Contract.objects.filter(person=scene.person).update(pattern=pattern)
    assert {page.status_code for page in pages(sign_in(scene.manager), scene)} == {200}
    assert scene.person.last_name not in caplog.text


@pytest.mark.parametrize(("field", "value"), [("zone", "Mars/Olympus"), ("zone", ""), ("holiday_region", "XX-9")])
def test_a_site_with_an_unknown_zone_or_region_still_opens_its_pages(scene, sign_in, field, value):
    site = Site.objects.get(pk=scene.person.site_id)
    Site.objects.filter(pk=site.pk).update(**{field: value})
    assert {page.status_code for page in pages(sign_in(scene.manager), scene)} == {200}
    setattr(site, field, value)
    with pytest.raises(ValidationError) as refused:
        site.clean()
    assert field in refused.value.message_dict


def test_an_agreement_that_can_no_longer_be_read_is_named_with_its_fault(scene, sign_in):
    AgreementVersion.objects.update(text=factories.agreement_text().replace("half_days", "quarter_days"))
    client = sign_in(scene.manager)
    answers = pages(client, scene)
    assert {page.status_code for page in answers} == {200}
    page = answers[0].content.decode()
    assert "can no longer be read" in page and "quarter_days" in page and "test 1" in page
    told = client.post(reverse("book"), {"day": "2026-06-17", "part": "full"}, follow=True)
    assert told.status_code == 200
    assert "can no longer be read" in told.content.decode()
