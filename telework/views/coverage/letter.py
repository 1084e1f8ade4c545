"""A letter made ready for somebody who could hold a post: in their language, to be read and sent by whoever asks.

It is no message of ours. Asking somebody on their day off is a person's own act, in words they may change, and the
answer goes to them; the application neither insists nor keeps who said no.
"""

from urllib.parse import quote, urlencode

from django.utils import translation
from django.utils.translation import gettext as _

from people.models import Person
from policies.coverage.explain import sentence
from policies.coverage.requirements import Gap
from policies.coverage.windows import local_time
from policies.facts import Need
from telework.coverage.asking import Candidate
from telework.coverage.onday import Place
from ui import words


def mail_link(candidate: Candidate, gap: Gap, need: Need, sender: Person) -> str:
    """A mailto: address with subject and text, "" without an address of theirs."""
    person = candidate.person
    if not person.email or candidate.place is Place.REMOTE:
        return ""
    known = person.account or sender.account
    with translation.override(known.language if known else translation.get_language()):
        fields = {"subject": _subject(gap, need), "body": _text(candidate, gap, need, sender)}
    return f"mailto:{quote(person.email, safe='@')}?{urlencode(fields, quote_via=quote)}"


def _subject(gap: Gap, need: Need) -> str:
    lang = words.language(translation.get_language())
    return sentence(gap, lang, need.whom(lang)).rstrip(".")


def _text(candidate: Candidate, gap: Gap, need: Need, sender: Person) -> str:
    lang = words.language(translation.get_language())
    day = gap.day if gap.start is None else local_time(gap.start, gap.rule.zone).date()
    values = {
        "name": candidate.person.first_name,
        "day": words.long_day(day, lang),
        "gap": sentence(gap, lang, need.whom(lang)),
    }
    if candidate.place is Place.ON_CALL:
        question = _("You are on call then. Could you come on site?")
    else:
        question = _("You are off then, with your 11 hours of rest. Could you hold this post? You are free to say no.")
    opening = _("Hello %(name)s,\n\nthe post of %(day)s is short:\n%(gap)s") % values
    return f"{opening}\n\n{question}\n\n{sender.name}"
