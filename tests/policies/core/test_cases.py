"""The language of cases, and the commands that check, explain and map what is written in it."""

from datetime import date
from decimal import Decimal

import pytest

from policies.core.__main__ import main
from policies.core.agreement import AgreementError
from policies.core.case_facts import facts_of
from policies.core.cases import load_cases, run_cases

from .given import HEAD, READINGS, agreement, rule
from .test_reference import WORKED, WORKED_CASES

WEEKLY = rule("weekly_cap", 'from = 2020-01-01;limit = 3;unit = "day"')
UPPER = rule("bound", 'from = 2020-01-01;of = "weekly_cap";most = 2', extra='name = "days"\nforce = "FORCE"')


def case(*lines: str, today: str = "2026-06-09"):
    [found] = load_cases(f'[[cases]]\nname = "a"\ntoday = {today}\n' + "\n".join(lines) + "\n")
    return found


def held(*lines: str):
    facts = facts_of(case(*lines).given)
    return facts, sorted(facts.booked)


def test_totals_used_are_laid_around_the_day_asked_the_week_within_the_month():
    facts, days = held("used = { week = 2, month = 6 }", "request = { day = 2026-06-18 }")
    assert len(days) == 6
    assert sum(date(2026, 6, 15) <= day <= date(2026, 6, 21) for day in days) == 2
    assert all(day.month == 6 and day.weekday() < 5 and day != date(2026, 6, 18) for day in days)
    assert not facts.forms


def test_half_days_used_stand_on_days_of_their_own_and_under_their_form():
    facts, days = held('used = { month = 3, unit = "half_day", form = "occasional" }', "request = { day = 2026-06-18 }")
    assert len(days) == 3
    assert {facts.booked[day] for day in days} == {1}
    assert set(facts.forms.values()) == {"occasional"}


def test_one_and_a_half_days_used_are_a_day_and_a_half_day():
    facts, days = held("used = { week = 1.5 }", "request = { day = 2026-06-18 }")
    assert sorted(facts.booked[day] for day in days) == [1, 3]


def test_an_envelope_of_the_year_leaves_the_week_of_another_alone():
    used = 'used = [{ week = 2 }, { year = 10, form = "exceptional" }]'
    facts, days = held(used, "request = { day = 2026-06-18 }")
    assert len(days) == 12
    week = [day for day in days if date(2026, 6, 15) <= day <= date(2026, 6, 21)]
    assert len(week) == 2
    assert not any(day in facts.forms for day in week)


def test_every_fact_has_its_key():
    facts = facts_of(
        case(
            'rate = 60\nstatus = "fixed_term"\nin_post_since = 2026-03-01\nunits = ["branch"]',
            "unit_size = [{ from = 2026-01-01, size = 7 }, { from = 2026-06-16, size = 6 }]",
            'traits = ["carer", { code = "volume", number = 12, from = 2026-06-01, to = 2026-06-30 }]',
            'formula = "monthly"\nsettings = { team_presence = 3 }\nhours_a_day = 7.7',
            "collective = { two_days = { counted = 80, headcount = 1000 } }",
            'regimes = [{ code = "strike", from = 2026-06-10, to = 2026-06-12 }]',
            'absences = [{ day = 2026-06-10, code = "sick_leave" }]\naway = [{ day = 2026-06-11, code = "training" }]',
            'booked = [{ day = 2026-06-12, part = "morning", form = "occasional", country = "ES" }]',
            "team_days = [{ day = 2026-06-18, due = 6, remote = 3 }]\nholidays = [2026-07-14]",
            'works = ["monday", "wednesday", "thursday", "friday"]',
        ).given
    )
    day, friday = date(2026, 6, 18), date(2026, 6, 12)
    assert (facts.contracts[0].rate, facts.contracts[0].status) == (Decimal(60), "fixed_term")
    assert facts.in_post_since == date(2026, 3, 1)
    assert (facts.unit_size(date(2026, 6, 15)), facts.unit_size(day), facts.units) == (7, 6, ("branch",))
    assert facts.has("carer", day)
    assert facts.trait("volume", day).number == 12
    assert facts.trait("volume", date(2026, 7, 1)) is None
    assert facts.formula(day) == "monthly"
    assert facts.settings == {"team_presence": 3}
    assert facts.collective == {"two_days": (80, 1000)}
    assert facts.regime("strike", friday).code == "strike"
    assert facts.regime("", day) is None
    assert facts.absence_codes == {date(2026, 6, 10): "sick_leave"}
    assert facts.away == {date(2026, 6, 11): "training"}
    assert (facts.booked[friday], facts.forms[friday], facts.elsewhere[friday]) == (1, "occasional", "ES")
    assert facts.team_days == {day: (6, 3)}
    assert facts.workdays[date(2026, 7, 14)].holiday
    assert facts.workdays[day].minutes == 462
    assert facts.workdays[date(2026, 6, 16)].due == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("traits = [3]", "A table of keys is expected"),
        ("traits = [{ code = 'a', frm = 2026-01-01 }]", "“frm” is not known. Maybe “from”?"),
        ("used = { weeek = 2 }", "“weeek” is not known. Maybe “week”?"),
        ("used = 3", "A list is expected"),
        ('settings = { a = "x" }', "a number from 0"),
        ("collective = { a = { counted = 3 } }", "“headcount” is missing"),
        ("request = { part = 'morning' }", "“day” is missing"),
        ("request = { day = 2026-06-18, answers = { manager = 'maybe' } }", "answers"),
        ("ask = { kind = 'reply_deadline' }", "“requested” is missing"),
        ("ask = { kind = 'reply_deadlin', requested = 2026-03-02 }", "Maybe “reply_deadline”?"),
        ("ask = { kind = 'reply_deadline', requsted = 2026-03-02, requested = 2026-03-02 }", "Maybe “requested”?"),
        ("expect = { verdct = 'refused' }", "Maybe “verdict”?"),
        ("works = ['mondy']", "Maybe “monday”?"),
    ],
)
def test_a_wrong_key_or_value_of_a_case_is_told_with_its_line(line, said):
    with pytest.raises(AgreementError, match=r"line \d+, cases\[1\]") as caught:
        case(line)
    assert said in str(caught.value)


