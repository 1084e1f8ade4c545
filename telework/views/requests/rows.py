"""Rows of the inbox and clauses of a decision, in words. No reads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.core import explain
from policies.core.decision import Finding, Verdict
from policies.core.voice import THEM
from telework.inbox import LATER, OVERDUE, THIS_WEEK, TODAY, Ask, Asked, Inbox
from telework.wording import count_words, days_words, language, part_words
from ui import words

OK, TIGHT, CLOSED, MIXED, WAITING = "ok", "tight", "closed", "mixed", "waiting"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the inbox. ``value`` names its bookings with their versions, as the form sends them."""

    ask: Ask
    value: str
    days: str
    detail: str
    deadline: str
    state: str
    verdict: str
    opened: bool


def grouped_rows(inbox: Inbox, opened: Ask | None) -> list[tuple[str, list[Row]]]:
    """The inbox by deadline: (heading, rows)."""
    headings = {
        OVERDUE: _("Answer overdue"),
        TODAY: _("Answer expected today"),
        THIS_WEEK: _("This week"),
        LATER: _("Later"),
    }
    return [(headings[name], [_row(ask, opened) for ask in asks]) for name, asks in inbox.by_urgency()]


def _row(ask: Ask, opened: Ask | None) -> Row:
    state, verdict = _verdict(ask)
    return Row(
        ask=ask,
        value=",".join(booking_value(asked) for asked in ask.days),
        days=days_words([asked.booking.day for asked in ask.days]),
        detail=_detail(ask),
        deadline=_deadline(ask),
        state=state,
        verdict=verdict,
        opened=opened is not None and opened.uid == ask.uid,
    )


def booking_value(asked: Asked) -> str:
    return f"{asked.booking.uid}.{asked.booking.version}"


def _detail(ask: Ask) -> str:
    """Hours when all days have the same, and how many days there are."""
    parts = {part_words(asked.booking.part, asked.workday, ask.person.site.zone) for asked in ask.days}
    told = [count_words(len(ask.days))] if len(ask.days) > 2 else []
    told += parts if len(parts) == 1 else []
    told += [_("correction")] if ask.days[0].booking.correction else []
    told += [_("as an exception")] if any(asked.booking.exception for asked in ask.days) else []
    return " · ".join(told)


def _deadline(ask: Ask) -> str:
    by = ask.answer_by
    if by is None:
        return ""
    if by == ask.today:
        return _("today")
    return words.short_day(by, language()) if by > ask.today else _("since %s") % words.short_day(by, language())


def _verdict(ask: Ask) -> tuple[str, str]:
    good = len(ask.possible)
    if good == len(ask.days) and any(asked.tight for asked in ask.days):
        return TIGHT, _("Tight: coverage is kept, with no margin")
    if good == len(ask.days):
        return OK, _("Within the agreement, nothing missing")
    if len(ask.days) == 1:
        return CLOSED, why_not(ask.days[0])
    if not good:
        return CLOSED, _("None within the agreement: %s") % why_not(ask.days[0])
    within = ngettext("%(count)s within the agreement", "%(count)s within the agreement", good) % {"count": good}
    return MIXED, _("%(within)s, %(rest)s to look at") % {"within": within, "rest": len(ask.days) - good}


def why_not(asked: Asked) -> str:
    """Why a day could not be approved now, in one sentence."""
    if asked.is_past:
        return _("This day is past: it cannot be approved any more.")
    judgement = asked.judgement
    if judgement.error:
        return judgement.error.sentence()
    failing = judgement.decision.failing
    return _said(failing[0]) if failing else ""


def _said(finding: Finding) -> str:
    """What a rule says of the person who asks, to whoever answers."""
    lang = language()
    return _("%(rule)s: %(sentence)s") % {
        "rule": explain.title(finding, lang),
        "sentence": explain.sentence(finding, lang, voice=THEM),
    }


@dataclass(frozen=True, slots=True)
class Clause:
    """What one rule says: sign, sentence, remedy, article."""

    sign: str
    title: str
    sentence: str
    remedy: str
    article: str


def clauses(asked: Asked) -> list[Clause]:
    """The engine's findings now, those that refuse first."""
    decision = asked.judgement.decision
    if decision is None:
        return []
    found = sorted(decision.findings, key=lambda finding: finding.verdict is not Verdict.REFUSED)
    return [_clause(finding) for finding in found]


def _clause(finding: Finding) -> Clause:
    lang = language()
    signs = {Verdict.ALLOWED: OK, Verdict.NEEDS_APPROVAL: WAITING, Verdict.REFUSED: CLOSED}
    return Clause(
        signs[finding.verdict],
        explain.title(finding, lang),
        explain.sentence(finding, lang, voice=THEM),
        explain.remedy(finding, lang, voice=THEM) if finding.verdict is Verdict.REFUSED else "",
        finding.article.strip("-"),
    )
