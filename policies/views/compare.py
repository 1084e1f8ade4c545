"""Two versions side by side, of one agreement or of two entities: what is alike, narrowed, widened, own."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people import access as doors
from policies import access
from policies.core.agreement import AgreementError, load
from policies.core.difference import Change, Row, Side, compare, readings_apart
from policies.core.document import Agreement
from policies.core.readings import READINGS
from policies.core.statement import statement, titled
from policies.core.wording import language
from policies.models import AgreementVersion
from policies.services.documents import name_of

# Change → word, icon, colour of its tag.
CHANGES = {
    Change.SAME: (_("the same"), "check", ""),
    Change.NARROWED: (_("narrowed"), "half", "amber"),
    Change.WIDENED: (_("widened"), "plus", "teal"),
    Change.CHANGED: (_("changed"), "repeat", "amber"),
    Change.REMOVED: (_("not taken over"), "ban", "brick"),
    Change.ADDED: (_("its own"), "plus", "plum"),
}


@login_required
@require_safe
def compare_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """/agreements/<uid>/compare/?with=<uid>&on=<day>: the other one is the base; the version before comes first."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    others = [other for other in access.versions_for(actor) if other.pk != version.pk]
    base = access.version_for(actor, request.GET["with"]) if request.GET.get("with") else _proposed(version, others)
    page = {"version": version, "others": others, "base": base, "faults": (), "rows": ()}
    if base is not None:
        try:
            page |= _compared(base, version, _day(request, doors.today_of(actor)), language(get_language()))
        except AgreementError as error:
            page["faults"] = error.sentences(language(get_language()))
    return render(request, "policies/compare.html", page)


def _day(request: HttpRequest, today: date) -> date:
    """The day asked for, today when none is or when it is no day."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today


def _proposed(version: AgreementVersion, others: list[AgreementVersion]) -> AgreementVersion | None:
    """The version before it; else one of the entity above; else whichever there is."""
    earlier = [o for o in others if o.agreement_id == version.agreement_id and o.number < version.number]
    above = [o for o in others if o.agreement.entity_id == version.agreement.entity.parent_id]
    return next(iter(earlier or above or others), None)


def _compared(base: AgreementVersion, version: AgreementVersion, day: date, lang: str) -> dict[str, object]:
    first, second = (load(each.text, name=name_of(each)) for each in (base, version))
    days = tuple(max(day, each.effective_from or day) for each in (base, version))
    rows = [_row(row, first, second, lang) for row in compare(first, second, days)]
    counts = [(*CHANGES[change], sum(row["is"] is change for row in rows)) for change in Change]
    return {
        "rows": rows,
        "day": day,
        "later": sorted({change for each in (first, second) for change in each.changes if change > day})[:12],
        "counts": [count for count in counts if count[3]],
        "readings": [_reading(*apart, lang) for apart in readings_apart(first, second)],
    }


def _row(row: Row, first: Agreement, second: Agreement, lang: str) -> dict[str, object]:
    words, icon, colour = CHANGES[row.change]
    document, side = (second, row.second) if row.second else (first, row.first)
    return {
        "is": row.change, "title": titled(document, side.clause, lang),
        "first": _side(first, row.first, lang), "second": _side(second, row.second, lang),
        "words": words, "icon": icon, "colour": colour,
    }  # fmt: skip


def _side(document: Agreement, side: Side | None, lang: str) -> dict[str, str] | None:
    if side is None:
        return None
    return {"article": side.clause.article.strip("-"), "says": statement(document, side.clause, side.value, lang)}


def _reading(name: str, first: str, second: str, lang: str) -> dict[str, str]:
    question = READINGS[name]
    told = [
        question.choices[choice].about.lang(lang) if choice in question.choices else "–" for choice in (first, second)
    ]
    return {"asks": question.asks.lang(lang), "first": told[0], "second": told[1]}
