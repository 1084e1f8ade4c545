"""The lines of rules that are put together from parts: caps, shares, presence, chains, and what lifts other rules."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from .document import Agreement
from .phrases import PER
from .population import Population
from .text import Text, both
from .wording import listed, number, percentage, unit_name

Given = Mapping[str, object]


class Words(Protocol):
    """What a line needs of the document it is told from."""

    agreement: Agreement
    lang: str

    def counted(self, amount: object, unit: str) -> str: ...

    def code(self, code: str) -> str: ...

    def choice(self, code: str) -> str: ...


_RANGES = (
    ("unit_least", "unit_most", "person"),
    ("days_least", "days_most", "day"),
    ("months_least", "months_below", "month"),
    ("rate_from", "rate_to", "%"),
    ("rate_above", "rate_below", "%"),
)


def ranges(words: Words, people: Population) -> list[str]:
    """The head counts, days, months and rates of a population."""
    told = []
    for low, high, unit in _RANGES:
        told += _span(words, getattr(people, low), getattr(people, high), unit)
    return told


def _span(words: Words, low: object, high: object, unit: str) -> list[str]:
    """« de 5 à 6 personnes », « 7 personnes au moins »."""
    told = [
        percentage(end, words.lang) if unit == "%" else words.counted(end, unit)
        for end in (low, high)
        if end is not None
    ]
    if len(told) == 2:
        return [both(fr=f"de {told[0]} à {told[1]}", en=f"{told[0]} to {told[1]}").lang(words.lang)]
    if low is not None:
        return [both(fr=f"{told[0]} au moins", en=f"{told[0]} at least").lang(words.lang)]
    return [both(fr=f"{told[0]} au plus", en=f"{told[0]} at most").lang(words.lang)] if told else []


def _cap(words: Words, given: Given) -> str:
    """« 10 jours par mois, en moyenne, en plus de « weekly » »; "" where only bands or steps can tell it."""
    if given.get("limit") is not None:
        parts = [f"{words.counted(given['limit'], str(given['unit']))} {period(words, given)}"]
    elif given.get("bands"):
        parts = _bands(words, given)
    else:
        return ""
    if given.get("averaged"):
        parts.append(both(fr="en moyenne", en="on average").lang(words.lang))
    if given.get("on_top_of"):
        names = listed([_named_cap(words, name) for name in given["on_top_of"]], words.lang)
        parts.append(both(fr=f"en plus de {names}", en=f"on top of {names}").lang(words.lang))
    if given.get("as_of_right"):
        right = number(given["as_of_right"], words.lang)
        parts.append(both(fr=f"dont {right} de droit", en=f"{right} of them as of right").lang(words.lang))
    elif given.get("steps"):
        parts += _steps(words, given["steps"])
    if given.get("agreed"):
        parts.append(
            both(fr="au nombre convenu avec la personne", en="the number agreed with the person").lang(words.lang)
        )
    return ", ".join(parts)


def _named_cap(words: Words, name: str) -> str:
    """A cap by its label, else by what it allows: « 5 jours par semaine »."""
    if name not in words.agreement.labels:
        for clause in words.agreement.rules:
            value = clause.values[-1].params if name == clause.name and clause.values else {}
            if value.get("limit") is not None and value.get("unit") and value.get("per"):
                return f"{words.counted(value['limit'], str(value['unit']))} {period(words, value)}"
    return words.code(name)


def _bands(words: Words, given: Given) -> list[str]:
    """« 2 jours par mois (6 personnes au plus) »."""
    unit, span = str(given["unit"]), period(words, given)
    rows = ((words.counted(band.limit, unit), " · ".join(ranges(words, band.whom))) for band in given["bands"])
    return [f"{days} {span} ({whose})" if whose else f"{days} {span}" for days, whose in rows]


def _steps(words: Words, steps: Iterable[Mapping[str, object]]) -> list[str]:
    """« au-delà de 4 avec : engagement du samedi »."""
    told, below = [], 0
    for step in steps:
        asked = [words.code(code) for code in step["requires"]] + ([words.code(step["needs"])] if step["needs"] else [])
        if asked:
            named, free = listed(asked, words.lang), number(below, words.lang)
            beyond = both(fr=f"au-delà de {free} : {named}", en=f"beyond {free}: {named}")
            told.append((beyond if below else both(fr=f"avec : {named}", en=f"with: {named}")).lang(words.lang))
        below = step["up_to"]
    return told


def _presence(words: Words, given: Given) -> str:
    """« 2 jours par semaine sur site au moins, jusqu’à 3 fixés par l’équipe »."""
    if given.get("limit") is None:
        return ""
    days = f"{words.counted(given['limit'], 'day')} {period(words, given)}"
    parts = [both(fr=f"{days} sur site au moins", en=f"at least {days} on site").lang(words.lang)]
    if given.get("averaged"):
        parts.append(both(fr="en moyenne", en="on average").lang(words.lang))
    if given.get("chosen"):
        most = number(given["up_to"], words.lang) if given.get("up_to") is not None else ""
        upto = both(fr=f", jusqu’à {most}", en=f", up to {most}").lang(words.lang) if most else ""
        parts.append(
            both(fr=f"le nombre est fixé dans l’équipe{upto}", en=f"the team fixes the number{upto}").lang(words.lang)
        )
    return ", ".join(parts)


def _share(words: Words, given: Given) -> str:
    """« au plus 40 % du temps prévu au planning par mois »."""
    parts = [
        f"{word.lang(words.lang)} {percentage(given[key], words.lang)}"
        for key, word in (
            ("most", both(fr="à distance au plus", en="remote at most")),
            ("least", both(fr="sur site au moins", en="on site at least")),
        )
        if given.get(key) is not None
    ]
    whose = [f" {period(words, given)}"] if given.get("per") else []
    whose += [f" ({words.choice(str(given['of']))})"] if given.get("of") else []
    others = [words.code(str(given[key])) for key in ("agreed", "chosen") if given.get(key)]
    if others:
        named = listed(others, words.lang)
        whose.append(
            both(fr=f", sauf autre part fixée ({named})", en=f", unless another is fixed ({named})").lang(words.lang)
        )
    return f"{', '.join(parts)}{''.join(whose)}" if parts else ""


def _chain(words: Words, given: Given) -> str:
    """« le responsable (avis), puis RH (décision) »."""
    then = both(fr=", puis ", en=", then ").lang(words.lang)
    return then.join(f"{words.code(step['who'])} ({words.choice(step['role'])})" for step in given.get("steps") or ())


def _flat(words: Words, given: Given) -> str:
    """The hours written, else how they are found."""
    own = both(fr="heures de la semaine divisées par ses jours travaillés", en="the week’s hours over its days worked")
    return "" if given.get("hours") is not None else own.lang(words.lang)


def _windows(words: Words, given: Given) -> str:
    """« 09:00–12:00, 14:00–17:00 »."""
    clock = (tuple(_clock(row[key]) for key in ("from", "to")) for row in given.get("windows") or ())
    return ", ".join("–".join(pair) for pair in clock)


def _clock(value: object) -> str:
    return value.isoformat("minutes") if hasattr(value, "isoformat") else str(value)


def period(words: Words, given: Given) -> str:
    every = int(given.get("every") or 1)
    per = str(given.get("per") or "week")
    if every == 1 and not given.get("rolling"):
        return PER[per].lang(words.lang)
    span = f"{every} {unit_name(per, words.lang)}"
    if given.get("rolling"):
        return both(fr=f"sur {span} glissants", en=f"over any {span}").lang(words.lang)
    return both(fr=f"par période de {span}", en=f"in each {span}").lang(words.lang)


# Values which the line of their kind would tell badly: nought, nothing, and what the persons agree.
SPOKEN: Mapping[tuple[str, str, object], Text] = {
    ("cancellation", "limit", 0): both(fr="un jour s’annule à tout moment", en="a day is given up at any time"),
    ("fixed_days", "shift_within", "none"): both(
        fr="un jour non pris ne se déplace pas", en="a day not taken does not move"
    ),
    ("notice", "limit", None): both(fr="le délai convenu avec la personne ou l’équipe", en="the notice agreed"),
    ("notice", "limit", 0): both(fr="jusqu’au jour même", en="up to the day itself"),
    ("recall_on_site", "limit", 0): both(fr="sans délai", en="without notice"),
    ("request_form", "how", "none"): both(fr="sans demande", en="without any request"),
}
MADE: Mapping[str, Callable[[Words, Given], str]] = {
    "cap": _cap,
    "share": _share,
    "minimum_on_site": _presence,
    "approval_chain": _chain,
    "contact_hours": _windows,
    "flat_day": _flat,
}
