"""Readings of what is counted: caps, shares, entitlement, presence."""

from .bands import RATE_ROWS
from .questions import Choice, Question
from .schema import Param
from .text import both

_STEP = Param(
    "choice", both(fr="le pas : half_day ou day", en="the step: half_day or day"), choices=("half_day", "day")
)
_WEEKS = Param(
    "choice",
    both(
        fr="combien de semaines vaut un mois : convention (4 par mois, 52 par an), by_days (ses jours sur sept),"
        " working_days (ses jours du lundi au vendredi sur cinq) ou begun (celles qui y commencent)",
        en="how many weeks a month is worth: convention (4 a month, 52 a year), by_days (its days of seven),"
        " working_days (its days from Monday to Friday, of five) or begun (those that begin in it)",
    ),
    choices=("convention", "by_days", "working_days", "begun"),
)
_IN_MONTHS = {
    "weeks": _WEEKS,
    "rounded": Param(
        "choice",
        both(
            fr="ce qu’un plafond ou une présence y fait : exact, ou arrondi au jour entier (down, nearest ou up)",
            en="what a cap or a presence makes there: exact, or rounded to the whole day (down, nearest or up)",
        ),
        required=False,
        default="exact",
        choices=("exact", "down", "nearest", "up"),
    ),
}
_N = Param("whole", both(fr="combien de semaines", en="how many weeks"), least=1, most=104)
_TWELFTHS = {
    "months": Param(
        "choice",
        both(
            fr="quels mois comptent : started, complete, ou half (au moins la moitié de leurs jours)",
            en="which months count: started, complete, or half (at least half of their days)",
        ),
        choices=("started", "complete", "half"),
    )
}


def _rounding(direction_fr: str, direction_en: str) -> Choice:
    return Choice(
        both(fr=f"au pas {direction_fr}", en=f"{direction_en} to the step"),
        {
            "step": _STEP,
            "of": Param(
                "choice",
                both(fr="le total, ou chaque part", en="the total, or each part"),
                choices=("total", "each_part"),
            ),
        },
    )


def _to_step(direction_fr: str, direction_en: str) -> Choice:
    return Choice(both(fr=f"au pas {direction_fr}", en=f"{direction_en} to the step"), {"step": _STEP})


