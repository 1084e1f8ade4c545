"""The first account of an empty house."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from notifications.services import sweep
from people import clock
from people.models import Account, Entity, Person, Role, Site

pytestmark = pytest.mark.django_db
WORDS = ("lea@example.org", "Léa", "Moreau", "--entity", "Assistance SA", "--site", "Metz")


def created(*words: str) -> str:
    out = StringIO()
    call_command("create_admin", *words, stdout=out)
    return out.getvalue()


def test_an_empty_house_gets_company_site_and_somebody_who_may():
    assert created(*WORDS, "--holidays", "fr-57") == (
        "Léa Moreau administers Assistance SA. The letter to lea@example.org is on its way.\n"
    )
    person = Person.objects.get()
    assert (person.entity.name, person.site.name, person.site.holiday_region) == ("Assistance SA", "Metz", "FR-57")
    assert {grant.role for grant in person.grants.all()} == {Role.HR, Role.ADMIN}
    assert not person.account.has_usable_password()


def test_a_letter_brings_the_link_to_choose_a_password():
    created(*WORDS)
    sweep(clock.now())
    assert mail.outbox[0].to == ["lea@example.org"]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_a_company_that_is_there_is_taken():
    created(*WORDS)
    created("zoe@example.org", "Zoé", "Petit", "--entity", "assistance sa", "--site", "metz")
    assert (Entity.objects.count(), Site.objects.count(), Account.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("no address", *WORDS[1:]), "“no address” is no mail address"),
        ((*WORDS, "--zone", "Paris"), "Paris"),
        ((*WORDS, "--holidays", "XX"), "XX"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(words, told):
    with pytest.raises(CommandError, match=told):
        created(*words)
    assert not Entity.objects.exists()


def test_an_address_in_use_is_told():
    created(*WORDS)
    with pytest.raises(CommandError, match=r"lea@example\.org"):
        created(*WORDS)
    assert Person.objects.count() == 1
