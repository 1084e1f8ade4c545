"""What may go wrong with a telework day, each with its code, its data and its sentence in the reader's language.

``status`` is the HTTP answer that the edge gives; nothing below the edge looks at it.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from policies.core import explain
from policies.core.decision import Decision
from policies.core.voice import YOU
from ui import words


class TeleworkError(Exception):
    """The common root: a page or an endpoint needs to know no other."""

    status = 409
    code = "refused"
    field = ""

    @property
    def title(self) -> str:
        return _("This cannot be done")

    def sentence(self) -> str:
        """Name the value and the remedy, in the active language."""
        return self.title

    def data(self) -> Mapping[str, object]:
        """What a machine wants to know beside the sentence; JSON-safe."""
        return {}

    def __str__(self) -> str:
        return self.sentence()


class BookingRefused(TeleworkError):
    """The agreement refuses the day. Carries the decision and days near by that would be possible."""

    code = "booking_refused"

    def __init__(self, decision: Decision, free_days: Sequence[date] = ()) -> None:
        super().__init__(decision)
        self.decision = decision
        self.free_days = tuple(free_days)

    @property
    def title(self) -> str:
        return _("The agreement does not allow this day")

    def sentence(self, *, voice: str = YOU) -> str:
        """``voice``: "you" to the person who asked, "them" to whoever answers."""
        first = next(iter(self.decision.failing), None)
        if first is None:
            return explain.headline(self.decision, language())
        return explain.whole(first, language(), voice=voice)

    def data(self) -> Mapping[str, object]:
        first = next(iter(self.decision.failing), None)
        return {
            "rule": first.rule if first else "",
            "article": first.article if first else "",
            "numbers": dict(first.data) if first else {},
            "decision": explain.to_json(self.decision, language()),
            "free_days": [day.isoformat() for day in self.free_days],
        }


class BadWish(TeleworkError):
    """A value that cannot be read as a wish: names the field, the value and the remedy (a translated sentence)."""

    status = 422
    code = "invalid_value"

    def __init__(self, field: str, value: object, remedy: str) -> None:
        super().__init__(field, value)
        self.field, self.value, self.remedy = field, str(value)[:200], remedy

    @property
    def title(self) -> str:
        return _("A value cannot be used")

    def sentence(self) -> str:
        return self.remedy

    def data(self) -> Mapping[str, object]:
        return {"value": self.value}


class StaleVersion(TeleworkError):
    """Somebody changed the booking since it was read."""

    code = "stale_version"

    def __init__(self, booking) -> None:
        super().__init__(booking.uid)
        self.booking = booking

    @property
    def title(self) -> str:
        return _("This day has changed meanwhile")

    def sentence(self) -> str:
        return _("%(day)s has changed meanwhile. Nothing was changed; look at it again, then decide.") % {
            "day": day_starts(self.booking.day)
        }

    def data(self) -> Mapping[str, object]:
        return {"booking": str(self.booking.uid), "version": self.booking.version, "state": self.booking.state}


class WrongState(TeleworkError):
    """The booking is not (or no longer) in a state from which the action starts."""

    code = "wrong_state"

    def __init__(self, booking, remedy: str) -> None:
        super().__init__(booking.uid)
        self.booking, self.remedy = booking, remedy

    @property
    def title(self) -> str:
        return _("This day no longer awaits that")

    def sentence(self) -> str:
        return self.remedy

    def data(self) -> Mapping[str, object]:
        return {"booking": str(self.booking.uid), "version": self.booking.version, "state": self.booking.state}


class LostRace(TeleworkError):
    """Another request took the day between the check and the writing; the database said so."""

    code = "lost_race"

    @property
    def title(self) -> str:
        return _("This day has just been taken. Nothing was changed.")


class NoAgreement(TeleworkError):
    """No agreement is in force for the person's entity on the day: refuse to guess."""

    code = "no_agreement"

    def __init__(self, person, day: date) -> None:
        super().__init__(person.uid, day)
        self.entity, self.day = person.entity.name, day

    @property
    def title(self) -> str:
        return _("No agreement is in force that day")

    def sentence(self) -> str:
        return _("%(entity)s has no telework agreement in force on %(day)s. Human resources can publish one.") % {
            "entity": self.entity,
            "day": day_words(self.day),
        }

    def data(self) -> Mapping[str, object]:
        return {"day": self.day.isoformat()}


class AgreementSilent(TeleworkError):
    """The agreement in force leaves open a value that the decision needs; it names document, article and day."""

    code = "agreement_silent"

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    @property
    def title(self) -> str:
        return _("The agreement leaves this open")

    def sentence(self) -> str:
        return self.what


def language() -> str:
    """The active language as the core's sentence tables know it: "fr" or "en"."""
    return words.language(get_language())


def day_words(day: date) -> str:
    """A date in full words of the active language: "Friday 19 June 2026", « vendredi 19 juin 2026 »."""
    return words.long_day(day, language(), year=True)


def day_starts(day: date) -> str:
    """The same at the start of a sentence."""
    text = day_words(day)
    return text[0].upper() + text[1:]
