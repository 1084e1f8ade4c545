"""The choices a text may leave open, each with its named answers; a document states one, and who chose it."""

from collections.abc import Mapping
from types import MappingProxyType

from .questions import Choice, Question
from .readings_counting import COUNTING
from .readings_process import PROCESS
from .text import both

READINGS: Mapping[str, Question] = MappingProxyType(
    {
        "entry_into_force": Question(
            both(
                fr="Depuis quel jour l’accord s’applique-t-il, quand les sources diffèrent ?",
                en="From which day does the agreement apply, where sources disagree?",
            ),
            {
                "as_dated": Choice(
                    both(
                        fr="la date d’entrée en vigueur écrite dans le document",
                        en="the day in force written in the document",
                    )
                )
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
    }
    | COUNTING
    | PROCESS
)
