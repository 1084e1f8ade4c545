"""The choices a text may leave open, each with its named answers; a document states one, and who chose it."""

from collections.abc import Mapping
from types import MappingProxyType

from .questions import Choice, Question
from .readings_counting import COUNTING
from .readings_process import PROCESS
from .schema import Param
from .text import both


def _rounding(direction_fr: str, direction_en: str) -> Choice:
    return Choice(
        both(fr=f"au pas {direction_fr}", en=f"{direction_en} to the step"),
        {
            "step": Param(
                "choice",
                both(fr="le pas : half_day ou day", en="the step: half_day or day"),
                choices=("half_day", "day"),
            ),
            "of": Param(
                "choice",
                both(fr="le total, ou chaque part", en="the total, or each part"),
                choices=("total", "each_part"),
            ),
        },
    )


READINGS: Mapping[str, Question] = MappingProxyType(
    {
        "entry_into_force": Question(
            both(
                fr="Depuis quel jour l’accord s’applique-t-il, quand les sources diffèrent ?",
                en="From which day does the agreement apply, where sources disagree?",
            ),
            {"as_dated": Choice(both(fr="la date in_force du document", en="the document’s in_force date"))},
        ),
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
                                fr="entre deux lignes : error, row_below ou linear",
                                en="between two rows: error, row_below or linear",
                            ),
                            choices=("error", "row_below", "linear"),
                        ),
                    },
                ),
                "none": Choice(both(fr="autant qu’à temps plein", en="as many as at full time")),
            },
        ),
        "within_year": Question(
            both(
                fr="Et pour une arrivée, un départ, un changement de taux dans l’année ?",
                en="And for an arrival, a departure, a change of rate within the year?",
            ),
            {
                "by_days": Choice(
                    both(fr="au prorata des jours calendaires, sur 365 ou 366", en="by calendar days, of 365 or 366")
                ),
                "whole_year": Choice(
                    both(
                        fr="l’année entière, au premier taux de l’année",
                        en="the whole year, at the first rate of the year",
                    )
                ),
            },
        ),
        "change_of_value": Question(
            both(
                fr="Et quand le plafond ou l’accord change dans l’année ?",
                en="And when the cap or the agreement changes within the year?",
            ),
            {
                "by_days": Choice(both(fr="chaque valeur pour ses jours", en="each value for its days")),
                "first_day": Choice(
                    both(
                        fr="la première valeur de l’année vaut pour toute l’année",
                        en="the first value of the year holds for all of it",
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
            },
        ),
        "half_day_counts": Question(
            both(fr="Pour combien compte une demi-journée ?", en="How much does a half-day count?"),
            {
                "half": Choice(both(fr="une demie", en="a half")),
                "whole": Choice(both(fr="un jour entier", en="a whole day")),
            },
        ),
        "notice_counting": Question(
            both(fr="Comment compte-t-on le délai ?", en="How is notice counted?"),
            {
                "to_the_day": Choice(both(fr="le jour J plus n jours", en="day D plus n days")),
                "clear_days": Choice(both(fr="n jours entiers entre les deux", en="n whole days in between")),
            },
        ),
        "working_days": Question(
            both(
                fr="Quels jours sont ouvrés, hors jours fériés ?",
                en="Which days are working days, public holidays aside?",
            ),
            {
                "monday_to_friday": Choice(both(fr="du lundi au vendredi", en="Monday to Friday")),
                "monday_to_saturday": Choice(both(fr="du lundi au samedi", en="Monday to Saturday")),
                "own_days": Choice(both(fr="les jours travaillés par la personne", en="the days the person works")),
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
            },
        ),
    }
    | COUNTING
    | PROCESS
)
