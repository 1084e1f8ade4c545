"""Rows for tests: small, true to the field, no randomness that a failing test could hide behind."""

from datetime import UTC, date, datetime, time

import factory
from factory.django import DjangoModelFactory

from people import models
from policies.models import (
    Agreement,
    AgreementVersion,
    PersonalTerm,
    Regime,
    RegimePerson,
    Requirement,
    Slot,
    VersionState,
)

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


def requirement(home, number: float, *, layers=(), start=time(0), end=time(0), **fields) -> Requirement:
    """A requirement on the people of a team (with ``team=None``: of its entity), with a weekly slot and others.

    ``layers`` are more slots as dictionaries; start and end are left out where the kind is about whole dates.
    """
    fields = {"entity": home.entity, "team": home, "site": home.site, "name_fr": "Besoin", "name_en": "Need"} | fields
    held = Requirement.objects.create(**{"first_day": date(2020, 1, 1)} | fields)
    hours = {"start": start, "end": end} if held.by_the_minute else {}
    for slot in ({}, *layers):
        Slot.objects.create(requirement=held, **{"number": number} | hours | slot)
    return held


def skilled(person, code: str, **dates) -> models.PersonSkill:
    """Give ``person`` the skill called ``code``."""
    skill, _ = models.Skill.objects.get_or_create(code=code, defaults={"name": code})
    return models.PersonSkill.objects.create(person=person, skill=skill, **{"first_day": date(2020, 1, 1)} | dates)


def shift(person, start: str, end: str, *, site=None, **fields) -> models.Shift:
    """A post from one instant (ISO with offset) to another; its date is that of the offset given."""
    begin = datetime.fromisoformat(start)
    return models.Shift.objects.create(
        person=person, start=begin, end=datetime.fromisoformat(end), day=begin.date(), zone="Europe/Paris",
        site=site or person.site, **fields,
    )  # fmt: skip


def grant(person, role, entity=None) -> models.Grant:
    """Give ``person`` a role on ``entity`` (their own by default)."""
    return models.Grant.objects.create(person=person, role=role, entity=entity or person.entity)


def _rule(kind: str, **values) -> str:
    lines = [f'[[rules]]\nkind = "{kind}"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01']
    return "\n".join([*lines, *(f"{key} = {toml}" for key, toml in values.items())])


def agreement_text(
    *, yearly: float = 100, approval: bool = True, notice: int | None = None, months_ahead: int | None = None
) -> str:
    """A short agreement in which every reading is made and only what the test is about can refuse."""
    readings = {
        "year_start": 'choice = "civil"',
        "part_time": 'choice = "linear"',
        "within_year": 'choice = "by_days"',
        "rounding": 'choice = "nearest"\nstep = "half_day"\nof = "total"',
        "half_day_counts": 'choice = "half"',
        "notice_counting": 'choice = "to_the_day"',
        "change_of_value": 'choice = "first_day"',
    }
    rules = [
        _rule("yearly_cap", limit=yearly, unit='"day"'),
        _rule("half_days", allowed="true"),
        _rule("recall_on_site", grounds='["technical_problem"]', limit=1, unit='"calendar_day"'),
    ]
    if approval:
        rules.append(_rule("manager_approval"))
    if notice is not None:
        rules.append(_rule("notice", limit=notice, unit='"calendar_day"'))
    if months_ahead is not None:
        rules.append(_rule("horizon", limit=months_ahead, unit='"month"'))
    head = 'title = "Test agreement"\nparties = ["Test"]\nin_force = 2020-01-01\nlevel = "company"\nscope = "Tests"'
    article = '[articles."1"]\ntitle = "One"\ntext = "The only article."\nsource = "text"'
    named = [f'[readings.{name}]\n{choice}\nby = "ours"\narticle = "1"' for name, choice in readings.items()]
    return "\n\n".join([head, article, *named, *rules])


def agreement_in_force(entity, *, text: str = "", since: date = date(2020, 1, 1), **rules) -> AgreementVersion:
    """Put an agreement in force for ``entity``: ``text``, or a short one with the given rules."""
    agreement, _ = Agreement.objects.get_or_create(entity=entity, slug="test", defaults={"title": "Test agreement"})
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=agreement.versions.count() + 1,
        text=text or agreement_text(**rules),
        state=VersionState.IN_FORCE,
        effective_from=since,
    )


def regime(people, first: date, last: date, *, confirmed: bool = True, **fields) -> Regime:
    """Exceptional days for a list of people (with ``listed=False``: of their entity), fired by two others."""
    two = [PersonFactory(entity=people[0].entity) for _number in range(2)]
    at = datetime.combine(first, time(8), UTC)
    fields = {"entity": people[0].entity, "name": "Strike", "listed": True, "created_at": at} | fields
    held = Regime.objects.create(**fields)
    if held.listed:
        RegimePerson.objects.bulk_create(RegimePerson(regime=held, person=person) for person in people)
    answer = {"confirmed_by": two[1], "confirmed_at": at} if confirmed else {}
    held.terms.create(first_day=first, last_day=last, prepared_by=two[0], prepared_at=at, **answer)
    return held


def term(person, first: date, last: date | None = None, **fields) -> PersonalTerm:
    """What holds for one person beside the agreement."""
    at = datetime.combine(first, time(8), UTC)
    return PersonalTerm.objects.create(person=person, first_day=first, last_day=last, written_at=at, **fields)
