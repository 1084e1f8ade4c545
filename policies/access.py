"""The only door to an agreement and its versions. What one may not know of is not found, like what does not exist."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from people import access
from people.models import Entity, Person
from policies.models import AgreementVersion

WRITE = "write_agreement"


def version_for(actor: Person | None, uid: UUID | str) -> AgreementVersion:
    """The version called ``uid``, if ``actor`` may write the agreements of its entity; else not found."""
    versions = AgreementVersion.objects.select_related("agreement__entity", "changed_by", "published_by")
    version = versions.filter(uid=access.read_uid(uid)).first()
    target = version.agreement.entity if version else access.NO_ENTITY
    if not access.may(actor, WRITE, target) or version is None:
        raise Http404
    return version


def entity_for(actor: Person | None, uid: UUID | str) -> Entity:
    """The entity called ``uid``, if ``actor`` may write its agreements; else not found."""
    entity = entities_for(actor).filter(uid=access.read_uid(uid)).first()
    if entity is None:
        raise Http404
    return entity


def entities_for(actor: Person | None) -> QuerySet[Entity]:
    """The entities whose agreements ``actor`` may write, by name."""
    return access.entities_for(actor, WRITE)


def versions_for(actor: Person | None) -> QuerySet[AgreementVersion]:
    """Every version that ``actor`` may read as a writer: entity by entity, agreement by agreement, the newest first."""
    versions = AgreementVersion.objects.filter(agreement__entity__in=entities_for(actor))
    return versions.select_related("agreement__entity", "changed_by", "published_by").order_by(
        "agreement__entity__name", "agreement__title", "agreement", "-number"
    )
