"""The agreements shipped, held by their cases, and what they say in both languages."""

import re
from datetime import date

import pytest

from policies.core import Part, Request, Verdict, decide, free_days_near, glance, recall
from policies.core.__main__ import main
from policies.core.agreement import with_readings
from policies.core.cases import load_cases, run_case
from policies.core.explain import headline, remedy, sentence, summary, title, to_json, whole
from policies.core.lint import lint
from policies.core.rules import BY_KIND, RULES

from .given import AGREEMENTS, TODAY, agreement, person, rule, shipped

SLUGS = ["ima-gie-2021", "exemple-deux-jours", "exemple-jours-separes"]


def cases_of(slug: str):
    return load_cases((AGREEMENTS / f"{slug}.cases.toml").read_text(encoding="utf-8"), name=slug)


CASES = [(slug, case) for slug in SLUGS for case in cases_of(slug)]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_agreement_has_no_fault(slug):
    assert lint(shipped(slug)) == ()


@pytest.mark.parametrize(("slug", "case"), CASES, ids=[f"{slug}: {case.name}" for slug, case in CASES])
def test_every_case_is_answered_as_signed(slug, case):
    assert run_case(shipped(slug), case).differences == ()


def test_a_case_that_only_one_rule_refuses_passes_once_that_rule_is_gone():
    """The refusal comes from the rule and from nothing else: without the rule the same request is possible."""
    for slug, case in CASES:
        kind, document = case.expect["rule"], shipped(slug)
        if kind is None or BY_KIND[kind].always or not case.given["request"]:
            continue
        if case.given["readings"]:
            document = with_readings(document, case.given["readings"])
        raw = {**document.raw, "rules": [item for item in document.raw["rules"] if item["kind"] != kind]}
        without = type(document)(
            **{name: getattr(document, name) for name in document.__slots__ if name not in ("cache", "rules", "raw")},
            raw=raw,
            rules=tuple(clause for clause in document.rules if clause.kind != kind),
        )
        decisions = run_case(without, _without_readings(case)).decisions
        assert all(decision.verdict is not Verdict.REFUSED for decision in decisions), (slug, case.name)


def _without_readings(case):
    return type(case)(case.name, case.line, {**case.given, "readings": {}})


def test_every_sentence_can_be_filled_from_the_data_of_its_finding():
    """No code, no placeholder and no empty gap is left in any sentence of any case, in either language."""
    for slug, case in CASES:
        for finding in run_case(shipped(slug), case).findings:
            for lang in ("fr", "en"):
                for text in (sentence(finding, lang), remedy(finding, lang), title(finding, lang)):
                    assert not re.search(r"[{}]|\w+\.\w+_|  | \.$", text), (finding, text)
                assert sentence(finding, lang)


def test_every_rule_has_both_languages_and_french_spacing():
    for known in RULES:
        for text in (known.title, known.question, *known.sentences.values()):
            assert text.fr
            assert text.en
            assert not re.search(r" [;:!?%»]", text.fr), text.fr
            assert "!" not in text


def said(document, facts, day, lang, kind):
    decision = decide(Request(day), facts, document)
    return next(whole(finding, lang) for finding in decision.findings if finding.rule == kind)


@pytest.mark.parametrize(
    ("kind", "facts", "day", "fr", "en"),
    [
        (
            "notice",
            person(),
            date(2026, 6, 10),
            "Il faut 2 jours ouvrés\u202f; demain est trop proche. Premier jour possible\u202f: jeudi 11 juin.",
            "2 working days are needed; tomorrow is too soon. First possible day: Thursday 11 June.",
        ),
        (
            "horizon",
            person(),
            date(2026, 12, 31),
            "Les jours se demandent 6 mois à l’avance au plus. Celui-ci s’ouvre le 1er juillet 2026.",
            "Days may be asked for 6 months ahead at most. This one opens on 1 July 2026.",
        ),
        (
            "declared_place",
            person(),
            date(2026, 6, 19),
            "Lieu déclaré\u202f: domicile, Niort",
            "Declared place: domicile, Niort",
        ),
        (
            "day_worked",
            person(),
            date(2026, 6, 20),
            "Vous ne travaillez pas le samedi 20 juin.",
            "You do not work on Saturday 20 June.",
        ),
        (
            "yearly_cap",
            person(booked={date(2026, 6, 8): 3, date(2026, 6, 9): 1}),
            date(2026, 6, 19),
            "Il vous resterait 97,5 jours sur 100",
            "You would have 97.5 days left of 100",
        ),
    ],
)
def test_the_voice_is_short_exact_and_ends_with_the_remedy(kind, facts, day, fr, en):
    assert said(shipped(), facts, day, "fr", kind) == fr
    assert said(shipped(), facts, day, "en", kind) == en


def test_an_exhausted_year_says_when_the_next_opens():
    worked = [day for day in person().workdays if day.year == 2026 and day.weekday() < 5]
    facts = person(booked=dict.fromkeys(worked[:100], 3))
    day = date(2026, 11, 12)
    assert said(shipped(), facts, day, "fr", "yearly_cap") == (
        "Vos 100 jours de 2026 sont pris. Les prochains s’ouvrent le 1er janvier 2027."
    )
    assert said(shipped(), facts, day, "en", "yearly_cap") == (
        "Your 100 days of 2026 are taken. The next open on 1 January 2027."
    )


