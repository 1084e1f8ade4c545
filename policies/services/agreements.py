"""Writes about agreements: a version is drafted, tested by its cases, put in force from a day, never changed after."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from people.audit import record
from people.models import Entity, Person
from policies.core.agreement import AgreementError, load
from policies.core.cases import load_cases
from policies.core.checking import check
from policies.core.document import Agreement as Document
from policies.core.faults import Fault
from policies.core.text import both
from policies.core.wording import full_date
from policies.models import Agreement, AgreementVersion, VersionState
from policies.selectors.agreements import above

SHIPPED = Path(__file__).resolve().parent.parent / "agreements"


def shipped_slugs() -> list[str]:
    """The agreements that come with the product, by the name of their file."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml") if not path.name.endswith(".cases.toml"))


def shipped_texts(slug: str) -> tuple[str, str]:
    """The text of a shipped agreement and its cases."""
    return tuple((SHIPPED / f"{slug}{end}.toml").read_text(encoding="utf-8") for end in ("", ".cases"))


def check_texts(text: str, cases: str, *, name: str = "", upper: Document | None = None) -> Document:
    """The agreement that both texts make; AgreementError with every fault of reading, completeness, law and cases.

    ``upper`` is the text above it: it fills what a text that names its base leaves out, and sets its bounds."""
    document = load(text, name=name)
    if document.base and upper is None:
        raise AgreementError([Fault(0, "base", _NO_BASE)], name)
    found = check(document, load_cases(cases, name=name), upper if document.base else None)
    if not found.is_sound:
        raise AgreementError([*found.faults, *found.case_faults], name)
    return document


@transaction.atomic
def draft_version(agreement: Agreement, text: str, cases: str = "") -> AgreementVersion:
    """A new draft after the versions there are; it may still have faults."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    last = agreement.versions.aggregate(last=Max("number"))["last"] or 0
    return agreement.versions.create(number=last + 1, text=text, cases=cases)


@transaction.atomic
def publish_version(
    version: AgreementVersion, effective_from: date, *, now: datetime, actor: Person | None = None
) -> AgreementVersion:
    """Put a version in force from a day. AgreementError when it has a fault, a failed case, or is in force already."""
    rows = AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement__entity")
    version = rows.get(pk=version.pk)
    name = f"{version.agreement.slug} {version.number}"
    if version.state == VersionState.IN_FORCE:
        raise AgreementError([Fault(0, "", _ALREADY)], name)
    upper = above(version.agreement, effective_from)
    document = check_texts(version.text, version.cases, name=name, upper=upper)
    if not document.is_in_force(effective_from):
        raise AgreementError([Fault(0, "in_force", _outside(document, effective_from))], name)
    version.state = VersionState.IN_FORCE
    version.effective_from = effective_from
    version.published_at, version.published_by = now, actor
    version.save(update_fields=["state", "effective_from", "published_at", "published_by"])
    record(actor, "agreement_published", version, now, effective_from=effective_from.isoformat(), number=version.number)
    return version


@transaction.atomic
def install_shipped(slug: str, entity: Entity, effective_from: date, *, now: datetime) -> AgreementVersion:
    """Put a shipped agreement in force for an entity; the same text is never installed twice from the same day."""
    if slug not in shipped_slugs():
        names = ", ".join(shipped_slugs())
        message = both(
            fr=f"Aucun accord livré ne s’appelle « {slug} ». Possible : {names}.",
            en=f"No shipped agreement is called “{slug}”. Possible: {names}.",
        )
        raise AgreementError([Fault(0, "slug", message)], slug)
    text, cases = shipped_texts(slug)
    agreement, _created = Agreement.objects.get_or_create(
        entity=entity, slug=slug, defaults={"title": str(load(text, name=slug).title)[:200]}
    )
    held = agreement.versions.filter(text=text, effective_from=effective_from, state=VersionState.IN_FORCE).first()
    return held or publish_version(draft_version(agreement, text, cases), effective_from, now=now)


_NO_BASE = both(
    fr="Ce texte nomme un socle, mais rien n’est en vigueur au-dessus de son entité ce jour-là. Publiez d’abord le"
    " socle, ou retirez base.",
    en="This text names a base, but nothing is in force above its entity on that day. Publish the base first, or"
    " remove base.",
)
_ALREADY = both(
    fr="Cette version est déjà en vigueur ; elle ne change plus. Ajoutez une version.",
    en="This version is in force already; it no longer changes. Add a version.",
)


def _outside(document: Document, day: date):
    first = document.in_force
    return both(
        fr=f"L’accord ne s’applique pas le {full_date(day, 'fr')} : il s’applique depuis le {full_date(first, 'fr')}.",
        en=f"The agreement does not apply on {full_date(day, 'en')}: it applies from {full_date(first, 'en')}.",
    )
