"""Writes about documents: begin a draft, keep what was typed, sign its cases, take a draft away."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from people.audit import record
from people.models import Entity, Person
from policies.core.agreement import AgreementError, parse
from policies.core.faults import Fault
from policies.core.signing import fingerprint
from policies.core.text import both
from policies.models import Agreement, AgreementVersion, CaseSignature, VersionState
from policies.selectors.agreements import above
from policies.services.agreements import check_texts, draft_version
from policies.sheet import outcomes_of

LONGEST_SLUG = 60


class StaleEdition(Exception):
    """Somebody else has changed the draft since it was opened; ``version`` is what they made of it."""

    def __init__(self, version: AgreementVersion) -> None:
        self.version = version
        super().__init__(version.uid)


@transaction.atomic
def begin_draft(agreement: Agreement, *, text: str, cases: str, actor: Person, now: datetime) -> AgreementVersion:
    """A new draft of an agreement, with the text and the cases it starts from."""
    version = draft_version(agreement, text, cases)
    record(actor, "agreement_drafted", version, now, number=version.number)
    return version


@transaction.atomic
def begin_agreement(
    entity: Entity, *, title: str, text: str, cases: str, actor: Person, now: datetime
) -> AgreementVersion:
    """The first draft of an agreement that ``entity`` did not have; its short name comes from its title."""
    wanted = slugify(title)[:LONGEST_SLUG].strip("-") or "accord"
    taken = set(entity.agreements.values_list("slug", flat=True))
    slug = next(name for name in _names(wanted) if name not in taken)
    agreement = Agreement.objects.create(entity=entity, slug=slug, title=title[:200])
    return begin_draft(agreement, text=text, cases=cases, actor=actor, now=now)


def _names(wanted: str):
    yield wanted
    number = 2
    while True:
        end = f"-{number}"
        yield wanted[: LONGEST_SLUG - len(end)] + end
        number += 1


@transaction.atomic
def save_draft(
    version: AgreementVersion, *, text: str, cases: str, edition: int, actor: Person, now: datetime
) -> AgreementVersion:
    """Keep what was typed, faults and all. StaleEdition when it was changed meanwhile; AgreementError when in force."""
    version = _locked(version)
    _still_a_draft(version)
    if version.edition != edition:
        raise StaleEdition(version)
    if (version.text, version.cases) == (text, cases):
        return version
    version.text, version.cases, version.state = text, cases, VersionState.DRAFT
    version.edition += 1
    version.changed_at, version.changed_by = now, actor
    version.save(update_fields=["text", "cases", "state", "edition", "changed_at", "changed_by"])
    _rename(version)
    record(actor, "agreement_changed", version, now, number=version.number, edition=version.edition)
    return version


@transaction.atomic
def test_draft(version: AgreementVersion, *, actor: Person, now: datetime) -> AgreementVersion:
    """Say that a draft is without fault and that all its cases pass; AgreementError with every fault otherwise."""
    version = _locked(version)
    _still_a_draft(version)
    upper = above(version.agreement, now.date())
    check_texts(version.text, version.cases, name=name_of(version), upper=upper)
    version.state = VersionState.TESTED
    version.save(update_fields=["state"])
    record(actor, "agreement_tested", version, now, number=version.number, edition=version.edition)
    return version


@transaction.atomic
def remove_draft(version: AgreementVersion, *, actor: Person, now: datetime) -> None:
    """Take a draft away, and its agreement with it when it was the only one."""
    version = _locked(version)
    _still_a_draft(version)
    record(actor, "agreement_draft_removed", version, now, number=version.number)
    agreement = version.agreement
    version.delete()
    if not agreement.versions.exists():
        agreement.delete()


@transaction.atomic
def sign_cases(
    version: AgreementVersion, names: Collection[str], *, capacity: str, signer: Person, now: datetime
) -> list[CaseSignature]:
    """Put one’s name under cases that pass. AgreementError naming the first that is unknown or does not pass."""
    version = _locked(version)
    outcomes = {outcome.case.name: outcome for outcome in outcomes_of(version)}
    for name in names:
        if name not in outcomes or not outcomes[name].passed:
            raise AgreementError([Fault(0, name, _NOT_PASSED)], name_of(version))
    CaseSignature.objects.filter(version=version, case__in=names, signer_name=signer.name).delete()
    signed = [
        CaseSignature(
            version=version, case=name, fingerprint=fingerprint(outcomes[name]), signer=signer,
            signer_name=signer.name, capacity=capacity.strip()[:80], signed_at=now,
        )
        for name in dict.fromkeys(names)
    ]  # fmt: skip
    CaseSignature.objects.bulk_create(signed)
    record(signer, "cases_signed", version, now, number=version.number, cases=len(signed))
    return signed


def name_of(version: AgreementVersion) -> str:
    """The name faults give the document: ``accord-teletravail 4``."""
    return f"{version.agreement.slug} {version.number}"


def _locked(version: AgreementVersion) -> AgreementVersion:
    rows = AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement__entity")
    return rows.get(pk=version.pk)


def _still_a_draft(version: AgreementVersion) -> None:
    if version.state == VersionState.IN_FORCE:
        raise AgreementError([Fault(0, "", _IN_FORCE)], name_of(version))


def _rename(version: AgreementVersion) -> None:
    """An agreement that has nothing in force yet is called as its draft is."""
    agreement = version.agreement
    if agreement.versions.filter(state=VersionState.IN_FORCE).exists():
        return
    try:
        title = parse(version.text).get("title")
    except AgreementError:
        return
    title = title.get("fr") or title.get("en") if isinstance(title, dict) else title
    if isinstance(title, str) and title.strip() and title[:200] != agreement.title:
        agreement.title = title[:200]
        agreement.save(update_fields=["title"])


_NOT_PASSED = both(
    fr="Ce cas ne passe pas : on ne signe que ce que l’application répond vraiment.",
    en="This case does not pass: only what the application really answers can be signed.",
)
_IN_FORCE = both(
    fr="Cette version est en vigueur ; elle ne change plus. Commencez une nouvelle version.",
    en="This version is in force; it no longer changes. Begin a new version.",
)
