"""What goes with telework: no request is judged by these here (continuity is, by ``policies.coverage``)."""

from ..schema import Param
from ..text import both
from .base import Rule, say

ALLOWANCE_PER_DAY = Rule(
    kind="allowance_per_day",
    title=both(fr="Indemnité", en="Allowance"),
    question=both(fr="Combien pour chaque jour télétravaillé ?", en="How much for each day teleworked?"),
    params={"amount": Param("number", both(fr="le montant par jour", en="the amount per day"), most=1000)},
    sentences={"ok": say("{amount:money} par jour télétravaillé", "{amount:money} for each day teleworked")},
    example=('kind = "allowance_per_day"\narticle = "-"\n[[rules.values]]\nfrom = 2022-01-01\namount = 2.30'),
)

CONTINUITY = Rule(
    kind="continuity",
    title=both(fr="Continuité de service", en="Continuity of service"),
    question=both(
        fr="Les besoins de présence comptent-ils, et au titre de quel article ?",
        en="Do coverage requirements count, and under which article?",
    ),
    sentences={
        "broken": say("{said_fr}", "{said_en}"),
        "help": say("{help_fr}", "{help_en}"),
        "exception": say("{said_fr} Demandé par dérogation.", "{said_en} Asked for as an exception."),
        "granted": say("{said_fr} Accordé par dérogation.", "{said_en} Granted as an exception."),
        "tight": say("Besoin de présence tenu, sans marge", "Coverage is kept, with no margin"),
        "ok": say("Besoin de présence tenu", "Coverage is kept"),
    },
    example='kind = "continuity"\narticle = "2.1"\n[[rules.values]]\nfrom = 2022-01-01',
)
