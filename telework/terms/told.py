"""Terms of a person in words: what follows, and from when until when."""

from django.utils.translation import gettext as _

from policies.models import PersonalTerm
from policies.selectors import timeline_for
from telework.wording import language
from ui import words

from .offers import choices_of, effect_kept, told_effect


def told_term(term: PersonalTerm) -> str:
    """What a term says: the rules that give way, or what was chosen, with its number."""
    agreement = timeline_for(term.person).on(term.first_day)
    if term.is_effect:
        return told_effect(effect_kept(term), agreement)
    labels = {choice.code: choice.label for choice in choices_of(agreement, term.first_day)}
    label = labels.get(term.code, term.code)
    label = label[:1].upper() + label[1:]
    if term.number is None:
        return label
    return _("%(label)s: %(number)s") % {"label": label, "number": words.number(term.number, language())}


def told_span(term: PersonalTerm) -> str:
    """From 1 March to 31 August 2026; from a day on while it is open."""
    lang = language()
    first = words.plain_day(term.first_day, lang)
    if term.last_day is None:
        return _("from %(first)s on") % {"first": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": words.plain_day(term.last_day, lang)}
