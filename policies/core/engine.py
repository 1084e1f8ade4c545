from .answers import Glance
from .decision import Decision, Verdict


def decide(request, facts, agreement):
    return Decision(request, ())


def glance(facts, agreement, days, part):
    return {day: Glance(Verdict.ALLOWED) for day in days}


def free_days_near(facts, agreement, day, part, count=3):
    return ()
