"""One more case in the test book: by hand, or from a person and a day without their name; seen before it is added."""

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import access as doors
from people import clock
from people.models import Person, What
from people.reads import record_read
from policies import access
from policies.core import explain
from policies.core.agreement import AgreementError
from policies.core.case_language import VERDICTS
from policies.core.cases import Outcome, load_cases
from policies.core.facts import Part, Request
from policies.core.wording import language
from policies.models import AgreementVersion, VersionState
from policies.services import documents
from telework.lab import cases
from telework.lab.cases import Proposed

FOUND = 20
PARTS = tuple(part.value for part in Part)
LONGEST_NAME = 200


class BadCase(ValueError):
    """Something typed that makes no case, with the sentence that says why."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """/agreements/<uid>/cases/new/ with ?who= (part of a name); POST ``act``: hand, person or add."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    if version.state == VersionState.IN_FORCE:
        return redirect("agreement_cases", version.uid)
    if request.method != "POST":
        return _page(request, version, actor)
    act = {"person": _from_person, "add": _add}.get(request.POST.get("act", ""), _from_hand)
    try:
        return act(request, version, actor)
    except BadCase as bad:
        return _page(request, version, actor, said=[str(bad)], status=422)
    except AgreementError as error:
        return _page(request, version, actor, said=error.sentences(language(get_language())), status=422)
    except documents.StaleEdition as stale:
        said = [_("The draft was changed meanwhile. Nothing was added; look at the case and add it again.")]
        return _page(request, stale.version, actor, said=said, status=409)


def _from_hand(request: HttpRequest, version: AgreementVersion, actor: Person) -> HttpResponse:
    return _page(request, version, actor, proposed=cases.from_hand(version, _typed(request, version, actor)))


def _from_person(request: HttpRequest, version: AgreementVersion, actor: Person) -> HttpResponse:
    person = doors.person_for(actor, request.POST.get("person", ""), access.WRITE)
    asked = Request(_day(request, "day", _("The day asked for")), Part(_part(request)))
    name = _name(request, version, asked.day)
    today = doors.today_of(actor)
    record_read(actor, [person], What.YEAR, clock.now())
    proposed = cases.from_person(version, person, asked, name=name, today=today)
    return _page(request, version, actor, proposed=proposed)


def _add(request: HttpRequest, version: AgreementVersion, actor: Person) -> HttpResponse:
    """Add the case that was shown, as it may have been changed."""
    text = request.POST.get("case", "").replace("\r\n", "\n")
    whole = cases.appended(version.cases, text)
    if not cases.holds_one(text):
        raise BadCase(_("There is no case in it: it begins with [[cases]]."))
    load_cases(whole, name=documents.name_of(version))
    digits = request.POST.get("edition", "")
    edition = int(digits) if digits.isdecimal() and len(digits) < 9 else 0
    documents.save_draft(version, text=version.text, cases=whole, edition=edition, actor=actor, now=clock.now())
    messages.success(request, _("The case is in the book."))
    return redirect("agreement_cases", version.uid)


def _typed(request: HttpRequest, version: AgreementVersion, actor: Person) -> dict[str, object]:
    """The table of a case typed by hand. BadCase naming what cannot be read."""
    day = _day(request, "day", _("The day asked for"))
    today = _day(request, "today", _("The day of asking"), default=doors.today_of(actor))
    part, form = _part(request), request.POST.get("form", "").strip()[:60]
    table: dict[str, object] = {"name": _name(request, version, day), "today": today}
    numbers = {
        "rate": _number(request, "rate", _("The rate"), 100),
        "taken": _number(request, "taken", _("Days taken"), 366),
    }
    table |= {key: value for key, value in numbers.items() if value is not None}
    table |= {key: days for key in ("booked", "absences") if (days := _days(request, key))}
    table["request"] = {"day": day} | ({"part": part} if part != "full" else {}) | ({"form": form} if form else {})
    table["expect"] = _expected(request)
    return table


def _expected(request: HttpRequest) -> dict[str, object]:
    """What is expected as far as it is typed; empty where the draft's own answer is to be written down."""
    verdict = request.POST.get("verdict", "")
    expected: dict[str, object] = {"verdict": verdict} if verdict in VERDICTS else {}
    if rule := request.POST.get("rule", "").strip():
        expected["rule"] = rule[:80]
    left = _number(request, "left", _("Days left"), 400)
    return expected | ({"left": left} if left is not None else {})


def _name(request: HttpRequest, version: AgreementVersion, day: date) -> str:
    typed = request.POST.get("name", "").strip()[:LONGEST_NAME]
    return cases.free_name(version, typed or _("Telework on %(day)s") % {"day": day.isoformat()})


def _part(request: HttpRequest) -> str:
    part = request.POST.get("part", "full") or "full"
    if part not in PARTS:
        raise BadCase(
            _("“%(part)s” is no part of a day. Choose one of: %(known)s.")
            % {"part": part[:20], "known": ", ".join(PARTS)}
        )
    return part


def _day(request: HttpRequest, key: str, what: str, *, default: date | None = None) -> date:
    text = request.POST.get(key, "").strip()
    if not text and default:
        return default
    return _date(text, what)


def _date(text: str, what: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise BadCase(
            _("%(what)s: “%(text)s” is no date. Write one like 2027-01-01.") % {"what": what, "text": text[:20]}
        ) from None
    if not 1990 <= found.year <= 2100:
        raise BadCase(_("%(what)s: write a date between 1990 and 2100.") % {"what": what})
    return found


def _days(request: HttpRequest, key: str) -> list[date]:
    names = {"booked": _("Days granted"), "absences": _("Absences")}
    words = request.POST.get(key, "").replace(";", " ").replace(",", " ").split()
    return [_date(word, names[key]) for word in words[:400]]


def _number(request: HttpRequest, key: str, what: str, most: int) -> int | float | None:
    text = request.POST.get(key, "").strip().replace(",", ".")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not -most <= found <= most:
        raise BadCase(
            _("%(what)s: “%(text)s” is no number up to %(most)s.") % {"what": what, "text": text[:20], "most": most}
        )
    return int(found) if found == int(found) else float(found)


def _page(
    request: HttpRequest,
    version: AgreementVersion,
    actor: Person,
    *,
    proposed: Proposed | None = None,
    said: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    who = request.GET.get("who", "").strip()[:80]
    typed = request.POST.get("case", "") if said and request.POST.get("act") == "add" else ""
    page = {
        "version": version,
        "said": said or [],
        "who": who,
        "people": _people(actor, who) if who else [],
        "typed": request.POST,
        "today": doors.today_of(actor),
        "parts": PARTS,
        "verdicts": VERDICTS,
        "proposed": proposed,
        "case": proposed.text if proposed else typed,
        "answers": _answers(proposed.outcome) if proposed else [],
    }
    return render(request, "telework/lab/case.html", page, status=status)


def _people(actor: Person, who: str) -> list[Person]:
    """People whose names hold every word, as far as one may write the agreement they are under."""
    found = doors.people_for(actor, access.WRITE)
    for word in who.split()[:4]:
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return list(found.order_by("last_name", "first_name", "pk")[:FOUND])


def _answers(outcome: Outcome) -> list[str]:
    """What the draft answers, in sentences; then what differs from the case."""
    lang, told = language(get_language()), []
    for decision in outcome.decisions:
        reasons = " ".join(explain.whole(finding, lang, voice="them") for finding in decision.failing)
        told.append(f"{explain.headline(decision, lang)}. {reasons}".strip())
    return told + [text.lang(lang) for text in outcome.differences]
