"""What a field of the form is called: the words of the reference name codes of the text, a form has none to write."""

from collections.abc import Mapping

from policies.core.phrases import CHOICES, PER
from policies.core.schema import Param
from policies.core.text import Text, both
from policies.core.wording import unit_name

# Where two kinds mean two things by one name, the kind is written before it.
ASKED: Mapping[str, Text] = {
    "agreed": both(fr="l’employeur peut admettre un autre lieu", en="the employer may admit another place"),
    "always_accepted": both(fr="leur demande ne peut être refusée", en="their request cannot be refused"),
    "averaged": both(fr="en moyenne", en="on average"),
    "beyond": both(fr="hors de cette limite", en="beyond this limit"),
    "confirmed": both(fr="montant confirmé", en="amount confirmed"),
    "declared": both(fr="déclaré d’avance", en="declared beforehand"),
    "duties": both(fr="ce que l’employeur doit alors", en="what the employer then owes"),
    "exclusive": both(fr="une seule formule à la fois", en="one formula at a time"),
    "ground": both(fr="le motif est dû", en="the ground must be told"),
    "half_day": both(fr="une demi-journée compte", en="a half-day counts"),
    "holidays": both(fr="les jours fériés", en="public holidays"),
    "kept": both(fr="ce qui fut reporté passe encore à la suivante", en="what was carried over passes on again"),
    "kinds": both(fr="lieux admis ; vide : tous", en="places admitted; empty: any"),
    "left_out": both(fr="jours d’absence qui ne comptent pas", en="days of absence that do not count"),
    "lifts": both(fr="les règles levées", en="the rules lifted"),
    "of": both(fr="calculé sur", en="taken of"),
    "of_month": both(fr="lesquels du mois", en="which of the month"),
    "per": both(fr="période", en="period"),
    "prorated": both(
        fr="réduit par le temps partiel, l’arrivée, le départ", en="lowered by part time, arrival, departure"
    ),
    "reason_for": both(fr="à qui le motif est dû", en="to whom a reason is owed"),
    "rolling": both(fr="toute durée de cette longueur", en="any length of that time"),
    "shift_within": both(fr="un jour non pris se déplace dans", en="a day not taken moves within"),
    "strictly": both(fr="plus que cette part", en="more than this share"),
    "unit": both(fr="unité", en="unit"),
    "urgent": both(fr="sans délai en cas d’urgence", en="without notice where it is urgent"),
    "bound.needed": both(fr="le texte inférieur doit avoir cette règle", en="the lower text must have one"),
    "judgement.needed": both(fr="refusé tant que rien n’est noté", en="refused while none is recorded"),
}
CHOSEN: Mapping[str, Text] = {
    "holidays.no": both(fr="sans effet", en="no effect"),
    "holidays.beside": both(fr="aussi à côté d’un jour férié", en="also next to a public holiday"),
    "holidays.bridge": both(
        fr="entre un jour férié et un repos seulement", en="only between a public holiday and days off"
    ),
    "sides.before": both(fr="la veille", en="the day before"),
    "sides.after": both(fr="le lendemain", en="the day after"),
    "sides.both": both(fr="la veille et le lendemain", en="the day before and the day after"),
    "shift_within.none": both(fr="nulle part", en="nowhere"),
    "half_day.none": both(fr="rien", en="nothing"),
    "unit.once": both(fr="une seule fois", en="once"),
    "unit.weekly_day": both(fr="mois, par jour de la semaine", en="month, for each day of the week"),
}


def asked(kind: str, key: str, param: Param, lang: str) -> str:
    """The label of a field, beginning with a capital."""
    words = (ASKED.get(f"{kind}.{key}") or ASKED.get(key) or param.about).lang(lang)
    return words[:1].upper() + words[1:]


def chosen(key: str, code: str, lang: str) -> str:
    """A choice of a field in words."""
    if own := CHOSEN.get(f"{key}.{code}") or (PER.get(code) if key == "per" else CHOICES.get(code)):
        return own.lang(lang)
    return unit_name(code, lang).replace("_", " ")
