"""Help tells what one may do, in both languages, and whom to write to."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from telework.help.sections import FOR_EVERYONE, FOR_SOME
from tests import factories

HELP = "/help/"


def slugs(page) -> set[str]:
    return set(re.findall(r'<section class="section" aria-labelledby="([\w-]+)"', page.content.decode()))


def every(who: str = "") -> set[str]:
    return {each.slug for each in (*FOR_EVERYONE, *FOR_SOME) if not who or each.who == who}


def test_somebody_without_a_role_reads_what_concerns_everybody(sign_in, person):
    assert slugs(sign_in(person).get(HELP)) == every("everyone") | {"writing"}


def test_who_leads_a_team_reads_how_to_answer_and_to_keep_cover(sign_in, team):
    lead = factories.manager_of(team)
    assert slugs(sign_in(lead).get(HELP)) - every("everyone") == {"answering", "coverage", "writing"}


@pytest.mark.parametrize(("role", "more"), [("hr", {"importing"}), ("planner", {"coverage", "rosters"})])
def test_a_granted_role_opens_its_parts(sign_in, person, role, more):
    factories.grant(person, role)
    assert more <= slugs(sign_in(person).get(HELP))


def test_slugs_are_unique_and_every_page_named_exists():
    assert len(every()) == len((*FOR_EVERYONE, *FOR_SOME))
    assert all(reverse(name).startswith("/") for each in (*FOR_EVERYONE, *FOR_SOME) for name, _words in each.pages)


def test_every_sentence_is_there_in_french():
    told = [words for each in (*FOR_EVERYONE, *FOR_SOME) for words in (each.title, *each.lines)]
    with translation.override("en"):
        english = [str(words) for words in told]
    with translation.override("fr"):
        assert [words for words in english if words in [str(each) for each in told]] == []


def test_it_names_those_who_lead_the_team_human_resources_and_support(sign_in, team, settings):
    settings.SUPPORT_ADDRESS = "help@example.org"
    person = factories.eligible_person(team=team)
    lead = factories.manager_of(team, first_name="Nadia")
    of_staff = factories.eligible_person(entity=person.entity, first_name="Hélène")
    factories.grant(of_staff, "hr")
    other = factories.eligible_person(first_name="Zoé")
    factories.grant(other, "hr")
    text = sign_in(person).get(HELP).content.decode()
    assert lead.name in text and of_staff.name in text and other.name not in text
    assert 'href="mailto:help@example.org"' in text


def test_an_account_without_a_person_reads_it_too(client, db):
    client.force_login(factories.AccountFactory())
    page = client.get(HELP)
    assert slugs(page) == every("everyone") | {"writing"}


def test_its_queries_do_not_grow_with_the_people_named(sign_in, team, django_assert_max_num_queries):
    person = factories.eligible_person(team=team)
    for _each in range(8):
        factories.manager_of(team)
    client = sign_in(person)
    client.get(HELP)
    with django_assert_max_num_queries(14):
        client.get(HELP)


@pytest.mark.parametrize("page", ["/year/", "/feeds/", "/my-data/", "/account/security/"])
def test_a_page_leads_to_its_section(sign_in, person, page):
    text = sign_in(person).get(page, follow=True).content.decode()
    found = re.search(r'href="/help/#([\w-]+)"', text)
    assert found and found[1] in every("everyone")
