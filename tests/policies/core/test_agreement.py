"""The language of agreements: what is read, and how a fault is told."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.core import NoValueInForce
from policies.core.agreement import AgreementError, assemble, load, with_readings
from policies.core.cases import load_cases, run_cases
from policies.core.lint import lint

from .given import HEAD, READINGS, agreement, person, refusing, rule, shipped

CAP = rule("weekly_cap", 'from = 2020-01-01;limit = 3;unit = "day"')


def faults_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(AgreementError) as caught:
        load(text, name="essai.toml")
    return [(line, key, str(message)) for line, key, message in caught.value.faults]


def line_of(text: str, fragment: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if fragment in line)


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (("limit = 3", "limt = 3"), "rules[1].values[1].limt", "Maybe “limit”?"),
        (('"weekly_cap"', '"weekly_cop"'), "rules[1].kind", "Maybe “weekly_cap”?"),
        (("limit = 3", "limit = 3.3"), "rules[1].values[1].limit", "half-days are expected"),
        (("limit = 3", "limit = -1"), "rules[1].values[1].limit", "0 to 366"),
        (("limit = 3", "limit = true"), "rules[1].values[1].limit", "“True”"),
        (("limit = 3", "limit = nan"), "rules[1].values[1].limit", "a number from"),
        (("limit = 3", "limit = 99999999999999999999"), "rules[1].values[1].limit", "0 to 366"),
        (('unit = "day"', 'unit = "dya"'), "rules[1].values[1].unit", "Maybe “day”?"),
        (("from = 2020-01-01", 'from = "2020-01-01"'), "rules[1].values[1].from", "without quotes"),
        (("from = 2020-01-01", "from = 2020-01-01T10:00:00"), "rules[1].values[1].from", "without quotes"),
        (('article = "1"', 'article = "9.9"'), "rules[1].article", "“9.9” is not known"),
        (("in_force = 2020-01-01", "in_force = 2020-01-01\nends = 2019-01-01"), "ends", "before it starts"),
        (('level = "company"', 'level = "companie"'), "level", "Maybe “company”?"),
        (('choice = "linear"', 'choice = "lineer"'), "readings.part_time.choice", "Maybe “linear”?"),
        (("[readings.part_time]", "[readings.partime]"), "readings.partime", "Maybe “part_time”?"),
        (('title = "Essai"', 'titel = "Essai"'), "titel", "Maybe “title”?"),
    ],
)
def test_a_fault_names_line_key_value_and_remedy(change, key, said):
    good = HEAD + READINGS + CAP
    assert load(good).rules
    text = good.replace(*change, 1)
    line, found_key, message = next(fault for fault in faults_of(text) if fault[1] == key)
    assert found_key == key
    assert said in message
    assert line == line_of(text, change[1].split("\n")[-1])


def test_all_faults_are_told_at_once_and_in_both_languages():
    text = HEAD + CAP.replace("limit = 3", "limit = -3").replace('"day"', '"hour"')
    with pytest.raises(AgreementError) as caught:
        load(text, name="essai.toml")
    assert len(caught.value.faults) == 2
    french = caught.value.sentences("fr")
    assert french[0].startswith("essai.toml, ligne ")
    assert "un nombre de 0 à 366 est attendu" in french[0]


@pytest.mark.parametrize(
    "text", ["=", "[a\n", "x = 2026-02-31", "a = 1\na = 2", "\x00", "a = " + "[" * 5000, "x = " + "9" * 5000]
)
def test_what_is_not_toml_is_told_with_its_line(text):
    [(line, key, message)] = faults_of(text)
    assert "not readable TOML" in message or "not known" in message
    assert key in ("", "x")
    assert line >= 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n" + "a." * 60 + "a = 1", "over 50 levels"),
        ('x = { "a".' + '"a" . ' * 60 + "b = 1 }", "over 50 levels"),
        ("[[rules]]\nkind = 'past_day'\n" * 501, "At most 500 rules"),
        ("x" * 1_000_001, "at most 1000000 characters"),
        ("[labels]" + " " * 20_000 + "\nlevel = 1", "is missing"),
    ],
)
def test_a_text_made_to_exhaust_the_reader_is_refused_at_once(text, said):
    assert any(said in message for _, _, message in faults_of(text))


def test_a_hundred_faults_are_enough():
    assert len(faults_of("\n".join(f"k{number} = 1" for number in range(5000)))) == 100


def test_two_rules_for_the_same_people_contradict_each_other():
    line = line_of(HEAD + CAP + CAP, "[[rules]]")
    [(_, key, message)] = faults_of(HEAD + CAP + CAP)
    assert key == "rules[2]"
    assert f"contradicts rules[1] (line {line})" in message


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ('statuses = ["permanent"]', 'statuses = ["apprentice"]', True),
        ('statuses = ["permanent"]', 'except_statuses = ["permanent"]', True),
        ("full_time = true", "full_time = false", True),
        ('jobs = ["reception"]', 'statuses = ["apprentice"]', False),
        ('statuses = ["permanent", "agency"]', 'statuses = ["agency"]', False),
    ],
)
def test_populations_are_apart_only_when_nobody_is_in_both(one, other, apart):
    rules = [
        rule("weekly_cap", 'from = 2020-01-01;limit = 3;unit = "day"', extra=f"population = {{ {who} }}")
        for who in (one, other)
    ]
    if apart:
        assert len(agreement(*rules).rules) == 2
    else:
        assert "contradicts" in faults_of(HEAD + "\n".join(rules))[0][2]


def test_amending_adds_a_value_and_the_past_keeps_its_own():
    document = agreement(
        rule("weekly_cap", 'from = 2020-01-01;limit = 1;unit = "day"', 'from = 2026-06-22;limit = 2;unit = "day"')
    )
    assert document.value("weekly_cap", "limit", on=date(2026, 6, 21)) == 1
    assert document.value("weekly_cap", "limit", on=date(2026, 6, 22)) == 2
    facts = person(booked={date(2026, 6, 16): 3, date(2026, 6, 23): 3})
    assert refusing(facts, document, date(2026, 6, 19)) == {"weekly_cap.exceeded"}
    assert refusing(facts, document, date(2026, 6, 26)) == set()


def test_a_repealed_rule_says_nothing_from_that_day():
    document = agreement(
        rule("weekly_cap", 'from = 2020-01-01;limit = 1;unit = "day"', "from = 2026-06-22;applies = false")
    )
    facts = person(booked={date(2026, 6, 16): 3, date(2026, 6, 23): 3})
    assert not lint(document)
    assert refusing(facts, document, date(2026, 6, 19)) == {"weekly_cap.exceeded"}
    assert refusing(facts, document, date(2026, 6, 26)) == set()


def test_a_day_without_value_is_an_error_that_names_document_article_and_day():
    document = agreement(rule("weekly_cap", 'from = 2020-01-01;until = 2026-06-14;limit = 1;unit = "day"'))
    with pytest.raises(NoValueInForce, match=r"“Essai”, article 1, does not say “weekly_cap” on 19 June 2026"):
        refusing(person(), document, date(2026, 6, 19))
    [fault] = lint(document)
    assert fault.key == "weekly_cap"
    assert "no value in force on 15 June 2026" in fault.message


@pytest.mark.parametrize("name", ["year_start", "part_time", "within_year", "rounding", "half_day_counts"])
def test_an_open_reading_keeps_the_document_from_being_published(name):
    closed = agreement(rule("yearly_cap", 'from = 2020-01-01;limit = 100;unit = "day"'))
    assert not lint(closed)
    opened = with_readings(closed, {name: {"choice": "open"}})
    assert [fault.key for fault in lint(opened)] == [f"readings.{name}"]
    with pytest.raises(NoValueInForce, match=name):
        refusing(person(), opened, date(2026, 6, 19))


def test_readings_that_nothing_depends_on_need_not_be_made():
    document = agreement(rule("notice", 'from = 2020-01-01;limit = 2;unit = "calendar_day"'), readings="")
    assert [fault.key for fault in lint(document)] == ["readings.notice_counting"]


def test_a_text_is_read_in_both_languages_or_in_its_own():
    article = shipped().articles["3.3.1"]
    assert article.title == "Contingent annuel"
    assert article.title.lang("en") == "Yearly contingent"
    assert agreement().articles["1"].title.lang("en") == "Un article"


def test_what_we_chose_ourselves_is_marked():
    document = shipped()
    assert {reading.by for reading in document.readings.values()} == {"ours"}
    by = {clause.kind: {value.by for value in clause.values} for clause in document.rules}
    assert by["yearly_cap"] == by["allowance_per_day"] == {"text"}
    assert by["notice"] == by["horizon"] == {"ours"}
    assert document.value("allowance_per_day", "amount", on=date(2026, 1, 1)) == Decimal("2.30")


_PIECES = st.sampled_from(
    [
        HEAD,
        READINGS,
        CAP,
        "[[rules]]\n",
        "[[rules.values]]\n",
        "[rules]\n",
        'kind = "notice"\n',
        "from = 2020-01-01\n",
        "limit = 2\n",
        "values = 3\n",
        "rules = 1\n",
        "[articles]\n",
        'x = """\n',
        "population = {}\n",
        "[readings.rounding]\n",
        "choice = 1\n",
        "[[cases]]\n",
        "[labels]\n",
        "a.b.c = {d = [1, {e = 2}]}\n",
        "[defaults]\n",
        "request = { days = 3 }\n",
        "expect = []\n",
        'name = "é\\u0000"\n',
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=30)), max_size=8).map("".join))
def test_the_loaders_never_crash(text):
    for read in (load, load_cases):
        try:
            read(text)
        except AgreementError as error:
            assert error.faults
            assert all(fault.sentence("x", lang) for fault in error.faults for lang in ("fr", "en"))


