"""The files of the organisation: skills and places of people, on-call periods, teams, entities, sites, events."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import access
from people.exports.directory import PLANNING, WHO, numbers_known
from people.exports.kinds import Ask, Kind, Rows, register
from people.models import AuditEvent, OnCall, Person, PersonSkill, Place, Site

AT_ONCE = 2000
STAFF, PLACES, TEAMS, ORGANISATION, AUDIT = (
    "view_people", "agree_place", "edit_teams", "edit_organisation", "export_audit"
)  # fmt: skip
_BY_NAME = ("person__last_name", "person__first_name", "person_id")
_WHO = ("person__number", "person__last_name", "person__first_name")


def _skills(ask: Ask) -> Rows:
    held = PersonSkill.objects.order_by(*_BY_NAME, "first_day", "pk")
    return _of_people(ask, STAFF, held, ("skill__code", "skill__name", "first_day", "last_day"))


def _places(ask: Ask) -> Rows:
    """Where a place lies is in no file: the commune is read person by person, each look written down."""
    held = Place.objects.order_by(*_BY_NAME, "declared_on", "pk")
    columns = ("label", "kind", "country", "declared_on", "until", "secure_internet", "insured_until", "agreed")
    return _of_people(ask, PLACES, held, columns)


def _on_calls(ask: Ask) -> Rows:
    begin, end = _instants(ask)
    held = OnCall.objects.filter(start__lt=end, end__gt=begin).order_by("start", *_BY_NAME)
    return _of_people(ask, PLANNING, held, ("start", "end", "zone", "site__name"))


def _of_people(ask: Ask, operation: str, held: QuerySet, columns) -> Rows:
    people = ask.people(operation)
    held = held.filter(person__in=people)
    known = numbers_known(ask)
    rows = held.values_list("person_id", *_WHO, *columns).iterator(chunk_size=AT_ONCE)
    told = ([number if person in known else "", *values] for person, number, *values in rows)
    return Rows(held.count(), told, list(people.order_by().values_list("pk", flat=True)))


def _teams(ask: Ask) -> Rows:
    held = access.teams_for(ask.actor, TEAMS)
    held = held.filter(pk=ask.team.pk) if ask.team else held
    rows = ([one.name, one.entity.name, one.site.name, " ".join(one.codes)] for one in held)
    return Rows(held.count(), rows)


def _entities(ask: Ask) -> Rows:
    held = access.entities_for(ask.actor, ORGANISATION)
    return Rows(held.count(), held.values_list("name", "slug", "parent__name"))


def _sites(ask: Ask) -> Rows:
    reach = access.entities_for(ask.actor, ORGANISATION).order_by().values("pk")
    held = Site.objects.filter(Q(people__entity__in=reach) | Q(teams__entity__in=reach)).distinct().order_by("name")
    return Rows(held.count(), held.values_list("name", "zone", "holiday_region"))


def _events(ask: Ask) -> Rows:
    """What these people did and what was done about them. An event holds numbers, days and codes, never a text."""
    people, (begin, end) = ask.people(AUDIT), _instants(ask)
    about = Q(subject_type=Person._meta.label_lower, subject_uid__in=people.order_by().values("uid"))
    mine = Q(actor__in=people.order_by().values("pk")) | about
    held = AuditEvent.objects.filter(mine, at__gte=begin, at__lt=end).order_by("at", "pk")
    names = {
        uid: f"{first} {last}".strip() for uid, first, last in people.values_list("uid", "first_name", "last_name")
    }

    def rows() -> Iterator[list]:
        columns = ("at", "actor__first_name", "actor__last_name", "verb", "subject_type", "subject_uid", "data")
        for at, first, last, verb, kind, uid, data in held.values_list(*columns).iterator(chunk_size=AT_ONCE):
            told = json.dumps(data, ensure_ascii=False, sort_keys=True) if data else ""
            yield [at, f"{first or ''} {last or ''}".strip(), verb, kind, str(uid), names.get(uid, ""), told]

    return Rows(held.count(), rows(), list(people.order_by().values_list("pk", flat=True)))


def _instants(ask: Ask) -> tuple[datetime, datetime]:
    """From the start of the first day to the end of the last one, in UTC."""
    first, after = (datetime.combine(day, time(), UTC) for day in (ask.first, ask.last + timedelta(days=1)))
    return first, after


def _lists_teams(actor: Person) -> bool:
    return access.teams_for(actor, TEAMS).exists()


def _organises(actor: Person) -> bool:
    return access.entities_for(actor, ORGANISATION).exists()


register(
    Kind(
        "skills", _("Skills"), _("Who has which skill, and since when."),
        (*WHO, ("skill", _("Skill")), ("skill_name", _("Name of the skill")), ("first_day", _("First day")),
         ("last_day", _("Last day"))),
        STAFF, _skills,
    ),
    Kind(
        "places", _("Places of telework"), _("Declared places by name and kind; never where they lie."),
        (*WHO, ("label", _("Place")), ("kind", _("Kind")), ("country", _("Country")), ("declared_on", _("Declared on")),
         ("until", _("Until")), ("secure_internet", _("Secure internet")), ("insured_until", _("Insured until")),
         ("agreed", _("Agreed"))),
        PLACES, _places,
    ),
    Kind(
        "on_calls", _("On-call periods"), _("From when until when, day or night."),
        (*WHO, ("start", _("Start")), ("end", pgettext_lazy("time", "End")), ("zone", _("Time zone")),
         ("site", _("Site"))),
        PLANNING, _on_calls, dated=True,
    ),
    Kind(
        "team_list", _("List of teams"), _("Each team with its entity, site and codes."),
        (("team", _("Team")), ("entity", _("Entity")), ("site", _("Site")), ("codes", _("Codes"))),
        TEAMS, _teams, opens=_lists_teams,
    ),
    Kind(
        "entities", _("Entities"), _("Companies of the group, each with the one above."),
        (("entity", _("Entity")), ("code", _("Code")), ("parent", _("Above"))),
        ORGANISATION, _entities, opens=_organises, by_team=False,
    ),
    Kind(
        "sites", _("Sites"), _("Places of work with their clock and public holidays."),
        (("site", _("Site")), ("zone", _("Time zone")), ("holidays", _("Public holidays"))),
        ORGANISATION, _sites, opens=_organises, by_team=False,
    ),
    Kind(
        "events", _("Audit"), _("Who did what, to which row, and when."),
        (("at", _("At")), ("actor", _("Who")), ("verb", _("What")), ("kind", _("Of which kind")),
         ("reference", _("Reference")), ("about", _("About")), ("values", _("Values"))),
        AUDIT, _events, dated=True,
    ),
)  # fmt: skip
