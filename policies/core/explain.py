def sentence(finding, lang):
    return finding.code


def remedy(finding, lang):
    return finding.remedy


def headline(decision, lang):
    return decision.verdict.name


def title(finding, lang):
    return finding.rule


def entitlement_lines(entitlement, lang):
    return []


def to_json(decision, lang):
    return {}
