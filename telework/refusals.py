"""What the agreement says of a refusal: the grounds that may be given, to whom a reason is owed, and what is left then.

Where its text is silent, the reasons of the house are offered, and one is always given.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people.models import Person
from policies import core
from policies.core.decision import Finding
from policies.core.document import Agreement
from policies.core.facts import Facts
from policies.selectors import timeline_for

from .errors import BadWish, day_words, language
from .facts import asked_between, facts_of_many
from .models import Booking, RefusalReason

KIND = "refusal"
Grounds = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a refusal leaves: the day from which one may ask again, the recourse and its last day; all may be empty."""

    article: str = ""
    again_from: date | None = None
    recourse: str = ""
    until: date | None = None

    def sentences(self) -> list[str]:
        """In the active language, with the article."""
        return [f"{said} ({self._article()})." if self.article else f"{said}." for said in self._said()]

    def _said(self) -> Iterator[str]:
        if self.again_from:
            yield _("It can be asked for again from %(day)s") % {"day": day_words(self.again_from)}
        if self.recourse and self.until:
            yield _("Recourse until %(day)s: %(recourse)s") % {"day": day_words(self.until), "recourse": self.recourse}
        elif self.recourse:
            yield _("Recourse: %(recourse)s") % {"recourse": self.recourse}

    def _article(self) -> str:
        return _("art. %(article)s") % {"article": self.article}


NOTHING = Aftermath()


def grounds_offered(agreement: Agreement | None, day: date, form: str = "") -> Grounds:
    """Codes and words of the grounds on which such a day may be refused.

    Those that the clause on refusals admits; else the reasons that the document lists; else those of the house.
    """
    if agreement is not None:
        admitted = dict.fromkeys(code for _name, p in _terms(agreement, day, form) for code in p["grounds"])
        if admitted:
            return [(code, reason_words(code, agreement)) for code in admitted]
        if agreement.refusal_reasons:
            return [(reason.code, reason.label.lang(language())) for reason in agreement.refusal_reasons]
    return [(code, str(label)) for code, label in RefusalReason.choices]


def grounds_of_all(days: Iterable[tuple[Agreement | None, date, str]]) -> Grounds:
    """The grounds of several days, each (agreement, day, form), every code once."""
    found: dict[str, str] = {}
    for agreement, day, form in days:
        found = {**dict(grounds_offered(agreement, day, form)), **found}
    return list(found.items()) or grounds_offered(None, date.min)


def reason_words(code: str, agreement: Agreement | None) -> str:
    """The words for the code of a reason: those of the agreement, else of the house."""
    listed = {reason.code: reason.label for reason in agreement.refusal_reasons} if agreement else {}
    if code in listed:
        return listed[code].lang(language())
    if agreement is not None and code in agreement.labels:
        return agreement.label(code).lang(language())
    if code in RefusalReason.values:
        return str(RefusalReason(code).label)
    return agreement.label(code).lang(language()) if agreement else code


def check_ground(bookings: Sequence[Booking], reason: str, *, today: date) -> None:
    """``BadWish`` where the reason is none that may be given for each of these days, or is missing and owed."""
    timelines = {entity: timeline_for(entity) for entity in {booking.person.entity_id for booking in bookings}}
    for booking in bookings:
        offered = grounds_offered(timelines[booking.person.entity_id].on(booking.day), booking.day, booking.form)
        known = [code for code, _words in offered]
        if reason and reason not in known:
            remedy = _("“%(reason)s” is not a reason. Choose one of: %(known)s.")
            raise BadWish("reason", reason, remedy % {"reason": str(reason)[:40], "known": ", ".join(known)})
    if not reason and _owed_to_one(bookings, timelines, today=today):
        raise BadWish("reason", "", _("Choose a reason: the person will read it. Nothing was changed."))


def _owed_to_one(bookings: Sequence[Booking], timelines: Mapping, *, today: date) -> bool:
    """Is a reason owed to any of these people? Always where the agreement has no clause on it."""
    agreements = {booking.pk: timelines[booking.person.entity_id].on(booking.day) for booking in bookings}
    if any(not _has_terms(agreements[booking.pk], booking) for booking in bookings):
        return True
    facts = _facts_of([booking.person for booking in bookings], [booking.day for booking in bookings], today, timelines)
    return any(
        finding is None or finding.data["reason_needed"]
        for booking in bookings
        for finding in [_consulted(agreements[booking.pk], booking, facts[booking.person_id], booking.day)]
    )


def _has_terms(agreement: Agreement | None, booking: Booking) -> bool:
    return agreement is not None and any(_terms(agreement, booking.day, booking.form))


def _facts_of(people: Collection[Person], days: Collection[date], today: date, timelines: Mapping) -> dict[int, Facts]:
    first, last = min(days), max(days)
    people = list({person.pk: person for person in people}.values())
    return facts_of_many(people, today=today, first=first, last=last, **asked_between(timelines.values(), first, last))


def aftermath(booking: Booking, agreement: Agreement | None, facts: Facts | None = None) -> Aftermath:
    """What the refusal of this booking leaves, on facts of the person (gathered where none are given)."""
    if booking.answered_at is None or not _has_terms(agreement, booking):
        return NOTHING
    on = booking.answered_at.astimezone(ZoneInfo(booking.person.site.zone)).date()
    if facts is None:
        timeline = timeline_for(booking.person)
        facts = _facts_of([booking.person], [booking.day], on, {booking.person.entity_id: timeline})[booking.person_id]
    found = _consulted(agreement, booking, replace(facts, today=on), on)
    return _aftermath(found) if found else NOTHING


def _aftermath(found: Finding) -> Aftermath:
    again, until = found.data.get("again_from"), found.data.get("recourse_until")
    return Aftermath(
        article=found.article.strip("-"),
        again_from=date.fromisoformat(str(again)) if again else None,
        recourse=str(found.data.get(f"recourse_{language()}") or "").rstrip("."),
        until=date.fromisoformat(str(until)) if until else None,
    )


def _consulted(agreement: Agreement, booking: Booking, facts: Facts, on: date) -> Finding | None:
    """What the clauses of that day say of this refusal; the one that owes most speaks, None where none holds."""
    asked = {
        "reason": booking.reason, "written": True, "sort": "", "eligible": True, "scheme_open": True, "applicant": (),
    }  # fmt: skip
    found = []
    for name in dict.fromkeys(name for name, _params in _terms(agreement, on, booking.form)):
        try:
            found.append(core.consult(KIND, asked, facts, agreement, name=name, form=booking.form, day=on))
        except core.NoValueInForce:
            continue
    return max(found, key=lambda finding: bool(finding.data["reason_needed"]), default=None)


def _terms(agreement: Agreement, day: date, form: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Name and values of the clauses on refusals by the employer in force that day for that form."""
    if not agreement.is_in_force(day):
        return
    for clause in agreement.clauses(KIND):
        value = clause.on(day) if clause.covers(form) else None
        if value is not None and value.applies and value.params["by"] == "employer":
            yield clause.name, value.params
