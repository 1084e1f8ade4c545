"""The test book of a version: every case with its answer, the names under it, and the writing of one more."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import access as doors
from people import clock
from policies import access
from policies.core import explain
from policies.core.agreement import AgreementError
from policies.core.cases import Outcome
from policies.core.wording import language
from policies.models import AgreementVersion, VersionState
from policies.services import documents
from policies.sheet import cases_shown, outcomes_of

SHOWN = 200


@login_required
@require_safe
def book(request: HttpRequest, uid: UUID) -> HttpResponse:
    """/agreements/<uid>/cases/ with ?only=failed and ?from= (which two hundred)."""
    version = access.version_for(doors.actor(request), uid)
    return book_page(request, version)


def book_page(request: HttpRequest, version: AgreementVersion, *, said: str = "", status: int = 200) -> HttpResponse:
    """The book, with what could not be done said above it."""
    page = {"version": version, "is_draft": version.state != VersionState.IN_FORCE, "said": said, "faults": ()}
    lang = language(get_language())
    try:
        outcomes = outcomes_of(version)
    except AgreementError as error:
        page["faults"] = error.told(lang)
        return render(request, "policies/book.html", page, status=status)
    shown = cases_shown(version, outcomes, lang)
    rows = [{"case": case, "answers": _answers(outcome, lang)} for outcome, case in zip(outcomes, shown, strict=True)]
    wanted = [row for row in rows if not row["case"].passed] if request.GET.get("only") == "failed" else rows
    first = _first(request, len(wanted))
    page |= {
        "rows": wanted[first : first + SHOWN],
        "cases": len(rows),
        "passed": sum(row["case"].passed for row in rows),
        "signed": sum(bool(row["case"].signed) for row in rows),
        "lapsed": sum(row["case"].lapsed for row in rows),
        "only": "failed" if wanted is not rows else "",
        "following": first + SHOWN if first + SHOWN < len(wanted) else 0,
        "before": max(0, first - SHOWN) if first else None,
    }
    return render(request, "policies/book.html", page, status=status)


def _first(request: HttpRequest, length: int) -> int:
    digits = request.GET.get("from", "")
    wanted = int(digits) if digits.isdecimal() and len(digits) < 7 else 0
    return min(wanted, max(0, length - 1))


def _answers(outcome: Outcome, lang: str) -> list[str]:
    """What the engine said: the verdict of each day with the sentence of the rule that refused, and the days due."""
    told = []
    for decision in outcome.decisions:
        reasons = " ".join(explain.whole(finding, lang, voice="them") for finding in decision.failing)
        told.append(f"{explain.headline(decision, lang)}. {reasons}".strip())
    told = [_said_once(said, len(list(days))) for said, days in groupby(told)]
    if not outcome.decisions:
        told += [explain.whole(finding, lang, voice="them") for finding in outcome.findings]
    told += explain.entitlement_lines(outcome.due, lang) if outcome.due else []
    return told or [_("No answer: the agreement gives none, and none is guessed.")]


def _said_once(said: str, days: int) -> str:
    return said if days == 1 else _("%(days)s days: %(said)s") % {"days": days, "said": said}


@login_required
@require_POST
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put one's name under the cases ticked, or under all that pass."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    capacity = request.POST.get("capacity", "").strip()
    lang = language(get_language())
    if not capacity:
        return book_page(
            request, version, said=_("In what capacity do you sign? For instance: HR director."), status=422
        )
    try:
        everything = [outcome.case.name for outcome in outcomes_of(version) if outcome.passed]
        names = everything if request.POST.get("all") else request.POST.getlist("case")
        if not names:
            return book_page(request, version, said=_("Tick the cases to sign."), status=422)
        signed = documents.sign_cases(version, names, capacity=capacity, signer=actor, now=clock.now())
    except AgreementError as error:
        return book_page(request, version, said=" ".join(error.told(lang)), status=422)
    words = ngettext("%(number)s case is signed.", "%(number)s cases are signed.", len(signed))
    messages.success(request, words % {"number": len(signed)})
    return redirect("agreement_cases", version.uid)


@login_required
@require_POST
def run_all(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Run everything, and call the draft tested when nothing is wrong."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    try:
        documents.test_draft(version, actor=actor, now=clock.now())
    except AgreementError as error:
        said = " ".join(error.told(language(get_language()))[:5])
        return book_page(request, version, said=said, status=422)
    messages.success(request, _("Everything passes: this version may be published."))
    return redirect("agreement_cases", version.uid)