YEAR = {
    "year_start": Question(
        both(fr="Quand commence l’année du plafond annuel ?", en="When does the year of the yearly cap begin?"),
        {
            "civil": Choice(both(fr="le 1er janvier", en="on 1 January")),
            "from_month": Choice(
                both(fr="le 1er d’un autre mois", en="on the 1st of another month"),
                {"month": Param("whole", both(fr="le mois, de 1 à 12", en="the month, 1 to 12"), least=1, most=12)},
            ),
        },
    ),
    "part_time": Question(
        both(fr="Combien de jours à temps partiel ?", en="How many days for part-timers?"),
        {
            "linear": Choice(both(fr="au taux du contrat", en="by the rate of the contract")),
            "scale": Choice(
                both(fr="par un barème", en="by a scale"),
                {
                    "scale": Param("scale", both(fr="les lignes { rate, days }", en="the rows { rate, days }")),
                    "between": Param(
                        "choice",
                        both(
                            fr="entre deux lignes : error, row_below, row_above ou linear",
                            en="between two rows: error, row_below, row_above or linear",
                        ),
                        choices=("error", "row_below", "row_above", "linear"),
                    ),
                },
            ),
            "bands": Choice(
                both(fr="par tranches de taux", en="by bands of rate"),
                {
                    "bands": RATE_ROWS,
                    "between": Param(
                        "choice",
                        both(
                            fr="dans un trou du barème : error (aucune réponse), row_below, row_above, linear ou"
                            " full_time (comme à temps plein)",
                            en="in a hole of the scale: error (no answer), row_below, row_above, linear or full_time"
                            " (as at full time)",
                        ),
                        choices=("error", "row_below", "row_above", "linear", "full_time"),
                    ),
                },
            ),
            "by_pattern": Choice(
                both(fr="aux jours travaillés par semaine", en="by the days worked a week"),
                {
                    "full": Param(
                        "number",
                        both(fr="les jours par semaine à temps plein", en="days a week at full time"),
                        required=False,
                        default=5,
                        least=1,
                        most=7,
                    )
                },
            ),
            "presence_first": Choice(
                both(
                    fr="ce qui reste de la semaine après les jours sur site",
                    en="what is left of the week after the days on site",
                ),
                {
                    "on_site": Param(
                        "number", both(fr="les jours sur site par semaine", en="days on site a week"), most=7
                    )
                },
            ),
            "none": Choice(both(fr="autant qu’à temps plein", en="as many as at full time")),
        },
    ),
    "within_year": Question(
        both(
            fr="Et pour une arrivée, un départ, un changement de taux dans la période ?",
            en="And for an arrival, a departure, a change of rate within the period?",
        ),
        {
            "by_days": Choice(
                both(fr="au prorata des jours calendaires, sur 365 ou 366", en="by calendar days, of 365 or 366")
            ),
            "by_months": Choice(
                both(
                    fr="par douzièmes : chaque mois au taux de son premier jour",
                    en="by twelfths: each month at the rate of its first day",
                ),
                _TWELFTHS,
            ),
            "whole_year": Choice(
                both(
                    fr="la période entière, au premier taux de la période",
                    en="the whole period, at the first rate of the period",
                )
            ),
        },
    ),
    "change_of_value": Question(
        both(
            fr="Et quand le plafond ou l’accord change dans la période ?",
            en="And when the cap or the agreement changes within the period?",
        ),
        {
            "by_days": Choice(
                both(
                    fr="chaque valeur pour ses jours, ou pour ses mois si l’on compte arrivées et départs en douzièmes",
                    en="each value for its days, or for its months where arrival and departure are counted in twelfths",
                )
            ),
            "first_day": Choice(
                both(
                    fr="la première valeur de la période vaut pour toute la période",
                    en="the first value of the period holds for all of it",
                )
            ),
        },
    ),
    "rounding": Question(
        both(fr="Comment arrondir les jours dus ?", en="How are the days due rounded?"),
        {
            "up": _rounding("supérieur", "up"),
            "down": _rounding("inférieur", "down"),
            "nearest": _rounding("le plus proche", "nearest"),
            "none": Choice(both(fr="sans arrondir", en="not at all")),
        },
    ),
}
UNITS = {
    "half_day_counts": Question(
        both(fr="Pour combien compte une demi-journée ?", en="How much does a half-day count?"),
        {
            "half": Choice(both(fr="une demie", en="a half")),
            "whole": Choice(both(fr="un jour entier", en="a whole day")),
        },
    ),
    "half_days_merge": Question(
        both(
            fr="Deux demi-journées en sus peuvent-elles faire une journée ?",
            en="May two extra half-days make one day?",
        ),
        {
            "mergeable": Choice(both(fr="oui", en="yes")),
            "half_days_only": Choice(both(fr="non, une par jour au plus", en="no, at most one a day")),
        },
    ),
    "either_limit": Question(
        both(
            fr="« L’un ou l’autre plafond » : suffit-il que l’un laisse de la place ?",
            en="“One cap or the other”: is it enough that one has room?",
        ),
        {
            "either": Choice(both(fr="oui, l’un des deux suffit", en="yes, either will do")),
            "both": Choice(both(fr="non, les deux valent ensemble", en="no, both hold together")),
        },
    ),
    "week_over_months": Question(
        both(
            fr="Une semaine à cheval sur deux mois est-elle une seule semaine pour son plafond ? À défaut : oui.",
            en="Is a week that runs over two months one week for a weekly cap? Else: it is.",
        ),
        {
            "one_week": Choice(both(fr="oui, du lundi au dimanche", en="yes, from Monday to Sunday")),
            "cut_at_month": Choice(
                both(fr="non : chaque mois y a sa semaine", en="no: each month has a week of its own in it")
            ),
        },
    ),
    "headcount_on": Question(
        both(fr="L’effectif de l’unité est celui de quel jour ?", en="The unit’s head count is that of which day?"),
        {
            "current": Choice(both(fr="du jour demandé", en="of the day asked")),
            "first_of_month": Choice(both(fr="du 1er du mois", en="of the 1st of the month")),
        },
    ),
}
WINDOWS = {
    "measured_over": Question(
        both(
            fr="Sur quelle durée se mesure la moyenne, ou la part ?",
            en="Over what length is the average, or the share, measured?",
        ),
        {
            "each_week": Choice(both(fr="chaque semaine, sans moyenne", en="each week, with no average")),
            "weeks": Choice(both(fr="des suites de semaines", en="weeks, so many at a time"), {"n": _N}),
            "rolling_weeks": Choice(
                both(fr="tant de semaines de suite, quelles qu’elles soient", en="any so many weeks in a row"),
                {"n": _N},
            ),
            "month": Choice(both(fr="le mois civil", en="the calendar month"), _IN_MONTHS),
            "quarter": Choice(both(fr="le trimestre civil", en="the calendar quarter"), _IN_MONTHS),
            "half_year": Choice(both(fr="le semestre civil", en="the calendar half-year"), _IN_MONTHS),
            "year": Choice(both(fr="l’année civile", en="the calendar year"), _IN_MONTHS),
        },
    ),
    "empty_weeks": Question(
        both(
            fr="Une semaine d’absence compte-t-elle dans la moyenne ?",
            en="Does a week of absence count in the average?",
        ),
        {
            "counted": Choice(both(fr="oui, comme une autre", en="yes, like any other")),
            "left_out": Choice(both(fr="non", en="no")),
            "by_days_worked": Choice(
                both(
                    fr="chaque semaine pour ses jours travaillés, sur cinq", en="each week for its days worked, of five"
                )
            ),
        },
    ),
}
SHARES = {
    "share_of": Question(
        both(fr="De quel temps la part est-elle prise ?", en="Of what time is the share taken?"),
        {
            "contractual": Choice(
                both(
                    fr="du temps du contrat, congés et jours fériés compris",
                    en="of contractual time, leave and public holidays included",
                )
            ),
            "scheduled": Choice(
                both(fr="des jours prévus, jours fériés ôtés", en="of the days scheduled, public holidays taken out")
            ),
            "due": Choice(
                both(
                    fr="des jours travaillés, congés et jours fériés ôtés",
                    en="of the days worked, leave and public holidays taken out",
                )
            ),
            "absences_as_presence": Choice(
                both(
                    fr="du temps du contrat, congés et jours fériés comptant comme présence",
                    en="of contractual time, leave and public holidays counting as presence",
                )
            ),
        },
    ),
    "share_rounding": Question(
        both(fr="Comment arrondir ce que fait la part ?", en="How is what the share makes rounded?"),
        {
            "exact": Choice(both(fr="sans arrondir", en="not at all")),
            "down": _to_step("inférieur", "down"),
            "nearest": _to_step("le plus proche", "nearest"),
            "up": _to_step("supérieur", "up"),
        },
    ),
    "short_weeks": Question(
        both(
            fr="Que devient le minimum sur site d’une semaine écourtée ?",
            en="What becomes of the minimum on site in a short week?",
        ),
        {
            "same_minimum": Choice(both(fr="il reste le même", en="it stays the same")),
            "proportional": Choice(
                both(
                    fr="il baisse avec les jours travaillés, sur cinq, au demi-jour supérieur",
                    en="it falls with the days worked, of five, up to the half-day",
                )
            ),
            "absences_count": Choice(
                both(
                    fr="absences et jours fériés comptent comme présence",
                    en="absences and public holidays count as presence",
                )
            ),
            "prorated": Choice(
                both(fr="il baisse à proportion, arrondi", en="it falls in proportion, rounded"),
                {
                    "of": Param(
                        "choice",
                        both(
                            fr="pattern (les jours du rythme de la personne) ou days_worked (ceux travaillés cette"
                            " semaine), sur cinq",
                            en="pattern (the days of the person’s week) or days_worked (those of that week), of five",
                        ),
                        choices=("pattern", "days_worked"),
                    ),
                    "direction": Param(
                        "choice",
                        both(fr="up, down, nearest ou none", en="up, down, nearest or none"),
                        choices=("up", "down", "nearest", "none"),
                    ),
                    "step": _STEP,
                },
            ),
        },
    ),
}
COUNTING: dict[str, Question] = {**YEAR, **UNITS, **WINDOWS, **SHARES}
