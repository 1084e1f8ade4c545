"""Readings of time and procedure: deadlines, seniority, places, money."""

from .questions import Choice, Question
from .text import both

PROCESS: dict[str, Question] = {
    "month_ends": Question(
        both(
            fr="Où finit une durée en mois, quand le mois d’arrivée est trop court ? À défaut : à son dernier jour.",
            en="Where does a length in months end when the last month is too short? Else: on its last day.",
        ),
        {
            "clipped": Choice(both(fr="au dernier jour de ce mois", en="on the last day of that month")),
            "next_month": Choice(both(fr="au 1er du mois suivant", en="on the 1st of the next month")),
        },
    ),
    "seniority_counting": Question(
        both(
            fr="Comment compter l’ancienneté « à temps plein » d’un temps partiel ?",
            en="How is seniority “at full time” counted for part-timers?",
        ),
        {
            "calendar": Choice(both(fr="en temps de calendrier", en="as time of the calendar")),
            "full_time_equivalent": Choice(
                both(
                    fr="en temps travaillé, au taux de chaque contrat",
                    en="as time worked, at the rate of each contract",
                )
            ),
        },
    ),
    "headcount_on": Question(
        both(fr="Quel jour compte-t-on l’effectif ?", en="On which day are heads counted?"),
        {
            "current": Choice(both(fr="le jour même", en="on the day itself")),
            "first_of_month": Choice(both(fr="au 1er du mois", en="on the 1st of the month")),
        },
    ),
    "stop_notice": Question(
        both(
            fr="Le délai pour arrêter doit-il seulement commencer avant la fin de la période, ou aussi y finir ?",
            en="Must the notice to stop only begin before the period ends, or end within it too?",
        ),
        {
            "given_inside": Choice(both(fr="donné avant la fin", en="given before the end")),
            "expires_inside": Choice(both(fr="expiré avant la fin", en="expired before the end")),
        },
    ),
    "days_abroad": Question(
        both(fr="Quels jours d’un séjour à l’étranger comptent ?", en="Which days of a stay abroad count?"),
        {
            "working_days": Choice(both(fr="les jours travaillés", en="the days worked")),
            "calendar_days": Choice(both(fr="tous les jours du séjour", en="all days of the stay")),
        },
    ),
    "absent_later": Question(
        both(
            fr="Un jour réservé qu’une absence couvre ensuite compte-t-il encore ? Sans cette lecture, oui.",
            en="Does a booked day that an absence covers later still count? Without this reading, it does.",
        ),
        {
            "counted": Choice(both(fr="oui, jusqu’à ce que la personne le rende", en="yes, until it is given back")),
            "given_back": Choice(
                both(
                    fr="non : il revient au solde, et n’est pas indemnisé",
                    en="no: it goes back to the balance, and is not paid",
                )
            ),
        },
    ),
    "empty_month": Question(
        both(
            fr="La somme mensuelle est-elle due un mois sans télétravail ?",
            en="Is the monthly sum due in a month without telework?",
        ),
        {
            "due": Choice(both(fr="oui", en="yes")),
            "not_due": Choice(both(fr="non", en="no")),
        },
    ),
}