_VALUES = st.one_of(
    st.none(),
    st.integers(),
    st.booleans(),
    st.text(max_size=5),
    st.dates(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_value_at_any_key_of_a_good_document_is_read_or_refused(data):
    document = shipped()
    raw = _copied(document.raw)
    table, key = data.draw(st.sampled_from(list(_places(raw))))
    table[key] = data.draw(_VALUES)
    try:
        assemble(raw, document.text, "x")
    except AgreementError as error:
        assert error.faults


def _copied(value):
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _places(value):
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def test_a_failed_case_says_what_was_expected_and_what_came():
    cases = load_cases(
        '[[cases]]\nname = "x"\ntoday = 2026-06-09\nrequest = { day = 2026-06-10 }\n'
        'expect = { verdict = "allowed", left = 3 }'
    )
    [outcome] = run_cases(shipped(), cases)
    assert [str(difference) for difference in outcome.differences] == [
        "verdict: expected allowed, got refused. 2 working days are needed; tomorrow is too soon."
        " First possible day: Thursday 11 June.",
        "left: expected 3, got 100.",
    ]


def test_french_words_of_a_document_are_spaced_as_french_is():
    """Ordinary spaces were typed; people read narrow ones that never break."""
    label = '[labels]\nshift = { fr = "équipe : « nuit » ; 2 x 8", en = "shift: “night”; 2 x 8" }\n'
    said = load(HEAD + READINGS + CAP + label, name="essai").label("shift")
    assert said.fr == "équipe\u202f: «\u202fnuit\u202f»\u202f; 2 x 8"
    assert said.en == "shift: “night”; 2 x 8"


@pytest.mark.parametrize(
    ("kind", "keys", "by"),
    [
        ("weekly_cap", 'limit = 3;unit = "day"', "text"),
        ("weekly_cap", 'limit = 3;unit = "day";by = "ours"', "ours"),
        ("weekly_cap", 'limit = 3;unit = "day";ours = true', "ours"),
        ("days_set_by", 'by = "employer"', "text"),
        ("days_set_by", 'by = "employer";ours = true', "ours"),
    ],
)
def test_a_value_says_whether_the_text_states_it_even_where_by_means_something_else(kind, keys, by):
    [clause] = [found for found in agreement(rule(kind, f"from = 2020-01-01;{keys}")).rules if found.kind == kind]
    assert clause.values[0].by == by
