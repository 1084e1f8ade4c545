"""Numbers, days and counts in French and English words; sentences are templates filled with them.

A template field says how its value is written: ``{left:number}``, ``{limit:day}`` (2 jours / 2 days),
``{day:weekday_date}``, ``{first:date}``, ``{period:of_period}``. A field in the format of another is allowed:
``{needed:{unit}}`` counts in the unit that ``unit`` names.
"""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from string import Formatter

_WEEKDAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_UNITS = {
    "fr": {
        "day": ("jour", "jours"),
        "half_day": ("demi-journée", "demi-journées"),
        "working_day": ("jour ouvré", "jours ouvrés"),
        "calendar_day": ("jour", "jours"),
        "month": ("mois", "mois"),
        "week": ("semaine", "semaines"),
        "fortnight": ("quinzaine", "quinzaines"),
        "quarter": ("trimestre", "trimestres"),
        "half_year": ("semestre", "semestres"),
        "weekly_day": ("jour par semaine", "jours par semaine"),
        "year": ("an", "ans"),
        "hour": ("heure", "heures"),
        "person": ("personne", "personnes"),
        "rule": ("règle", "règles"),
        "slot": ("créneau", "créneaux"),
        "occasion": ("fois", "fois"),
    },
    "en": {
        "day": ("day", "days"),
        "half_day": ("half-day", "half-days"),
        "working_day": ("working day", "working days"),
        "calendar_day": ("day", "days"),
        "month": ("month", "months"),
        "week": ("week", "weeks"),
        "fortnight": ("fortnight", "fortnights"),
        "quarter": ("quarter", "quarters"),
        "half_year": ("half-year", "half-years"),
        "weekly_day": ("weekly day", "weekly days"),
        "year": ("year", "years"),
        "hour": ("hour", "hours"),
        "person": ("person", "people"),
        "rule": ("rule", "rules"),
        "slot": ("slot", "slots"),
        "occasion": ("time", "times"),
    },
}
_SMALL = {
    "fr": ["aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"],
    "en": ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
}
_PARTS = {
    "fr": {"1": "la première moitié", "2": "la seconde moitié", "3": "la journée"},
    "en": {"1": "the first half", "2": "the second half", "3": "the day"},
}
_ONE_DAY = timedelta(days=1)
_NEAR = {"fr": ("aujourd’hui", "demain", "le "), "en": ("today", "tomorrow", "")}


def number(value: object, lang: str) -> str:
    """A number as read: no trailing zeros, a comma in French (``54,5``)."""
    amount = Decimal(str(value))
    text = f"{amount.normalize():f}" if amount else "0"
    return text.replace(".", ",") if lang == "fr" else text


def money(value: object, lang: str) -> str:
    """An amount with two decimals, without its currency."""
    text = f"{Decimal(str(value)):.2f}"
    return text.replace(".", ",") if lang == "fr" else text


def is_plural(value: object, lang: str) -> bool:
    """French counts 0 to 1,9 as singular, English everything but one as plural."""
    amount = abs(Decimal(str(value)))
    return amount >= 2 if lang == "fr" else amount != 1


def count(value: object, unit: str, lang: str) -> str:
    """A number with its unit, singular or plural: ``1,5 jour``, ``2 working days``."""
    return f"{number(value, lang)} {_UNITS[lang][unit][is_plural(value, lang)]}"


def unit_name(unit: str, lang: str) -> str:
    """The name of a unit, plural: ``jours ouvrés``; any other code as its words."""
    return _UNITS[lang][unit][1] if unit in _UNITS[lang] else unit.replace("_", " ")


def small_number(value: int, lang: str) -> str:
    """Zero to twelve in words (feminine in French), digits above."""
    return _SMALL[lang][value] if 0 <= value < len(_SMALL[lang]) else str(value)


def day_of_month(day: date, lang: str) -> str:
    return "1er" if day.day == 1 and lang == "fr" else str(day.day)


def month_date(day: date, lang: str) -> str:
    """``1er juin`` / ``1 June``."""
    return f"{day_of_month(day, lang)} {_MONTHS[lang][day.month - 1]}"


def full_date(day: date, lang: str) -> str:
    """``1er juin 2026`` / ``1 June 2026``."""
    return f"{month_date(day, lang)} {day.year}"


