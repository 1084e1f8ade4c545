"""The letters about exceptional days: to the second person, and to everybody concerned."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notifications.kinds import Mail, register
from notifications.models import Message
from policies.models import RegimeTerm
from telework.letters import Button, Letter
from telework.lines import Line, first_name
from telework.wording import language
from ui import words

from .services import ENDED, EXTENDED, OPENED, TO_CONFIRM, last_day_of


def register_all() -> None:
    """Tell the outbox who writes these letters."""
    for kind in (TO_CONFIRM, OPENED, EXTENDED, ENDED):
        register(kind, render)


def render(message: Message) -> Mail | None:
    """The letter in words; None where what it tells is no longer so."""
    terms = RegimeTerm.objects.select_related("regime__entity", "regime__site", "regime__team", "prepared_by")
    term = terms.filter(uid=message.data["term"]).first()
    if term is None:
        return None
    letter = _to_confirm(message, term) if message.kind == TO_CONFIRM else _to_all(message, term)
    if letter is None:
        return None
    context = {"letter": letter, "base_url": settings.BASE_URL}
    return Mail(
        subject=letter.subject,
        text=render_to_string("telework/mail/letter.txt", context),
        html=render_to_string("telework/mail/letter.html", context),
    )


def _to_confirm(message: Message, term: RegimeTerm) -> Letter | None:
    if term.confirmed_at or term.dismissed_at:
        return None
    named = {"name": term.regime.name, "actor": term.prepared_by.name}
    return Letter(
        subject=_("To confirm: %(name)s") % named,
        headline=_("Exceptional days await a second person: %(name)s") % named,
        sentence=_hello(message)
        + _("%(actor)s has prepared them. Nothing holds until somebody else confirms.") % named,
        lines=(_dates(term), Line(_("For"), (scope_words(term.regime),)), *_said(term)),
        buttons=(Button(_("See them"), settings.BASE_URL + reverse("exceptional_days", args=[term.regime.uid])),),
        notes=(_("You receive this message because you may confirm exceptional days for this entity."),),
    )


def _to_all(message: Message, term: RegimeTerm) -> Letter | None:
    regime, last = term.regime, last_day_of(term.regime)
    named = {"name": regime.name, "day": words.long_day(last or term.first_day, language())}
    if message.kind == ENDED:
        subject = _("Exceptional days end: %(name)s") % named
        headline = _("%(name)s: the exceptional days end on %(day)s.") % named
        if last is None:
            headline = _("%(name)s: the exceptional days are called off.") % named
        said = _("Telework asked for after that stays as it is, and the agreement’s rules apply to it again.")
        lines = ()
    elif term.dismissed_at or last is None:
        return None
    else:
        subject = _("Exceptional days: %(name)s") % named
        headline = _("%(name)s: telework is open to you until %(day)s.") % named
        said = _effect(regime)
        lines = (_dates(term, last), *_said(term))
    page = settings.BASE_URL + reverse("year_of", args=[term.first_day.year]) + f"?day={term.first_day.isoformat()}"
    return Letter(
        subject=subject,
        headline=headline,
        sentence=f"{_hello(message)}{said} " + _("Nothing is booked or cancelled for you."),
        lines=lines,
        buttons=(Button(_("See my days"), page),),
        notes=(_("You receive this message because it is about your own days."),),
    )


def _effect(regime) -> str:
    if regime.off_quota:
        return _("The days you telework then are taken from no quota.")
    return _("The agreement’s rules for these circumstances apply.")


def _dates(term: RegimeTerm, last=None) -> Line:
    return Line(pgettext("letter", "When"), (span_words(term.first_day, last or term.last_day),))


def span_words(first, last) -> str:
    """From Monday 15 June to Friday 26 June 2026; one day alone."""
    lang = language()
    if first == last:
        return words.long_day(first, lang, year=True)
    told = {"first": words.long_day(first, lang, year=first.year != last.year)}
    return _("from %(first)s to %(last)s") % {**told, "last": words.long_day(last, lang, year=True)}


def _said(term: RegimeTerm) -> list[Line]:
    lines = [Line(_("Article"), (term.regime.article,))] if term.regime.article.strip("-") else []
    return [*lines, Line(_("In words"), (term.regime.words,), quoted=True)] if term.regime.words else lines


def scope_words(regime) -> str:
    """Whom the days are for: entity, site, team, job, or a list."""
    parts = [regime.entity.name, *(held.name for held in (regime.site, regime.team) if held), regime.job]
    told = ", ".join(part for part in parts if part)
    return _("a list of people of %(scope)s") % {"scope": told} if regime.listed else told


def _hello(message: Message) -> str:
    return _("Hello %(name)s,") % {"name": first_name(message.recipient)} + "\n"
