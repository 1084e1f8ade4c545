def entitlement(facts, agreement, day):
    raise NotImplementedError


def balance(facts, agreement, day):
    raise NotImplementedError


def gauges(facts, agreement, day):
    return ()


def allowance(facts, agreement, first, last):
    return None
