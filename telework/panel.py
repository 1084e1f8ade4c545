"""What the panel of a day says: hours, bookings, the decision article by article, and days near by that are free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from people.models import Person, Place
from policies import core
from policies.core import explain
from policies.core.decision import Decision, Finding, Verdict
from policies.core.document import Agreement
from policies.core.facts import Part, Purpose, Request
from policies.core.voice import THEM, YOU
from policies.coverage.findings import stands_alone

from .coverage.days import SAFE, Sight, free_days_near, sights_of
from .coverage.watching import Watch
from .facts import place_facts
from .forms import FormChoice, chosen_form, form_choices
from .models import Booking, State
from .reasons import ReasonChoice, reason_choices
from .recorded import unpack
from .refusals import aftermath, reason_words
from .selectors import bookings_of, managers_named
from .services.giving_up import finding_of, notice_words
from .services.judging import at_usual_place, halves_of
from .year import Year
from .year_cells import state_in

PAST_FOR_CORRECTION = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding ready to be read: title, sentence, article with its text, remedy."""

    finding: Finding
    title: str
    sentence: str
    article: str
    remedy: str = ""
    quote: str = ""
    quoted: bool = False

    @property
    def refuses(self) -> bool:
        return self.finding.verdict is Verdict.REFUSED


@dataclass(frozen=True, slots=True)
class Near:
    """A day near by that is free, with its hours; ``tight`` where coverage leaves no margin."""

    day: date
    hours: str
    tight: bool = False


