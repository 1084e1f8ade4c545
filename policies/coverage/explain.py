"""Gaps in words, French and English: when, how many of how many, and what they are held against."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from policies.coverage.requirements import Gap, Minimum, RemotePeopleOfDay, RemoteShareOfDay
from policies.coverage.windows import local_time

_NARROW = "\u202f"
_WEEKDAYS = {
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_SENTENCES = {
    "fr": {
        "min": ("{value} {whom} sur {limit} {where}", "il resterait {value} {whom} sur {limit} {where}"),
        "share": (
            "{value} {whom} sur {limit} à distance, {percent}\u202f% au plus",
            "{value} {whom} sur {limit} à distance avec cette réservation, {percent}\u202f% au plus",
        ),
        "minutes": (
            "{value} sur {limit} de travail à distance, {percent}\u202f% au plus",
            "{value} sur {limit} de travail à distance avec cette réservation, {percent}\u202f% au plus",
        ),
        "heads": (
            "{value} {whom} à distance, {limit} au plus",
            "{value} {whom} à distance avec cette réservation, {limit} au plus",
        ),
    },
    "en": {
        "min": ("{value} of {limit} {whom} {where}", "{value} of {limit} {whom} would remain {where}"),
        "share": (
            "{value} of {limit} {whom} remote, at most {percent}%",
            "{value} of {limit} {whom} remote with this booking, at most {percent}%",
        ),
        "minutes": (
            "{value} of {limit} of work remote, at most {percent}%",
            "{value} of {limit} of work remote with this booking, at most {percent}%",
        ),
        "heads": (
            "{value} {whom} remote, at most {limit}",
            "{value} {whom} remote with this booking, at most {limit}",
        ),
    },
}
_HELP = {
    "fr": {
        "min": "Cela deviendrait possible avec {missing} {whom} de plus {where} à ce moment-là.",
        "other": "Cela deviendrait possible si quelqu’un d’autre revenait sur site.",
    },
    "en": {
        "min": "It would become possible with {missing} more {whom} {where} at that time.",
        "other": "It would become possible if somebody else came back on site.",
    },
}
_WHERE = {"fr": ("sur site", "en poste"), "en": ("on site", "on duty")}


@dataclass(frozen=True, slots=True)
class Whom:
    """Those a rule counts, in the reader's language: "supervisor", "supervisors"."""

    one: str
    many: str

    def counted(self, number: int, lang: str) -> str:
        """The noun as it follows a number: French writes 0 and 1 in the singular, English only 1."""
        return self.one if number == 1 or (number == 0 and lang == "fr") else self.many


def sentence(gap: Gap, lang: str, whom: Whom) -> str:
    """What is missing: "Sat 22:00–06:00: 2 of 3 supervisors would remain on site." ``lang`` is fr or en."""
    kind, rule = _kind(gap), gap.rule
    shows = _hours if kind == "minutes" else _number
    noun = whom.counted(gap.value if lang == "fr" or kind == "heads" else gap.limit, lang)
    text = _SENTENCES[lang][kind][gap.before != gap.value].format(
        value=shows(gap.value, lang),
        limit=shows(gap.limit, lang),
        whom=noun,
        where=_where(rule, lang),
        percent=_percent(rule, lang),
    )
    return f"{when(gap, lang)}{_NARROW if lang == 'fr' else ''}: {text}."


def help_sentence(gap: Gap, lang: str, whom: Whom) -> str:
    """What would make it possible: so many more on site, or somebody else who gives a remote day back."""
    if _kind(gap) != "min":
        return _HELP[lang]["other"]
    missing = gap.limit - gap.value
    noun = whom.counted(missing, lang)
    return _HELP[lang]["min"].format(missing=_number(missing, lang), whom=noun, where=_where(gap.rule, lang))


def _where(rule, lang: str) -> str:
    return _WHERE[lang][getattr(rule, "anyone", False) or getattr(rule, "on_call", False)]


def when(gap: Gap, lang: str) -> str:
    """Weekday and local times in the rule's zone, or weekday and date of a day rule."""
    if gap.start is None:
        return f"{_WEEKDAYS[lang][gap.day.weekday()]} {gap.day.day:02}/{gap.day.month:02}"
    start, end = local_time(gap.start, gap.rule.zone), local_time(gap.end, gap.rule.zone)
    return f"{_WEEKDAYS[lang][start.weekday()]} {_clock(start)}–{_clock(end)}"


def _kind(gap: Gap) -> str:
    if isinstance(gap.rule, Minimum):
        return "min"
    if isinstance(gap.rule, RemotePeopleOfDay):
        return "heads"
    return "minutes" if isinstance(gap.rule, RemoteShareOfDay) and gap.rule.minutes else "share"


def _clock(moment: datetime) -> str:
    """HH:MM; a time of the repeated hour carries its offset, since the clock shows it twice."""
    naive = moment.replace(tzinfo=None)
    readings = {naive.replace(tzinfo=ZoneInfo(str(moment.tzinfo)), fold=fold).utcoffset() for fold in (0, 1)}
    return f"{moment:%H:%M}" if len(readings) == 1 else f"{moment:%H:%M} ({moment.isoformat()[-6:]})"


def _number(value: int, lang: str) -> str:
    return f"{value:,}".replace(",", _NARROW if lang == "fr" else ",")


def _hours(minutes: int, lang: str) -> str:
    hours, rest = divmod(minutes, 60)
    gap = _NARROW if lang == "fr" else " "
    return f"{_number(hours, lang)}{gap}h" + (f"{gap}{rest:02}" if rest else "")


def _percent(rule, lang: str) -> str:
    text = f"{float(getattr(rule, 'percent', 0)):g}"
    return text.replace(".", ",") if lang == "fr" else text
