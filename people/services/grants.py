"""Roles granted on an entity and all below it: by administrators only, and never so that none is left."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Entity, Grant, Person, Role


@transaction.atomic
def give_role(person: Person, role: str, entity: Entity, *, by: Person, now: datetime) -> Grant:
    """Grant a role on an entity; who asks must be allowed to by the caller (``grant_role`` on the entity)."""
    if role not in Role.values:
        sentence = _("“%(value)s” is no role to grant. Choose one of: %(known)s.")
        raise BadFact("role", role, sentence % {"value": role[:40], "known": ", ".join(Role.values)})
    if role == Role.ADMIN and (person.account is None or not person.account.is_active):
        sentence = _("%(name)s cannot sign in: there is no account. Invite %(name)s first.")
        raise BadFact("role", role, sentence % {"name": person.name})
    grant, is_new = Grant.objects.get_or_create(person=person, role=role, entity=entity)
    if not is_new:
        sentence = _("%(name)s has this role at %(entity)s already.")
        raise BadFact("role", role, sentence % {"name": person.name, "entity": entity.name})
    record(by, "role.given", person, now, role=str(role), entity=str(entity.uid))
    return grant


@transaction.atomic
def take_role(grant: Grant, *, by: Person, now: datetime) -> None:
    """Take a role back. The last administrator of an entity stays one: somebody must be able to grant roles."""
    person = grant.person
    if grant.role == Role.ADMIN:
        held = list(Grant.objects.select_for_update(of=("self",)).filter(role=Role.ADMIN).order_by("pk"))
        above = _with_those_above(grant.entity)
        if not any(_can_act(each) for each in held if each.pk != grant.pk and each.entity_id in above):
            sentence = _("%(name)s is the last administrator of %(entity)s. Make somebody else one first.")
            raise BadFact("role", grant.role, sentence % {"name": person.name, "entity": grant.entity.name})
    told = {"role": str(grant.role), "entity": str(grant.entity.uid)}
    grant.delete()
    record(by, "role.taken", person, now, **told)


def _can_act(grant: Grant) -> bool:
    account = grant.person.account
    return account is not None and account.is_active


def _with_those_above(entity: Entity) -> set[int]:
    found = set()
    while entity is not None and entity.pk not in found:
        found.add(entity.pk)
        entity = entity.parent
    return found