@dataclass(frozen=True, slots=True)
class RefusedBefore:
    """A request for the day that was refused: the ground in words, and what the agreement leaves after it."""

    booking: Booking
    why: str
    left: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the template of a day needs; it decides nothing itself."""

    day: date
    part: Part
    hours: str
    state: str
    words: str
    bookings: Sequence[Booking] = ()
    refused_before: Sequence[RefusedBefore] = ()
    headline: str = ""
    verdict: str = ""
    failing: Sequence[Shown] = ()
    passed: Sequence[Shown] = ()
    also: Sequence[Shown] = ()
    near: Sequence[Near] = ()
    places: Sequence[Place] = ()
    manager: Person | None = None
    missing: str = ""
    may_book: bool = False
    may_except: bool = False
    may_correct: bool = False
    is_past: bool = False
    rest: Sequence[Part] = ()
    form: str = ""
    forms: Sequence[FormChoice] = ()
    reasons: Sequence[ReasonChoice] = ()
    place: Place | None = None
    asks_place: bool = False
    notice: str = ""

    @property
    def met(self) -> int:
        """How many rules are met."""
        return len(self.passed) + len(self.also)

    @property
    def examined(self) -> int:
        """How many rules were looked at."""
        return self.met + len(self.failing)


def panel_of(year: Year, day: date, *, lang: str, own: bool = True, form: str = "", place: str = "") -> Panel:
    """The panel of a day of ``year``; ``own``: its reader is the person, who may act.

    ``form``: the form of telework under which the day is looked at, where the agreement knows it; ``place``: the uid of
    the declared place from which, where it says anything of places.
    """
    held = list(bookings_of(year.person, day, day).order_by("-requested_at"))
    active = [booking for booking in held if booking.is_active]
    recorded = next((booking for booking in active if _holds(booking, year.part)), None)
    state, _sign, words = state_in(year, day, lang)
    forms = form_choices(year.agreement_on(day), day, form)
    form = chosen_form(forms)
    places = valid_places(year.person, day) if own else []
    chosen = next((one for one in places if str(one.uid) == place), None)
    decision, missing = (unpack(recorded.decision), "") if recorded else _decision(year, day, form, chosen)
    voice = YOU if own else THEM
    parts = _spoken(decision, year.agreement_on(day), lang, voice) if decision else ((), (), ())
    managers = managers_named(year.person, max(day, year.today)) if own else []
    asked = _asked(recorded, decision)
    return Panel(
        day=day,
        part=year.part,
        hours=year.hours(day),
        state=state,
        words=words,
        bookings=active,
        refused_before=[_refused(year, booking) for booking in held if booking.state == State.REFUSED][:3],
        headline=explain.headline(decision, lang) if decision and not recorded else "",
        verdict=decision.verdict.name.lower() if decision else "",
        failing=parts[0],
        passed=parts[1],
        also=parts[2],
        near=_near(year, day) if own and asked and decision.verdict is Verdict.REFUSED else (),
        places=places,
        place=chosen,
        asks_place=len(places) > 1 and _looks_at_places(year.agreement_on(day)),
        reasons=reason_choices(year.agreement_on(day), day, form) if own and asked else (),
        manager=managers[0] if managers else None,
        missing=missing,
        may_except=own and asked and day >= year.today and stands_alone(decision),
        may_book=own and asked and decision.verdict is not Verdict.REFUSED and day >= year.today,
        may_correct=own and asked and day < year.today and _may_correct(year, day, decision),
        is_past=day < year.today,
        rest=_rest(active),
        form=form,
        forms=forms,
        notice=_notice(year, active) if own else "",
    )


def _notice(year: Year, active: Sequence[Booking]) -> str:
    """What it would mean by the agreement to give the day up now; "" where one is in time."""
    held = next((booking for booking in active if booking.state == State.APPROVED and booking.day >= year.today), None)
    return notice_words(finding_of(held, year.agreement_on(held.day), year.facts)) if held else ""


def _refused(year: Year, booking: Booking) -> RefusedBefore:
    agreement = year.agreement_on(booking.day)
    why = reason_words(booking.reason, agreement) if booking.reason else ""
    return RefusedBefore(booking, why, aftermath(booking, agreement, year.facts).sentences())


def _asked(recorded: Booking | None, decision: Decision | None) -> bool:
    return recorded is None and decision is not None


def _holds(booking: Booking, part: Part) -> bool:
    return bool(halves_of(booking) & part.halves)


def _rest(active: Sequence[Booking]) -> tuple[Part, ...]:
    """The halves a half-day booking leaves free on its day."""
    held = 0
    for booking in active:
        held |= halves_of(booking)
    return tuple(part for part in (Part.MORNING, Part.AFTERNOON) if held and not held & part.halves)


def _looks_at_places(agreement: Agreement | None) -> bool:
    return agreement is not None and any(agreement.clauses(kind) for kind in ("abroad", "places"))


def _decision(year: Year, day: date, form: str, place: Place | None) -> tuple[Decision | None, str]:
    """What the agreement in force that day says now, or the sentence that tells why it says nothing."""
    agreement = year.agreement_on(day)
    if agreement is None:
        return None, _("%(entity)s has no telework agreement in force that day. Human resources can publish one.") % {
            "entity": year.person.entity.name
        }
    purpose = Purpose.CORRECTION if day < year.today else Purpose.PLANNING
    request = Request(day, year.part, purpose, form, place_facts(place) if place else None)
    try:
        decision = core.decide(at_usual_place(request, year.facts, agreement), year.facts, agreement)
    except core.NoValueInForce as silent:
        return None, str(silent)
    return Watch.kept([year.person]).judge(year.person, decision, agreement, year.today), ""


def _may_correct(year: Year, day: date, decision: Decision) -> bool:
    return decision.verdict is not Verdict.REFUSED and year.today - day <= PAST_FOR_CORRECTION


def _spoken(decision: Decision, agreement, lang: str, voice: str) -> tuple[list[Shown], list[Shown], list[Shown]]:
    """Findings as people read them: those that refuse, those that are met with numbers, those that are plainly met."""
    shown = [spoken(finding, agreement, lang, voice=voice) for finding in decision.findings]
    met = [item for item in shown if not item.refuses]
    telling = [item for item in met if _tells(item)]
    return [item for item in shown if item.refuses], telling, [item for item in met if item not in telling]


def _tells(shown: Shown) -> bool:
    """Whether the sentence says more than that its rule is met: a number, a name, an answer to come."""
    if shown.finding.verdict is Verdict.NEEDS_APPROVAL or any(sign.isdecimal() for sign in shown.sentence):
        return True
    return any(isinstance(value, str) and value and value in shown.sentence for value in shown.finding.data.values())


def spoken(finding: Finding, agreement, lang: str, *, voice: str = YOU) -> Shown:
    """One finding in words; the article's text is quoted only as the document holds it."""
    article = agreement.articles.get(finding.article) if agreement and finding.article else None
    refuses = finding.verdict is Verdict.REFUSED
    return Shown(
        finding,
        title=explain.title(finding, lang),
        sentence=explain.sentence(finding, lang, voice=voice),
        article=finding.article.strip("-"),
        remedy=explain.remedy(finding, lang, voice=voice) if refuses and finding.remedy else "",
        quote=article.text.lang(lang) if article and refuses else "",
        quoted=bool(article and article.source == "text"),
    )


def _near(year: Year, day: date) -> list[Near]:
    agreement = year.agreement_on(day)
    if agreement is None or day < year.today:
        return []
    try:
        days = free_days_near(year.person, year.facts, agreement, day, year.part)
    except core.NoValueInForce:
        return []
    sights = sights_of(year.person, days, year.part)
    return [Near(free, year.hours(free), sights.get(free, SAFE).sight is Sight.TIGHT) for free in days]


def eyebrow(year: Year, panel: Panel) -> str:
    """The line above the day: kind of shift and hours, or what the day is."""
    span = year.span(panel.day)
    if span is None:
        workday = year.facts.workdays.get(panel.day)
        words = workday.holiday if workday and workday.holiday else panel.words
        return words[:1].upper() + words[1:]
    if span[0].date() != span[1].date():
        return _("Night shift, %(hours)s") % {"hours": panel.hours}
    if year.by_shifts:
        return _("Shift, %(hours)s") % {"hours": panel.hours}
    return _("Working day, %(hours)s") % {"hours": panel.hours}


def valid_places(person: Person, day: date) -> list[Place]:
    """Declared places that may be named for a booking on that day."""
    return [
        place
        for place in person.places.all()
        if place.declared_on <= day and (place.until is None or day <= place.until)
    ]
