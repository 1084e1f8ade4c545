"""Agreements for those who write them: versions, drafts, cases and their signatures, publication, comparison."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from people.api.door import edge, opened_by
from policies import access, blank
from policies.checking import checked
from policies.core.agreement import load
from policies.core.difference import compare
from policies.models import AgreementVersion, VersionState
from policies.selectors import timeline_for
from policies.selectors.agreements import above
from policies.services import documents, publish_version, shipped_slugs, shipped_texts
from policies.sheet import cases_shown, outcomes_of, sheet_of
from telework.errors import BadWish, NoAgreement, language

from . import agreement_shapes as shapes
from .agreement_faults import told_faults
from .paging import Paged
from .schemas import Day, Strict

router = Router(tags=["agreements"])
READ, WRITE = opened_by("agreements:read"), opened_by("agreements:write")


class CaseFilters(Paged):
    """``failed``: only cases that do not pass."""

    failed: bool = False


class Base(Strict):
    """``base``: the version to compare with; ``on``: the day of both, today if not given."""

    base: UUID
    on: Day | None = None


@router.get("/agreement", auth=READ, response=shapes.SheetOut, summary="The agreement you are under, by article")
def read_own_agreement(request: HttpRequest):
    here = edge(request)
    uid = timeline_for(here.actor).version_on(here.today)
    if uid is None:
        raise NoAgreement(here.actor, here.today)
    return _sheet(_named(AgreementVersion.objects).get(uid=uid), here.today)


@router.get("/agreements", auth=READ, response=shapes.VersionPage, summary="Every version that you may write")
def list_agreements(request: HttpRequest, filters: Query[Paged]):
    """Entity by entity, agreement by agreement, the newest first."""
    actor = edge(request).actor
    if not access.entities_for(actor).exists():
        raise Http404
    versions = access.versions_for(actor).defer("text", "cases")
    page = versions[filters.offset : filters.offset + filters.limit]
    return {"count": versions.count(), "items": [shapes.version_shape(version) for version in page]}


@router.post("/agreements", auth=WRITE, response={201: shapes.WholeVersion}, summary="Begin an agreement for an entity")
def begin_agreement(request: HttpRequest, body: shapes.Beginning):
    here = edge(request)
    entity = access.entity_for(here.actor, body.entity)
    if body.source and body.source not in shipped_slugs():
        sentence = _("“%(value)s” does not come with the product. Known are %(known)s.")
        known = {"value": body.source[:40], "known": ", ".join(shipped_slugs())}
        raise BadWish("source", body.source, sentence % known)
    if body.source:
        text, cases = shipped_texts(body.source)
        title = blank.title_of(text, language()) or body.source
    else:
        title = _("Telework agreement, %(entity)s") % {"entity": entity.name}
        text, cases = blank.agreement(title, entity.name, here.today), blank.cases(here.today)
    version = documents.begin_agreement(entity, title=title, text=text, cases=cases, actor=here.actor, now=here.now)
    return Status(201, shapes.whole_shape(version))


@router.get("/agreements/{uid}", auth=READ, response=shapes.WholeVersion, summary="A version with its text and cases")
def read_agreement(request: HttpRequest, uid: str):
    return shapes.whole_shape(access.version_for(edge(request).actor, uid))


@router.get("/agreements/{uid}/sheet", auth=READ, response=shapes.SheetOut, summary="A version, article by article")
def read_sheet(request: HttpRequest, uid: str):
    here = edge(request)
    return _sheet(access.version_for(here.actor, uid), here.today)


@router.put("/agreements/{uid}", auth=WRITE, response=shapes.Written, summary="Keep a draft, faults and all")
def save_draft(request: HttpRequest, uid: str, body: shapes.Change):
    here = edge(request)
    version = access.version_for(here.actor, uid)
    text, cases = _lines(body)
    with told_faults():
        kept = documents.save_draft(
            version, text=text, cases=cases, edition=body.version, actor=here.actor, now=here.now
        )
    return shapes.whole_shape(kept) | {"checked": _checked(kept, text, cases, here.today)}


@router.delete("/agreements/{uid}", auth=WRITE, response={204: None}, summary="Take a draft away")
def remove_draft(request: HttpRequest, uid: str):
    here = edge(request)
    version = access.version_for(here.actor, uid)
    with told_faults():
        documents.remove_draft(version, actor=here.actor, now=here.now)
    return Status(204, None)


@router.post("/agreements/{uid}/check", auth=READ, response=shapes.CheckedOut, summary="Its faults; nothing is kept")
def check_agreement(request: HttpRequest, uid: str, body: shapes.Typed):
    here = edge(request)
    return _checked(access.version_for(here.actor, uid), *_lines(body), here.today)


@router.post(
    "/agreements/{uid}/draft",
    auth=WRITE,
    response={201: shapes.WholeVersion},
    summary="Begin a version from this one",
)
def begin_draft(request: HttpRequest, uid: str):
    here = edge(request)
    source = access.version_for(here.actor, uid)
    version = documents.begin_draft(
        source.agreement, text=source.text, cases=source.cases, actor=here.actor, now=here.now
    )
    return Status(201, shapes.whole_shape(version))


@router.post("/agreements/{uid}/publish", auth=WRITE, response=shapes.VersionOut, summary="Put it in force from a day")
def publish_agreement(request: HttpRequest, uid: str, body: shapes.Publication):
    """Only without a fault and when all its cases pass; else every fault is told and nothing is changed."""
    here = edge(request)
    version = access.version_for(here.actor, uid)
    with told_faults():
        published = publish_version(version, body.since, now=here.now, actor=here.actor)
    return shapes.version_shape(published)


@router.get("/agreements/{uid}/cases", auth=READ, response=shapes.CasePage, summary="The test cases, run")
def list_cases(request: HttpRequest, uid: str, filters: Query[CaseFilters]):
    version = access.version_for(edge(request).actor, uid)
    with told_faults():
        shown = cases_shown(version, outcomes_of(version), language())
    wanted = [case for case in shown if not case.passed] if filters.failed else shown
    page = filters.of(wanted)
    passed = sum(case.passed for case in shown)
    return page | {"passed": passed, "items": [shapes.case_shape(case) for case in page["items"]]}


@router.post("/agreements/{uid}/test", auth=WRITE, response=shapes.VersionOut, summary="Call it tested if all passes")
def test_agreement(request: HttpRequest, uid: str):
    here = edge(request)
    version = access.version_for(here.actor, uid)
    with told_faults():
        return shapes.version_shape(documents.test_draft(version, actor=here.actor, now=here.now))


@router.post("/agreements/{uid}/sign", auth=WRITE, response=shapes.CasePage, summary="Sign cases that pass")
def sign_cases(request: HttpRequest, uid: str, body: shapes.Signing):
    here = edge(request)
    version = access.version_for(here.actor, uid)
    if not body.capacity.strip():
        raise BadWish("capacity", body.capacity, _("In what capacity do you sign? For instance: HR director."))
    with told_faults():
        outcomes = outcomes_of(version)
        names = body.cases or [outcome.case.name for outcome in outcomes if outcome.passed]
        signed = documents.sign_cases(version, names, capacity=body.capacity, signer=here.actor, now=here.now)
    shown = [case for case in cases_shown(version, outcomes, language()) if case.name in {one.case for one in signed}]
    items = [shapes.case_shape(case) for case in shown]
    return {"count": len(items), "passed": sum(case.passed for case in shown), "items": items}


@router.get("/agreements/{uid}/compare", auth=READ, response=shapes.Comparison, summary="A version beside another one")
def compare_agreements(request: HttpRequest, uid: str, filters: Query[Base]):
    """Rule by rule: the same, narrowed, widened, changed, removed, added."""
    here = edge(request)
    this, base = access.version_for(here.actor, uid), access.version_for(here.actor, filters.base)
    day = filters.on or here.today
    with told_faults():
        first, second = (load(each.text, name=documents.name_of(each)) for each in (base, this))
        days = tuple(max(day, each.effective_from or day) for each in (base, this))
        rules = [shapes.compared_shape(row, first, second) for row in compare(first, second, days)]
    return {"base": shapes.version_shape(base), "this": shapes.version_shape(this), "day": day, "rules": rules}


def _sheet(version: AgreementVersion, today: date) -> dict:
    """As it stands today, or on its first day when that is to come."""
    day = max(today, version.effective_from) if version.state == VersionState.IN_FORCE else today
    with told_faults():
        return shapes.sheet_shape(version, sheet_of(version, day=day, lang=language()), day)


def _named(versions):
    return versions.select_related("agreement__entity", "changed_by", "published_by")


def _lines(body: shapes.Typed) -> tuple[str, str]:
    """Both texts with the line ends of TOML."""
    return body.text.replace("\r\n", "\n"), body.cases.replace("\r\n", "\n")


def _checked(version: AgreementVersion, text: str, cases: str, today: date) -> dict:
    upper = above(version.agreement, today)
    return shapes.checked_shape(checked(text, cases, documents.name_of(version), language(), upper))
