"""What became of an answer to several requests, in one sentence for the toast."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.core.voice import THEM
from telework.errors import BookingRefused, TeleworkError
from telework.services import Answer
from telework.wording import language
from ui import words

MOST_NAMED = 3


def told(answers: Sequence[Answer], *, approved: bool) -> tuple[str, bool]:
    """(sentence, whether all were done): how many were answered, and each that was not with its reason."""
    done = [answer for answer in answers if answer.done]
    failed = [answer for answer in answers if not answer.done]
    sentences = [_done(done, approved=approved)] if done else []
    sentences += [_failed(answer) for answer in failed[:MOST_NAMED]]
    if len(failed) > MOST_NAMED:
        more = len(failed) - MOST_NAMED
        sentences.append(
            ngettext("%(count)s more was not changed.", "%(count)s more were not changed.", more) % {"count": more}
        )
    return " ".join(sentences), not failed


def _done(done: Sequence[Answer], *, approved: bool) -> str:
    names = list(dict.fromkeys(answer.booking.person.name for answer in done))
    who = {"count": len(done), "name": names[0], "day": words.long_day(done[0].booking.day, language())}
    if len(done) == 1:
        return (_("%(name)s, %(day)s: approved.") if approved else _("%(name)s, %(day)s: refused.")) % who
    if len(names) == 1:
        return (_("%(name)s: %(count)s days approved.") if approved else _("%(name)s: %(count)s days refused.")) % who
    who["people"] = len(names)
    return (
        _("%(count)s days of %(people)s people approved.")
        if approved
        else _("%(count)s days of %(people)s people refused.")
    ) % who


def _failed(answer: Answer) -> str:
    return _("Not changed: %(name)s, %(day)s. %(why)s") % {
        "name": answer.booking.person.name,
        "day": words.short_day(answer.booking.day, language()),
        "why": _why(answer.error),
    }


def _why(error: TeleworkError) -> str:
    return error.sentence(voice=THEM) if isinstance(error, BookingRefused) else error.sentence()