def weekday(day: date, lang: str) -> str:
    return _WEEKDAYS[lang][day.weekday()]


def weekday_date(day: date, lang: str) -> str:
    """``vendredi 12 juin`` / ``Friday 12 June``."""
    return f"{weekday(day, lang)} {month_date(day, lang)}"


def month_name(day: date, lang: str) -> str:
    """``juin 2026`` / ``June 2026``."""
    return f"{_MONTHS[lang][day.month - 1]} {day.year}"


def weekdays(numbers: str, lang: str) -> str:
    """Names of ISO weekdays given as ``1,2,4``: ``lundi, mardi et jeudi``."""
    return listed([_WEEKDAYS[lang][int(item) - 1] for item in numbers.split(",") if item], lang)


def listed(names: list[str], lang: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {'et' if lang == 'fr' else 'and'} {names[-1]}"


def of_period(period: str, lang: str) -> str:
    """``de 2026`` / ``of 2026``, or both ends of a year that is not civil (``first/last`` as ISO dates)."""
    if "/" not in period:
        return f"de {period}" if lang == "fr" else f"of {period}"
    first, last = (full_date(date.fromisoformat(end), lang) for end in period.split("/"))
    return f"du {first} au {last}" if lang == "fr" else f"of {first} to {last}"


def span(window: str, lang: str) -> str:
    """A window given as ``first/last``: "semaine 27", "juin 2026", "2026", or both ends."""
    first, last = (date.fromisoformat(end) for end in window.split("/"))
    if first == last:
        return full_date(first, lang)
    if first.weekday() == 0 and (last - first).days == 6:
        return f"{'semaine' if lang == 'fr' else 'week'} {first.isocalendar().week}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and (last + _ONE_DAY).day == 1:
        return month_name(first, lang)
    ends = full_date(first, lang), full_date(last, lang)
    return f"du {ends[0]} au {ends[1]}" if lang == "fr" else f"{ends[0]} to {ends[1]}"


def near(day: str, lang: str) -> str:
    """``demain``, or ``le mardi 9 juin``; ``today`` and ``tomorrow`` come as these words."""
    today, tomorrow, the = _NEAR[lang]
    if day in ("today", "tomorrow"):
        return today if day == "today" else tomorrow
    return the + weekday_date(date.fromisoformat(day), lang)


def signed(value: object, lang: str) -> str:
    """A change, with its sign: ``+0,09``."""
    return f"{'−' if Decimal(str(value)) < 0 else '+'}{number(abs(Decimal(str(value))), lang)}"


def percentage(value: object, lang: str) -> str:
    return f"{number(value, lang)}\u202f%" if lang == "fr" else f"{number(value, lang)}%"


_DATES = {
    "date": full_date,
    "month_date": month_date,
    "weekday_date": weekday_date,
    "weekday": weekday,
    "month_name": month_name,
}
_VALUES = {
    "number": number,
    "money": money,
    "percentage": percentage,
    "signed": signed,
    "weekdays": weekdays,
    "of_period": of_period,
    "near": near,
    "span": span,
    "part": lambda value, lang: _PARTS[lang][str(value)],
    "one": lambda value, lang: _UNITS[lang][value][0] if value in _UNITS[lang] else str(value),
    "be": lambda value, lang: "are" if is_plural(value, lang) else "is",
    "s": lambda value, lang: "s" if is_plural(value, lang) else "",
}


class _Sentence(Formatter):
    """Fills a template in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: object, format_spec: str) -> str:
        if format_spec in _DATES:
            return _DATES[format_spec](date.fromisoformat(str(value)), self.lang)
        if format_spec in _VALUES:
            return _VALUES[format_spec](value, self.lang)
        if format_spec in _UNITS[self.lang]:
            return count(value, format_spec, self.lang)
        return str(value)

    def get_value(self, key, args, kwargs):
        return kwargs.get(key, "")


_FILL = {lang: _Sentence(lang) for lang in ("fr", "en")}


def language(lang: str) -> str:
    """One of our two languages for any language code; French where unknown."""
    return "en" if str(lang).lower().startswith("en") else "fr"


def fill(template: str, data, lang: str) -> str:
    """The sentence that a template makes of ``data``; the bare template when they do not fit (an old record)."""
    try:
        return _FILL[lang].vformat(template, (), data)
    except (ValueError, KeyError, InvalidOperation, TypeError):
        return template
