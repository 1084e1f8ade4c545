"""Versions of agreements: checked before they are published, found by entity and day, never changed after."""

from datetime import UTC, date, datetime

import pytest

from people.models import AuditEvent
from policies.core.agreement import AgreementError
from policies.models import Agreement, AgreementVersion, VersionState
from policies.selectors import agreement_for
from policies.services import draft_version, install_shipped, publish_version, shipped_slugs
from tests.factories import EntityFactory, PersonFactory
from tests.policies.core.given import AGREEMENTS

NOW = datetime(2026, 6, 9, 8, tzinfo=UTC)
FIRST = date(2026, 1, 1)

pytestmark = pytest.mark.django_db


def text_of(slug: str = "ima-gie-2021") -> tuple[str, str]:
    return tuple((AGREEMENTS / f"{slug}{end}.toml").read_text(encoding="utf-8") for end in ("", ".cases"))


@pytest.fixture
def agreement():
    return Agreement.objects.create(entity=EntityFactory(), slug="a", title="A")


@pytest.mark.parametrize("slug", ["ima-gie-2021", "exemple-deux-jours"])
def test_every_shipped_agreement_can_be_installed(slug):
    assert slug in shipped_slugs()
    entity = EntityFactory()
    version = install_shipped(slug, entity, FIRST, now=NOW)
    assert version.state == VersionState.IN_FORCE
    assert version.published_at == NOW
    assert agreement_for(entity.pk, FIRST).name == f"{slug} 1"
    assert agreement_for(entity.pk, date(2025, 12, 31)) is None


def test_installing_twice_changes_nothing():
    entity = EntityFactory()
    first = install_shipped("ima-gie-2021", entity, FIRST, now=NOW)
    assert install_shipped("ima-gie-2021", entity, FIRST, now=NOW) == first
    assert AgreementVersion.objects.count() == 1


def test_an_agreement_that_is_not_shipped_is_named_with_those_that_are():
    with pytest.raises(AgreementError, match=r"Possible: .*exemple-deux-jours, .*ima-gie-2021"):
        install_shipped("ima", EntityFactory(), FIRST, now=NOW)


def test_publishing_leaves_its_trace(agreement):
    actor = PersonFactory()
    version = publish_version(draft_version(agreement, *text_of()), FIRST, now=NOW, actor=actor)
    event = AuditEvent.objects.get(subject_uid=version.uid)
    assert (event.actor, event.verb, event.data["effective_from"]) == (actor, "agreement_published", "2026-01-01")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("limit = 100", "limit = 90"), "Le 100e jour est accordable"),
        (('choice = "linear"', 'choice = "open"'), "Open reading"),
        (('kind = "notice"', 'kind = "notise"'), "Maybe “notice”"),
        (("from = 2022-01-01\nlimit = 100", "from = 2023-01-01\nlimit = 100"), "no value in force on 1 January 2022"),
    ],
)
def test_a_version_with_a_fault_is_not_published(agreement, change, said):
    text, cases = text_of()
    version = draft_version(agreement, text.replace(*change), cases)
    with pytest.raises(AgreementError, match=said):
        publish_version(version, FIRST, now=NOW)
    version.refresh_from_db()
    assert (version.state, version.effective_from) == (VersionState.DRAFT, None)
    assert not AuditEvent.objects.exists()


def test_a_version_in_force_is_not_published_again(agreement):
    version = publish_version(draft_version(agreement, *text_of()), FIRST, now=NOW)
    with pytest.raises(AgreementError, match="in force already"):
        publish_version(version, date(2026, 2, 1), now=NOW)


def test_a_version_is_not_published_from_a_day_it_does_not_speak_of(agreement):
    with pytest.raises(AgreementError, match="applies from 1 January 2022"):
        publish_version(draft_version(agreement, *text_of()), date(2021, 12, 31), now=NOW)


