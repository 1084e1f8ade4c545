"""What goes with telework: no request is judged by these here (continuity is, by ``policies.coverage``)."""

from datetime import date

from ..decision import Finding
from ..document import Agreement
from ..facts import Facts
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Rule, say
from .timing import earliest_day

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

RECALL_ON_SITE = Rule(
    kind="recall_on_site",
    title=both(fr="Retour sur site", en="Recall on site"),
    question=both(
        fr="Pour quels motifs, et avec quel délai, un retour sur site peut-il être demandé ?",
        en="On what grounds, and with what notice, may somebody be called back on site?",
    ),
    params={
        "grounds": Param("codes", both(fr="les motifs admis", en="the grounds admitted")),
        "limit": Param("whole", both(fr="le délai", en="the notice"), most=366),
        "unit": Param(
            "choice",
            both(fr="jours ouvrés ou calendaires", en="working or calendar days"),
            choices=("working_day", "calendar_day"),
        ),
    },
    readings=("notice_counting", ("working_days", "unit", "working_day")),
    sentences={
        "ok": say("Motif de retour : {ground_fr}", "Ground of recall: {ground_en}"),
        "no_ground": say("Un retour sur site demande un motif.", "A recall on site needs a ground."),
        "other_ground": say(
            "L’accord n’admet pas ce motif : {ground_fr}.", "The agreement does not admit this ground: {ground_en}."
        ),
        "choose": say("Motifs admis : {grounds_fr}.", "Grounds admitted: {grounds_en}."),
        "too_soon": say(
            "Un retour sur site se demande {limit:{unit}} avant au moins.",
            "A recall on site needs {limit:{unit}} of notice.",
        ),
        "first": say("Premier jour possible : {first:weekday_date}.", "First possible day: {first:weekday_date}."),
        "nothing": say("L’accord ne prévoit pas de retour sur site.", "The agreement provides for no recall on site."),
    },
    example=(
        'kind = "recall_on_site"\n'
        'article = "3.2.4"\n'
        "[[rules.values]]\n"
        "from = 2022-01-01\n"
        'grounds = ["technical_problem"]\n'
        "limit = 0\n"
        'unit = "calendar_day"'
    ),
)


def recall(facts: Facts, agreement: Agreement, day: date, ground: str) -> Finding:
    """May this telework day be recalled on that ground, asked today? Raises NoValueInForce where the text is silent."""
    clause = agreement.clause(RECALL_ON_SITE.kind)
    value = agreement.dated(clause, day) if clause else None
    if value is None or not value.applies:
        return _finding("", "nothing", {})
    p = value.params
    if ground not in p["grounds"]:
        labels = [agreement.label(code) for code in p["grounds"]]
        data = {
            **_ground(agreement, ground),
            "grounds_fr": ", ".join(label.fr for label in labels),
            "grounds_en": ", ".join(label.en for label in labels),
        }
        return _finding(clause.article, "other_ground" if ground else "no_ground", data, "choose")
    first = earliest_day(facts, agreement, facts.today, p["limit"], p["unit"])
    if day < first:
        data = {"limit": p["limit"], "unit": p["unit"], "first": first.isoformat()}
        return _finding(clause.article, "too_soon", data, "first")
    return _finding(clause.article, "ok", _ground(agreement, ground))


def _ground(agreement: Agreement, ground: str) -> dict[str, str]:
    label = agreement.label(ground)
    return {"ground": ground, "ground_fr": label.fr, "ground_en": label.en}


def _finding(article: str, code: str, data: dict, remedy: str = "") -> Finding:
    kind = RECALL_ON_SITE.kind
    verdict = ALLOWED if code == "ok" else REFUSED
    return Finding(kind, article, verdict, f"{kind}.{code}", data, f"{kind}.{remedy}" if remedy else "")
