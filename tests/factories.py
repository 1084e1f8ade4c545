"""Rows for tests: small, true to the field, no randomness that a failing test could hide behind."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from people import models

WEEK = [{"start": "09:00", "end": "17:00"}] * 5 + [None, None]
MONDAY = date(2024, 1, 1)


class EntityFactory(DjangoModelFactory):
    class Meta:
        model = models.Entity

    name = factory.Sequence("Entity {}".format)
    slug = factory.Sequence("entity-{}".format)


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = models.Site

    name = factory.Sequence("Site {}".format)


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = models.Team

    entity = factory.SubFactory(EntityFactory)
    site = factory.SubFactory(SiteFactory)
    name = factory.Sequence("Team {}".format)


class AccountFactory(DjangoModelFactory):
    class Meta:
        model = models.Account

    email = factory.Sequence("person{}@example.org".format)
    language = "en"
    password = "!"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = models.Person

    entity = factory.SubFactory(EntityFactory)
    site = factory.SubFactory(SiteFactory)
    account = factory.SubFactory(AccountFactory)
    email = factory.SelfAttribute("account.email")
    first_name = factory.Sequence("Camille{}".format)
    last_name = "Moreau"
    job = "assistance"
    hired_on = date(2020, 1, 1)
    autonomy_validated_on = date(2021, 1, 4)


class WorkPatternFactory(DjangoModelFactory):
    class Meta:
        model = models.WorkPattern

    name = "Office week"
    anchor = MONDAY
    days = WEEK


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = models.Contract

    person = factory.SubFactory(PersonFactory)
    start = date(2020, 1, 1)
    pattern = factory.SubFactory(WorkPatternFactory)


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place

    person = factory.SubFactory(PersonFactory)
    label = "home"
    commune = "Niort"
    declared_on = date(2021, 1, 4)
    secure_internet = True
    insured_until = date(2099, 12, 31)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    first_day = date(2020, 1, 1)


def eligible_person(*, team=None, rate=100, pattern=None, **fields) -> models.Person:
    """A person whom only the rule under test can refuse: contract, autonomy, insured place, team if given."""
    if team:
        fields.setdefault("entity", team.entity)
        fields.setdefault("site", team.site)
    person = PersonFactory(**fields)
    ContractFactory(person=person, rate=rate, **({"pattern": pattern} if pattern else {}))
    PlaceFactory(person=person)
    if team:
        MembershipFactory(person=person, team=team)
    return person


def manager_of(team, **fields) -> models.Person:
    """An eligible person who manages ``team`` and is a member of it."""
    person = eligible_person(team=team, **fields)
    MembershipFactory(person=person, team=team, role=models.MembershipRole.MANAGER)
    return person


def grant(person, role, entity=None) -> models.Grant:
    """Give ``person`` a role on ``entity`` (their own by default)."""
    return models.Grant.objects.create(person=person, role=role, entity=entity or person.entity)
