"""The figures above the year: days left with their sum, and what the week and the month already hold."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from policies.core import explain
from policies.core.answers import Gauge
from policies.core.document import Agreement
from policies.core.wording import count, unit_name
from ui import words as speech
from ui.drawing.year import balance_cells, meter

from .forms import forms_counted
from .month import counts_of
from .wording import language
from .year import Year, month_bounds

HALF = Decimal("0.5")
MOST_DRAWN = 400  # a balance in hours is written, not drawn


@dataclass(frozen=True, slots=True)
class BalanceShown:
    """A balance ready to be read: days, the drawing, and the lines whose sum is the entitlement."""

    total: Decimal
    done: Decimal
    booked: Decimal
    pending: Decimal
    left: Decimal
    article: str
    rate: str
    lines: tuple[str, ...]
    cells: SafeString | str

    unit: str = "day"

    @property
    def units(self) -> str:
        """What is counted, where it is not days: half-days, hours …"""
        return unit_name(self.unit, language()) if self.unit != "day" else ""

    @property
    def plural(self) -> int:
        """French and English count 0 and 1.5 unlike each other; gettext is asked with a whole number."""
        return int(self.left) if self.left == int(self.left) else int(self.left) + 1


@dataclass(frozen=True, slots=True)
class GaugeShown:
    """What a week or a month holds, beside its cap."""

    name: str
    used: Decimal
    unit: str
    words: str
    more: str = ""
    meter: SafeString | str = ""


def balance_of(year: Year) -> BalanceShown | None:
    """The balance of the year shown, None where no agreement gives days."""
    balance = year.balance
    if balance is None:
        return None
    lang, due = language(), balance.entitlement
    days = {
        "done": balance.done,
        "booked": balance.booked,
        "pending": balance.pending,
        "left": balance.left,
        "total": due.total,
    }
    label = _("%(done)s done, %(booked)s booked, %(pending)s awaiting an answer, %(left)s to take of %(total)s days")
    label %= {name: speech.number(value, lang) for name, value in days.items()}
    drawn = (
        balance_cells(total=due.total, done=balance.done, booked=balance.booked, pending=balance.pending, label=label)
        if due.total <= MOST_DRAWN
        else ""
    )
    lines = tuple(explain.entitlement_lines(due, lang))
    return BalanceShown(
        due.total, balance.done, balance.booked, balance.pending, balance.left, due.article.strip("-"),
        rate_words(year), lines, drawn, due.unit,
    )  # fmt: skip


def rate_words(year: Year) -> str:
    """Like "full time" or "80 %": the contract in force at the day the balance is told."""
    contract = next(
        (
            held
            for held in year.facts.contracts
            if held.start <= year.here and (held.end is None or year.here <= held.end)
        ),
        None,
    )
    if contract is None:
        return _("no contract that day")
    if contract.rate >= 100:
        return _("full time")
    return _("%(rate)s%% of full time") % {"rate": speech.number(contract.rate, language())}


def gauges_of(year: Year, day: date) -> list[GaugeShown]:
    """The week and the month around ``day``: days held, the cap if the agreement has one, the month's allowance.

    Then every other cap that holds for the person there, but for the one that the balance tells already."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=number) for number in range(7)]
    plain, others = year.gauges(day)[:2], year.gauges(day)[2:]
    caps = {gauge.per: gauge for gauge in plain}
    first, last = month_bounds(day)
    month = [held for held in year.days if first <= held <= last]
    lang = language()
    return [
        _gauge(year, _("Week %(number)s") % {"number": day.isocalendar().week}, week, caps.get("week"), period="week"),
        _gauge(
            year, speech.MONTHS[lang][day.month - 1].capitalize(), month, caps.get("month"), period="month",
            more=_allowance(year, day),
        ),
        *(_other_gauge(year.agreement_on(day), cap) for cap in others if not _is_balance(year, cap)),
    ]  # fmt: skip


def _is_balance(year: Year, cap: Gauge) -> bool:
    due = year.balance.entitlement if year.balance else None
    return due is not None and (due.name, due.first, due.last) == (cap.name, cap.first, cap.last)


def _other_gauge(agreement: Agreement | None, cap: Gauge) -> GaugeShown:
    """A cap of any unit over any window: what is held of it, in its own words."""
    lang = language()
    limit = count(cap.limit, cap.unit, lang) if cap.limit is not None else ""
    used, of = speech.number(cap.used, lang), _("of %(limit)s") % {"limit": limit}
    drawn = meter(used=cap.used, pending=Decimal(0), limit=cap.limit, label=f"{used} {of}") if cap.limit else ""
    article = cap.article.strip("-")
    return GaugeShown(
        _cap_name(agreement, cap),
        cap.used,
        of,
        _("art. %(article)s") % {"article": article} if article else "",
        "",
        drawn,
    )


def _cap_name(agreement: Agreement | None, cap: Gauge) -> str:
    """The words of the agreement for a cap, where it has any; else its period."""
    if agreement is not None and cap.name in agreement.labels:
        words = agreement.label(cap.name).lang(language())
        return words[:1].upper() + words[1:]
    forms = forms_counted(agreement, cap.name) if agreement else []
    return ", ".join([_period_name(cap), *forms])


def _period_name(cap: Gauge) -> str:
    periods = {
        "week": _("The week"),
        "fortnight": _("The fortnight"),
        "month": _("The month"),
        "quarter": _("The quarter"),
        "half_year": _("The half-year"),
        "year": _("The year"),
        "mission": _("The mission"),
    }
    return periods.get(cap.per, _("In all"))


def _gauge(year: Year, name: str, days: list[date], cap, *, period: str, more: str = "") -> GaugeShown:
    booked = sum(bin(year.facts.booked.get(day, 0)).count("1") for day in days) * HALF
    pending = sum(bin(year.facts.pending.get(day, 0)).count("1") for day in days) * HALF
    lang = language()
    if cap is None or cap.limit is None:
        words = _("no weekly cap") if period == "week" else _("no monthly cap")
        granted = booked - pending
        unit = npgettext("unit", "day", "days", int(granted) if granted == int(granted) else int(granted) + 1)
        return GaugeShown(name, granted, unit, words, more)
    limit = speech.number(cap.limit, lang)
    label = _("%(used)s of %(limit)s") % {"used": speech.number(cap.used, lang), "limit": limit}
    drawn = meter(used=cap.used, pending=pending, limit=cap.limit, label=label)
    return GaugeShown(
        name,
        cap.used,
        _("of %(limit)s") % {"limit": limit},
        _("art. %(article)s") % {"article": article} if (article := cap.article.strip("-")) else "",
        more,
        drawn,
    )


def _allowance(year: Year, day: date) -> str:
    paid = year.allowance(day)
    if paid is None:
        return ""
    return _("allowance: %(amount)s") % {"amount": speech.money(paid.amount, language())}


def granted_in(year: Year, first: date, last: date) -> Decimal:
    """Days granted or done between two dates of the year."""
    return counts_of(code for day, code in year.codes.items() if first <= day <= last).remote * HALF
