"""What the endpoints about agreements read and answer. ``version`` is the edition of a draft, ``number`` its place."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from policies.checking import Checked, FaultShown
from policies.core.difference import Row, Side
from policies.core.document import Agreement
from policies.core.statement import statement, titled
from policies.models import AgreementVersion
from policies.sheet import CaseShown, RuleShown, Section, Sheet
from telework.errors import language

from . import replies
from .schemas import Day, Strict, Version
from .texts import Source, Word


class Beginning(Strict):
    """``source``: the short name of an agreement that comes with the product; "" for a page with its first rules."""

    entity: UUID
    source: Word = ""


class Typed(Strict):
    """A document and its test cases, both TOML."""

    text: Source
    cases: Source = ""


class Change(Typed):
    """``version``: the edition that was read."""

    version: Version


class Publication(Strict):
    """``since``: the first day on which it holds."""

    since: Day


class Signing(Strict):
    """Names of cases that pass; none: all that pass. ``capacity``: in what capacity one signs."""

    capacity: Annotated[Word, Field(min_length=1)]
    cases: Annotated[list[Word], Field(max_length=2000)] = []


class VersionOut(Schema):
    uid: UUID
    number: int
    title: str
    slug: str
    entity: replies.Named
    state: str
    version: int
    effective_from: date | None
    changed_at: datetime | None
    changed_by: replies.Person | None
    published_at: datetime | None
    published_by: replies.Person | None


class VersionPage(Schema):
    count: int
    items: list[VersionOut]


class WholeVersion(VersionOut):
    text: str
    cases: str


class AgreementFault(Schema):
    """``where``: text or cases; ``line`` 0: the whole."""

    where: str
    line: int
    key: str
    detail: str


class CheckedOut(Schema):
    faults: list[AgreementFault]
    more: int
    advice: list[AgreementFault]
    rules: int
    cases: int
    run: int
    passed: int


class Written(WholeVersion):
    """A draft as it was kept, faults and all."""

    checked: CheckedOut


class Signed(Schema):
    name: str
    capacity: str
    at: datetime


class CaseOut(Schema):
    """``lapsed``: it was signed, and the case or the answer has changed since."""

    name: str
    line: int
    passed: bool
    differences: list[str]
    signed: list[Signed]
    lapsed: bool


class CasePage(Schema):
    count: int
    passed: int
    items: list[CaseOut]


class RuleOut(Schema):
    title: str
    says: str
    since: str
    before: str


class ReadingOut(Schema):
    asks: str
    choice: str
    why: str


class SectionOut(Schema):
    number: str
    title: str
    text: str
    source: str
    rules: list[RuleOut]
    readings: list[ReadingOut]


class SheetOut(Schema):
    """An agreement as read on a day: each article with the rules applied and the readings chosen."""

    agreement: VersionOut
    day: date
    sections: list[SectionOut]
    cases: int
    passed: int
    signed: int


class SideOut(Schema):
    article: str
    says: str


class Compared(Schema):
    kind: str
    title: str
    change: str
    base: SideOut | None
    this: SideOut | None


class Comparison(Schema):
    base: VersionOut
    this: VersionOut
    day: date
    rules: list[Compared]


def version_shape(version: AgreementVersion) -> dict:
    """A version as lists show it."""
    agreement = version.agreement
    plain = ("uid", "number", "effective_from", "changed_at", "published_at")
    return {name: getattr(version, name) for name in plain} | {
        "title": agreement.title,
        "slug": agreement.slug,
        "entity": {"uid": agreement.entity.uid, "name": agreement.entity.name},
        "state": str(version.state),
        "version": version.edition,
        "changed_by": _person(version.changed_by),
        "published_by": _person(version.published_by),
    }


def whole_shape(version: AgreementVersion) -> dict:
    return version_shape(version) | {"text": version.text, "cases": version.cases}


def _person(person) -> dict | None:
    return {"uid": person.uid, "name": person.name} if person else None


def checked_shape(found: Checked) -> dict:
    plain = {name: getattr(found, name) for name in ("more", "rules", "cases", "run", "passed")}
    return plain | {"faults": list(map(_fault, found.faults)), "advice": list(map(_fault, found.advice))}


def _fault(fault: FaultShown) -> dict:
    return {"where": fault.where, "line": fault.line, "key": fault.key, "detail": fault.message}


def case_shape(case: CaseShown) -> dict:
    signed = [{"name": one.signer_name, "capacity": one.capacity, "at": one.signed_at} for one in case.signed]
    plain = {name: getattr(case, name) for name in ("name", "line", "passed", "lapsed")}
    return plain | {"differences": list(case.differences), "signed": signed}


def sheet_shape(version: AgreementVersion, sheet: Sheet, day: date) -> dict:
    sections = [*sheet.sections, sheet.rest] if sheet.rest.rules or sheet.rest.readings else sheet.sections
    counts = {name: getattr(sheet, name) for name in ("cases", "passed", "signed")}
    return {"agreement": version_shape(version), "day": day, "sections": list(map(_section, sections)), **counts}


def _section(section: Section) -> dict:
    plain = {name: getattr(section, name) for name in ("number", "title", "text", "source")}
    readings = [{"asks": one.asks, "choice": one.choice, "why": one.why} for one in section.readings]
    return plain | {"rules": list(map(_rule, section.rules)), "readings": readings}


def _rule(rule: RuleShown) -> dict:
    return {name: str(getattr(rule, name) or "") for name in ("title", "says", "since", "before")}


def compared_shape(row: Row, base: Agreement, this: Agreement) -> dict:
    """One rule in both documents, in words."""
    lang = language()
    document, side = (this, row.second) if row.second else (base, row.first)
    return {
        "kind": row.kind,
        "title": titled(document, side.clause, lang),
        "change": row.change.value,
        "base": _side(base, row.first, lang),
        "this": _side(this, row.second, lang),
    }


def _side(document: Agreement, side: Side | None, lang: str) -> dict | None:
    if side is None:
        return None
    return {"article": side.clause.article.strip("-"), "says": statement(document, side.clause, side.value, lang)}