def test_a_decision_in_words_counts_the_rules_for_and_against():
    decision = decide(Request(date(2026, 6, 10)), person(), shipped())
    assert headline(decision, "fr") == "Pas de télétravail ce jour-là"
    assert summary(decision, "fr") == "Une règle s’y oppose, les 13 autres sont remplies."
    assert summary(decision, "en") == "One rule stands against it, the other 13 are met."
    record = to_json(decision, "en")
    assert record["verdict"] == "refused"
    assert [found["rule"] for found in record["findings"] if found["verdict"] == "refused"] == ["notice"]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("part", list(Part))
def test_the_greying_agrees_with_the_decision_on_every_day(slug, part):
    document = shipped(slug)
    booked = {date(2026, 6, 16): 3, date(2026, 6, 17): 1, date(2026, 7, 1): 2, date(2026, 12, 31): 3}
    facts = person(booked=booked)
    for day, glanced in glance(facts, document, person().workdays, part).items():
        decision = decide(Request(day, part), facts, document)
        assert glanced.verdict is decision.verdict
        first = next(iter(decision.failing), None)
        assert (glanced.rule, glanced.code) == ((first.rule, first.code) if first else ("", ""))


def test_days_found_near_by_are_the_nearest_possible_ones():
    facts = person(booked={date(2026, 6, 16): 3})
    assert free_days_near(facts, shipped(), date(2026, 6, 16), Part.FULL) == (
        date(2026, 6, 15),
        date(2026, 6, 17),
        date(2026, 6, 18),
    )
    nobody = person(contracts=())
    assert free_days_near(nobody, shipped(), TODAY, Part.FULL) == ()
    assert free_days_near(facts, shipped(), date(9999, 12, 31), Part.FULL) == ()


def test_a_silent_agreement_greys_and_does_not_crash():
    document = agreement(rule("weekly_cap", 'from = 2030-01-01;limit = 1;unit = "day"'))
    day = date(2026, 6, 19)
    assert glance(person(), document, [day], Part.FULL)[day].code == "agreement.silent"


def test_a_recall_needs_one_of_the_agreed_grounds_and_its_notice():
    day = date(2026, 6, 19)
    assert recall(person(), shipped(), day, "technical_problem").verdict is Verdict.ALLOWED
    for ground in ("", "mood"):
        refused = recall(person(), shipped(), day, ground)
        assert refused.verdict is Verdict.REFUSED
        assert "problème technique" in remedy(refused, "fr")
    notice = agreement(rule("recall_on_site", 'from = 2020-01-01;grounds = ["x"];limit = 2;unit = "working_day"'))
    assert recall(person(), notice, date(2026, 6, 10), "x").code == "recall_on_site.too_soon"
    assert recall(person(), notice, date(2026, 6, 11), "x").code == "recall_on_site.ok"
    assert recall(person(), agreement(), day, "x").code == "recall_on_site.nothing"


def test_the_command_checks_and_explains(capsys, tmp_path):
    paths = [str(AGREEMENTS / f"{slug}.toml") for slug in SLUGS]
    assert main(["check", *paths]) == 0
    assert "50 cases passed" in capsys.readouterr().out
    assert main(["explain", paths[0], "Le lundi pour", "--lang", "fr"]) == 0
    assert "✗ Délai [3.3.4] — Il faut 2 jours ouvrés" in capsys.readouterr().out
    assert main(["explain", paths[0], "neuf jours dans le mois : 20"]) == 0
    assert main(["explain", paths[0], "nothing like it"]) == 1
    assert "1. Le 100e jour" in capsys.readouterr().err


def test_a_case_about_days_due_is_explained_by_its_sum(capsys, tmp_path):
    (tmp_path / "ours.toml").write_text((AGREEMENTS / "ima-gie-2021.toml").read_text("utf-8"), "utf-8")
    case = '[defaults]\ntoday = 2026-06-09\n[[cases]]\nname = "At 80"\ncontracts = [{ rate = 80 }]\n'
    (tmp_path / "ours.cases.toml").write_text(case + "expect = { entitlement = 80 }\n", "utf-8")
    assert main(["explain", str(tmp_path / "ours.toml"), "At 80"]) == 0
    told = capsys.readouterr().out
    assert "100 days × 80% × 365 / 365 = 80 days" in told and told.endswith("= 80\n")


def test_the_command_fails_with_a_sentence_per_fault(capsys, tmp_path):
    text = (AGREEMENTS / "ima-gie-2021.toml").read_text(encoding="utf-8").replace('kind = "notice"', 'kind = "notise"')
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text, encoding="utf-8")
    assert main(["check", str(wrong)]) == 1
    line = next(number for number, row in enumerate(text.split("\n"), 1) if "notise" in row)
    assert f"wrong.toml, line {line}, rules[10].kind: “notise” is not known. Maybe “notice”?" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "missing.toml")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_case_that_fails_makes_the_command_fail(capsys, tmp_path):
    text = (AGREEMENTS / "ima-gie-2021.toml").read_text(encoding="utf-8").replace("limit = 100", "limit = 90")
    cases = (AGREEMENTS / "ima-gie-2021.cases.toml").read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    (tmp_path / "a.cases.toml").write_text(cases, encoding="utf-8")
    assert main(["check", str(tmp_path / "a.toml"), "--lang", "fr"]) == 1
    assert (
        "Le 100e jour est accordable\u202f: verdict\u202f: attendu allowed, obtenu refused" in capsys.readouterr().err
    )
