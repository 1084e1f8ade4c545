"""Entities, sites and teams by hand."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Entity, Person, Site, Team
from people.services.calendars import calendar_changed
from people.services.versions import check_version
from people.texts import tidy

CODE = re.compile(r"[a-z0-9_-]{1,40}")
MOST_CODES = 20


@transaction.atomic
def write_team(
    team: Team | None,
    *,
    entity: Entity,
    site: Site,
    name: str,
    codes: Sequence[str],
    by: Person,
    now: datetime,
    version: str = "",
) -> Team:
    """Create a team (None) or change one. ``codes``: by which agreements name such units, branch or field."""
    if team is not None:
        team = Team.objects.select_for_update(of=("self",)).select_related("entity", "site").get(pk=team.pk)
        check_version(team, version)
    name, codes = _name(name), _codes(codes)
    twins = Team.objects.filter(entity=entity, name__iexact=name).exclude(pk=team.pk if team else None)
    if twins.exists():
        sentence = _("%(entity)s already has a team “%(name)s”. Choose another name.")
        raise BadFact("name", name, sentence % {"entity": entity.name, "name": name})
    return _write(team or Team(), "team", {"entity": entity, "site": site, "name": name, "codes": codes}, by, now)


@transaction.atomic
def write_site(
    site: Site | None, *, name: str, zone: str, holiday_region: str, by: Person, now: datetime, version: str = ""
) -> Site:
    """Create a site (None) or change one; its clock and its public holidays are those of everybody who works there."""
    if site is not None:
        site = Site.objects.select_for_update().get(pk=site.pk)
        check_version(site, version)
    values = {"name": _name(name), "zone": zone.strip(), "holiday_region": holiday_region.strip().upper()}
    try:
        Site(**values).clean()
    except ValidationError as wrong:
        field, sentences = next(iter(wrong.message_dict.items()))
        raise BadFact(field, values[field], sentences[0]) from wrong
    site = _write(site or Site(), "site", values, by, now)
    calendar_changed(Person.objects.filter(site=site).values_list("pk", flat=True))
    return site


@transaction.atomic
def write_entity(
    entity: Entity | None, *, name: str, parent: Entity | None, by: Person, now: datetime, version: str = ""
) -> Entity:
    """Create an entity (None) or change one; ``parent`` is the group it belongs to."""
    held = {each.pk: each for each in Entity.objects.select_for_update(of=("self",)).order_by("pk")}
    if entity is not None:
        entity = held[entity.pk]
        check_version(entity, version)
    name = _name(name)
    if Entity.objects.filter(name__iexact=name).exclude(pk=entity.pk if entity else None).exists():
        raise BadFact("name", name, _("An entity “%(name)s” exists. Choose another name.") % {"name": name})
    above = parent.pk if parent else None
    while above is not None:
        if entity is not None and above == entity.pk:
            sentence = _("%(parent)s belongs to %(name)s. Choose another one above it.")
            raise BadFact("parent", parent.name, sentence % {"parent": parent.name, "name": entity.name})
        above = held[above].parent_id
    values = {"name": name, "parent": parent}
    return _write(entity or Entity(slug=_free_slug(name)), "entity", values, by, now)


def _write(row, what: str, values: dict[str, object], by: Person, now: datetime):
    is_new = row.pk is None
    changed = [field for field, value in values.items() if is_new or getattr(row, field) != value]
    for field, value in values.items():
        setattr(row, field, value)
    if is_new:
        row.save()
    elif changed:
        row.save(update_fields=changed)
    if changed:
        record(by, f"{what}.added" if is_new else f"{what}.changed", row, now, fields=changed)
    return row


def _name(text: str) -> str:
    name = tidy(text, "name", 120)
    if not name:
        raise BadFact("name", "", _("The name is missing. Write it."))
    return name


def _codes(codes: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    for code in found:
        if not CODE.fullmatch(code):
            sentence = _("“%(value)s” is no code. Use small letters, digits, _ and -, such as head_office.")
            raise BadFact("codes", code, sentence % {"value": code[:40]})
    if len(found) > MOST_CODES:
        sentence = _("%(count)s codes are too many; %(most)s at most.")
        raise BadFact("codes", "", sentence % {"count": len(found), "most": MOST_CODES})
    return found


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "entity"
    known = set(Entity.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if slug not in known)
