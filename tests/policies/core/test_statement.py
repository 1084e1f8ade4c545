"""Rules told in one line, two documents side by side, and what a signature stands for."""

import re
from datetime import date

import pytest

from policies.core.agreement import load
from policies.core.cases import load_cases, run_cases
from policies.core.difference import Change, compare, readings_apart
from policies.core.rules import RULES
from policies.core.signing import fingerprint
from policies.core.statement import statement, whom

HEAD = (
    'title = "T"\nin_force = 2020-01-01\nlevel = "company"\n[articles."1"]\ntitle = "A"\ntext = "B"\nsource = "text"\n'
)
DAY = date(2026, 6, 3)
WITH_EXAMPLE = [rule for rule in RULES if rule.example]


def _document(*rules: str):
    return load(HEAD + "\n".join("[[rules]]\n" + re.sub(r'article = "[^"]*"', 'article = "1"', rule) for rule in rules))


def _weekly(limit: object, more: str = "") -> str:
    return (
        f'kind = "weekly_cap"\narticle = "1"\n{more}[[rules.values]]\nfrom = 2020-01-01\nlimit = {limit}\nunit = "day"'
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=lambda rule: rule.kind)
def test_every_kind_is_told_in_words(rule, lang):
    document = _document(rule.example)
    clause = next(clause for clause in document.rules if clause.kind == rule.kind)
    if not clause.values:
        return
    said = statement(document, clause, clause.values[-1], lang)
    assert said and not re.search(r"[{}]|None|Decimal|Length|frozenset|_", said), said


@pytest.mark.parametrize(
    "population, said",
    [
        ("full_time = true", "For: full time"),
        ('statuses = ["fixed_term"]', "For: fixed term"),
        ('except_jobs = ["sales"]', "For: except sales"),
        ("unit_least = 5\nunit_most = 6", "For: 5 people to 6 people"),
        ("rate_from = 50", "For: 50% at least"),
    ],
)
def test_whom_a_rule_is_for_is_told(population, said):
    document = _document(
        _weekly(2, f"[rules.population]\n{population}\n").replace("[[rules.values]]", "[[rules.values]]")
    )
    assert whom(document, document.rules[0], "en") == said


def test_a_rule_for_everybody_says_nothing_of_whom():
    document = _document(_weekly(2))
    assert whom(document, document.rules[0], "fr") == ""


@pytest.mark.parametrize(
    "before, after, change",
    [(2, 2, Change.SAME), (2, 1, Change.NARROWED), (2, 3, Change.WIDENED)],
)
def test_less_of_a_cap_is_narrower(before, after, change):
    rows = compare(_document(_weekly(before)), _document(_weekly(after)), (DAY, DAY))
    assert [row.change for row in rows] == [change]


def test_more_notice_is_narrower():
    notices = (
        f'kind = "notice"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01\nlimit = {days}\nunit = "working_day"'
        for days in (2, 5)
    )
    rows = compare(*(_document(notice) for notice in notices), (DAY, DAY))
    assert [row.change for row in rows] == [Change.NARROWED]


def test_what_only_one_of_them_says_is_added_or_not_taken_over():
    one, none = _document(_weekly(2)), _document()
    assert [row.change for row in compare(one, none, (DAY, DAY))] == [Change.REMOVED]
    assert [row.change for row in compare(none, one, (DAY, DAY))] == [Change.ADDED]


def test_each_document_is_read_on_its_own_day():
    rising = _document(_weekly(2) + '\n[[rules.values]]\nfrom = 2027-01-01\nlimit = 3\nunit = "day"')
    assert [row.change for row in compare(rising, rising, (DAY, date(2027, 1, 1)))] == [Change.WIDENED]


def test_readings_that_differ_are_named():
    reading = '[readings.half_day_counts]\nchoice = "{}"\nby = "ours"\n'
    first, second = (load(HEAD + reading.format(choice)) for choice in ("half", "whole"))
    assert readings_apart(first, second) == (("half_day_counts", "half", "whole"),)
    assert readings_apart(first, first) == ()


CASE = """[[cases]]
name = "Third"
today = 2026-06-03
booked = [2026-06-16, 2026-06-17]
request = { day = 2026-06-18 }
expect = { verdict = "refused" }
"""


def _fingerprint(document, case: str) -> str:
    return fingerprint(run_cases(document, load_cases(case))[0])


def test_a_signature_stands_for_the_case_and_its_answer():
    reading = '\n[readings.half_day_counts]\nchoice = "half"\nby = "ours"\n'
    two, one = (load(_document(_weekly(limit)).text + reading) for limit in (2, 1))
    signed = _fingerprint(two, CASE)
    assert signed == _fingerprint(two, "# a remark\n" + CASE)
    assert signed != _fingerprint(one, CASE), "the limit that refused is another"
    assert signed != _fingerprint(two, CASE.replace("2026-06-18", "2026-06-19"))


LAW = """[labels]
range = { fr = "jours d’équipe", en = "team days" }
[[rules]]
kind = "cap"
name = "monthly"
article = "1"
[[rules.values]]
from = 2020-01-01
until = 2025-12-31
bands = [{ unit_most = 6, limit = 2 }, { unit_least = 7, limit = 4 }]
unit = "day"
per = "month"
[[rules.values]]
from = 2026-01-01
limit = 12
unit = "day"
per = "month"
steps = [{ up_to = 4 }, { up_to = 12, requires = ["saturdays"] }]
[[rules]]
kind = "minimum_on_site"
name = "presence"
article = "1"
[[rules.values]]
from = 2020-01-01
limit = 2
per = "month"
chosen = "range"
up_to = 3
[[rules]]
kind = "exemption"
article = "1"
[[rules.values]]
from = 2020-01-01
items = [{ code = "distance", least = 125, authorised_by = "director" }, { code = "role" }]
lifts = ["presence"]
replace = { monthly = { limit = 20 } }
[[rules]]
kind = "seniority"
article = "1"
[[rules.values]]
from = 2020-01-01
known = false
"""


@pytest.mark.parametrize(
    ("kind", "value", "fr", "en"),
    [
        (
            "cap", 0, "2 jours par mois (6 personnes au plus), 4 jours par mois (7 personnes au moins)",
            "2 days a month (6 people at most), 4 days a month (7 people at least)",
        ),
        ("cap", 1, "12 jours par mois, au-delà de 4\u202f: saturdays", "12 days a month, beyond 4: saturdays"),
        (
            "minimum_on_site", 0, "2 jours par mois sur site au moins, le nombre est fixé dans l’équipe, jusqu’à 3",
            "at least 2 days a month on site, the team fixes the number, up to 3",
        ),
        (
            "exemption", 0,
            "distance (125 au moins, autorisé par director) et role, lève\u202f: présence minimale,"
            " remplace\u202f: plafond, 20 jours par mois, au-delà de 4\u202f: saturdays",
            "distance (125 at least, authorised by director) and role, lifts: minimum on site,"
            " replaces: cap, 20 days a month, beyond 4: saturdays",
        ),
        (
            "seniority", 0, "valeur inconnue\u202f: la clause est gardée, rien n’en est jugé",
            "value not known: kept, never judged",
        ),
    ],
)  # fmt: skip
def test_scales_steps_and_what_is_lifted_are_told_in_words(kind, value, fr, en):
    document = load(HEAD + LAW)
    clause = next(clause for clause in document.rules if clause.kind == kind)
    assert statement(document, clause, clause.values[value], "fr") == fr
    assert statement(document, clause, clause.values[value], "en") == en