def files(folder, **texts: str) -> list[str]:
    paths = []
    for name, text in texts.items():
        path = folder / (name.replace("_cases", ".cases") + ".toml")
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


def test_the_commands_check_explain_and_map_the_worked_example(tmp_path, capsys):
    [path, _] = files(tmp_path, atelier=WORKED, atelier_cases=WORKED_CASES)
    assert main(["check", path]) == 0
    assert "18 cases passed" in capsys.readouterr().out
    assert main(["explain", path, "Asked on 2 March"]) == 0
    said = capsys.readouterr().out
    assert "Time to reply [4]" in said
    assert "due = 2026-03-17" in said
    assert main(["explain", path, "A third day", "--lang", "fr"]) == 0
    assert "✗ Plafond (weekly) [2]" in capsys.readouterr().out
    assert main(["map", path]) == 0
    assert "| 2c | `cap` exceptional | 2 |" in capsys.readouterr().out


@pytest.mark.parametrize(("force", "code"), [("binding", 1), ("recommended", 0)])
def test_a_text_is_checked_under_the_one_it_names_or_is_given(tmp_path, capsys, force, code):
    lower = HEAD + READINGS + WEEKLY
    named = lower.replace('level = "company"', 'level = "company"\nbase = "upper"')
    upper = HEAD + READINGS + UPPER.replace("FORCE", force)
    [plain, below, above] = files(tmp_path, plain=lower, below=named, upper=upper)
    assert main(["check", plain]) == 0
    for arguments in (["check", below], ["check", plain, "--upper", above]):
        capsys.readouterr()
        assert main(arguments) == code
        said = capsys.readouterr()
        assert "3 is above 2, the most admitted. Essai, article 1" in (said.err if code else said.out)


def test_a_base_that_is_not_there_is_told(tmp_path, capsys):
    [path] = files(tmp_path, below=HEAD.replace('level = "company"', 'level = "company"\nbase = "upper"') + WEEKLY)
    assert main(["check", path]) == 1
    assert "upper.toml: This file cannot be read" in capsys.readouterr().err


def test_a_span_of_days_held_leaves_out_the_days_on_which_nothing_is_due():
    _, days = held(
        "booked = [{ first = 2026-06-11, last = 2026-06-16 }, 2026-06-20]",
        "holidays = [2026-06-15]",
        "request = { day = 2026-06-18 }",
    )
    assert days == [date(2026, 6, 11), date(2026, 6, 12), date(2026, 6, 16), date(2026, 6, 20)]


def test_several_words_of_an_answer_are_expected_as_a_list(tmp_path, capsys):
    duties = rule("exceptional_regime", 'from = 2020-01-01;duties = ["told", "consulted"]')
    ask = 'ask = { kind = "exceptional_regime" }'
    head = "[[cases]]\ntoday = 2026-06-09\n"
    right = f'{head}name = "right"\n{ask}\nexpect = {{ duties = ["told", "consulted"] }}\n'
    wrong = f'{head}name = "wrong"\n{ask}\nexpect = {{ duties = ["consulted"] }}\n'
    [path, _] = files(tmp_path, ours=HEAD + READINGS + duties, ours_cases=right)
    assert main(["check", path]) == 0
    files(tmp_path, ours_cases=wrong)
    assert main(["check", path]) == 1
    assert "duties: expected" in capsys.readouterr().err


HOURS = agreement(
    rule("cap", 'from = 2020-01-01;limit = 21;unit = "hour";per = "week"'),
    rule("no_telework_when", 'from = 2020-01-01;states = ["standby"];day = "given_back"'),
)
ASKED = "request = { day = 2026-06-18, hours = 4 }\nexpect = { verdict ="


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("booked = [2026-06-15, 2026-06-16, { day = 2026-06-17, hours = 3 }]", '"allowed"'),
        (
            "booked = [2026-06-15, 2026-06-16, { day = 2026-06-17, hours = 3.5 }]",
            '"refused", rule = "cap", used = 17.5',
        ),
        ('used = { week = 17, unit = "hour" }', '"allowed"'),
        ('used = { week = 17.5, unit = "hour" }', '"refused", rule = "cap", used = 17.5'),
        ('absences = [{ day = 2026-06-18, code = "standby" }]', '"refused", rule = "no_telework_when"'),
    ],
)
def test_hours_are_held_by_the_day_or_in_all_and_what_always_holds_may_refuse_beside(said, verdict):
    text = f'[defaults]\ntoday = 2026-06-01\n[[cases]]\nname = "x"\n{said}\n{ASKED} {verdict} }}\n'
    assert [outcome.differences for outcome in run_cases(HOURS, load_cases(text))] == [()]