def test_the_version_in_force_on_the_day_judges_the_day(agreement):
    text, cases = text_of()
    publish_version(draft_version(agreement, text, cases), FIRST, now=NOW)
    publish_version(
        draft_version(
            agreement,
            text.replace("from = 2022-01-01\namount = 2.30", "from = 2022-01-01\namount = 2.40"),
            cases.replace("20.70", "21.60"),
        ),
        date(2026, 7, 1),
        now=NOW,
    )
    entity = agreement.entity_id
    amounts = [
        agreement_for(entity, day).value("allowance_per_day", "amount", on=day)
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert [str(amount) for amount in amounts] == ["2.30", "2.40"]
    assert agreement_for(entity, FIRST) is agreement_for(entity, date(2026, 6, 30))


def test_an_entity_without_its_own_agreement_follows_the_one_above():
    group = EntityFactory()
    child, other = EntityFactory(parent=group), EntityFactory(parent=group)
    install_shipped("ima-gie-2021", group, FIRST, now=NOW)
    install_shipped("exemple-deux-jours", child, date(2026, 7, 1), now=NOW)
    assert agreement_for(other.pk, date(2026, 8, 1)).name == "ima-gie-2021 1"
    assert agreement_for(child.pk, date(2026, 6, 30)).name == "ima-gie-2021 1"
    assert agreement_for(PersonFactory(entity=child), date(2026, 7, 1)).name == "exemple-deux-jours 1"


def test_the_agreement_of_a_person_is_found_by_few_queries(django_assert_num_queries):
    entity = EntityFactory(parent=EntityFactory(parent=EntityFactory()))
    person = PersonFactory(entity=entity)
    install_shipped("ima-gie-2021", entity, FIRST, now=NOW)
    agreement_for(person, FIRST)
    with django_assert_num_queries(2):
        agreement_for(person, FIRST)


def _placed(parent_text: str, own_text: str):
    """A group with one text, a company of it with another under it; the company."""
    group = EntityFactory()
    company = EntityFactory(parent=group)
    publish_version(draft_version(_agreement_of(group), parent_text), FIRST, now=NOW)
    return company, draft_version(_agreement_of(company), own_text)


def _agreement_of(entity):
    return Agreement.objects.create(entity=entity, slug="a", title="A")


_HEAD = """title = "{}"
in_force = 2022-01-01
level = "{}"
{}
[articles."1"]
title = "One"
text = "T"
source = "text"
"""
_RULE = """
[[rules]]
kind = "{}"
article = "1"
[[rules.values]]
from = 2022-01-01
{}
"""
_READING = '[readings.half_day_counts]\nchoice = "half"\nby = "text"\n'
_BOUND = _RULE.format("bound", 'of = "weekly_cap"\nkey = "limit"\nmost = 3\nunit = "day"')
_HALF_DAYS = _RULE.format("half_days", "allowed = false")


def _weekly(limit: int) -> str:
    return _READING + _RULE.format("weekly_cap", f'limit = {limit}\nunit = "day"')


def test_a_text_under_a_base_is_completed_by_it_and_keeps_what_is_its_own():
    company, draft = _placed(
        _HEAD.format("Group", "group", "") + _weekly(3) + _HALF_DAYS,
        _HEAD.format("Company", "company", 'base = "a"\n') + _weekly(2),
    )
    publish_version(draft, FIRST, now=NOW)
    held = agreement_for(company.pk, FIRST)
    assert held.value("weekly_cap", "limit", on=FIRST) == 2
    assert held.value("half_days", "allowed", on=FIRST) is False
    assert "Group" in held.clause("half_days").article
    assert agreement_for(company.pk, FIRST) is held


def test_a_text_beyond_the_bounds_of_its_base_is_not_published():
    _company, draft = _placed(
        _HEAD.format("Group", "group", "") + _BOUND,
        _HEAD.format("Company", "company", 'base = "a"\n') + _weekly(4),
    )
    with pytest.raises(AgreementError, match="weekly_cap"):
        publish_version(draft, FIRST, now=NOW)


def test_a_text_that_names_a_base_needs_one_in_force_above_it():
    alone = draft_version(_agreement_of(EntityFactory()), _HEAD.format("Alone", "company", 'base = "a"\n') + _weekly(2))
    with pytest.raises(AgreementError, match="nothing is in force above"):
        publish_version(alone, FIRST, now=NOW)
