"""The open request, made ready for its template. No reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.core.facts import ContractFacts, Facts
from telework.effect import Effect, Standing
from telework.inbox import Ask, Asked
from telework.views.strips import CoverageStrip
from telework.wording import language, part_words
from ui import words
from ui.drawing.numbers import decimal, fraction

from .rows import CLOSED, OK, TIGHT, Clause, booking_value, clauses, why_not


@dataclass(frozen=True, slots=True)
class RequestPage:
    """The open request: the day looked at, its effect, its clauses, and the other days asked with it.

    ``where`` is the place as far as the reader may know it.
    """

    ask: Ask
    asked: Asked
    effect: Effect | None
    standing: Standing
    facts: Facts
    where: str = ""
    strips: Sequence[CoverageStrip] = ()
    may_override: bool = False

    @property
    def title(self) -> str:
        day = words.long_day(self.asked.booking.day, language())
        return f"{self.ask.person.name}, {day}"

    @property
    def subtitle(self) -> str:
        booking, zone = self.asked.booking, self.ask.person.site.zone
        told = [self.ask.person.job_title, part_words(booking.part, self.asked.workday, zone)]
        if self.where:
            told.append(_("telework from %s") % self.where)
        return " · ".join(word for word in told if word)

    @property
    def asked_words(self) -> str:
        at = self.asked.booking.requested_at.astimezone(ZoneInfo(self.ask.person.site.zone))
        told = _("Requested %(day)s at %(time)s") % {
            "day": words.long_day(at.date(), language()),
            "time": f"{at:%H:%M}",
        }
        by = self.asked.booking.answer_by
        if by is None:
            return told
        answer = _("answer by %s") % words.long_day(by, language())
        return f"{told} · {answer}"

    @property
    def state(self) -> str:
        if not self.asked.possible:
            return CLOSED
        return TIGHT if self.asked.tight else OK

    @property
    def needs_override(self) -> bool:
        """Whether a reason would grant one of the days, and its reader may give one."""
        return self.may_override and any(asked.needs_override for asked in self.ask.days)

    @property
    def why_not(self) -> str:
        return self._fault(self.asked)

    def _fault(self, asked: Asked) -> str:
        return "" if asked.possible else why_not(asked)

    @property
    def clauses(self) -> list[Clause]:
        return clauses(self.asked)

    @property
    def values(self) -> str:
        return ",".join(booking_value(asked) for asked in self.ask.days)

    @property
    def days(self) -> list[tuple[Asked, str, str, str]]:
        """Each day asked for: (asked, value, words, why not)."""
        lang = language()
        return [
            (asked, booking_value(asked), words.short_day(asked.booking.day, lang), self._fault(asked))
            for asked in self.ask.days
        ]

    @property
    def day(self) -> date:
        return self.asked.booking.day

    @property
    def short_day(self) -> str:
        return words.short_day(self.day, language())

    @property
    def on_site(self) -> str:
        return f"{fraction(self.effect.before.on_site)} → {fraction(self.effect.after.on_site)}"

    @property
    def remote(self) -> str:
        return f"{fraction(self.effect.before.remote)} → {fraction(self.effect.after.remote)}"

    @property
    def on_site_after(self) -> str:
        return fraction(self.effect.after.on_site)

    @property
    def remote_after(self) -> str:
        return fraction(self.effect.after.remote)

    @property
    def absent(self) -> str:
        halves = self.effect.before.absent
        words = ngettext("%(number)s person absent", "%(number)s people absent", halves // 2)
        return words % {"number": fraction(halves)}

    @property
    def week_number(self) -> int:
        return self.day.isocalendar().week

    @property
    def week(self) -> str:
        used, limit = self.standing.week_used, self.standing.week_limit
        if limit is not None:
            return _("%(used)s of %(limit)s") % {"used": decimal(used), "limit": decimal(limit)}
        return ngettext("%(days)s day", "%(days)s days", int(used)) % {"days": decimal(used)}

    @property
    def year(self) -> str:
        balance = self.standing.balance
        if balance is None:
            return "–"
        return _("%(left)s left of %(total)s") % {
            "left": decimal(balance.left),
            "total": decimal(balance.entitlement.total),
        }

    @property
    def rate(self) -> str:
        rate = next((held.rate for held in self.facts.contracts if _holds(held, self.day)), None)
        if rate is None:
            return ""
        return _("full time") if rate == 100 else _("%(rate)s%% of full time") % {"rate": decimal(rate)}


def _holds(contract: ContractFacts, day: date) -> bool:
    return contract.start <= day and (contract.end is None or day <= contract.end)
