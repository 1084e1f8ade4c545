"""What goes with telework: no request is judged by these here (continuity is, by ``policies.coverage``)."""

from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say

ALLOWANCE_PER_DAY = Rule(
    kind="allowance_per_day",
    title=both(fr="Indemnité", en="Allowance"),
    question=both(fr="Combien pour chaque jour télétravaillé ?", en="How much for each day teleworked?"),
    params={"amount": Param("number", both(fr="le montant par jour", en="the amount per day"), most=1000)},
    sentences={"ok": say("{amount:money} par jour télétravaillé", "{amount:money} for each day teleworked")},
    example=('kind = "allowance_per_day"\narticle = "-"\n[[rules.values]]\nfrom = 2022-01-01\namount = 2.30'),
)


def _ask_continuity(asked, p, s) -> Answer:
    """Are enough people left on site? (Requests themselves are held against the needs by ``policies.coverage``.)"""
    left, needed = asked["on_site"], asked["needed"]
    data = {"on_site": left, "needed": needed, "short": max(0, needed - left)}
    return (REFUSED, "few", data, "") if left < needed else (ALLOWED, "ok", data, "")


CONTINUITY = Rule(
    kind="continuity",
    title=both(fr="Continuité de service", en="Continuity of service"),
    question=both(
        fr="Les besoins de présence comptent-ils, et au titre de quel article ?",
        en="Do coverage requirements count, and under which article?",
    ),
    consult=_ask_continuity,
    asks={
        "on_site": Param("whole", both(fr="les personnes qui restent sur site", en="the people left on site")),
        "needed": Param("whole", both(fr="les personnes nécessaires", en="the people needed")),
    },
    tells=("on_site", "needed", "short"),
    sentences={
        "few": say("{on_site} sur site, il en faut {needed}.", "{on_site} on site, {needed} needed."),
        "broken": say("{said_fr}", "{said_en}"),
        "help": say("{help_fr}", "{help_en}"),
        "exception": say("{said_fr} Demandé par dérogation.", "{said_en} Asked for as an exception."),
        "granted": say("{said_fr} Accordé par dérogation.", "{said_en} Granted as an exception."),
        "tight": say("Besoin de présence tenu, sans marge", "Coverage is kept, with no margin"),
        "ok": say("Besoin de présence tenu", "Coverage is kept"),
    },
    example='kind = "continuity"\narticle = "2.1"\n[[rules.values]]\nfrom = 2022-01-01',
    asked='ask = { kind = "continuity", on_site = 1, needed = 2 }',
)
