"""The reference part of docs/agreements.md, written from the registry so that it cannot fall behind it."""

from collections.abc import Iterator, Mapping
from string import Formatter

from .case_language import CASE, DEFAULTS, EXPECT, REQUEST
from .case_values import SHAPES
from .clauses import POPULATION, RULE, VALUE
from .readings import READINGS
from .rules import BY_KIND, RULES, Rule
from .samples import answer_of, ask_of
from .schema import Param
from .times import TIMES

_TYPES = {
    "number": "a number",
    "whole": "a whole number",
    "days": "days, halves allowed (`12` or `12.5`)",
    "flag": "`true` or `false`",
    "date": "a date without quotes (`2026-06-30`)",
    "moment": "a date and hour without quotes (`2026-06-30T18:30:00`)",
    "clock": "an hour without quotes (`09:30:00`)",
    "length": '`{ n = 3, unit = "month" }`; units `hour`, `calendar_day`, `working_day`, `week`, `month`, `year`',
    "lengths": 'a length, or a list of lengths: `[{ n = 1, unit = "year" }, …]`',
    "string": "a text in quotes",
    "words": 'a text in quotes, or `{ fr = "…", en = "…" }`',
    "strings": "a list of texts",
    "codes": 'a list of codes, like `["night_shift", "reception"]`',
    "weekdays": 'a list of weekdays (`["monday", "tuesday"]`)',
    "scale": "rows `[{ rate = 80, days = 78 }, …]`",
    "conditions": 'a table of plain values, like `{ unit = "day" }`',
    "replacements": "`{ weekly = { limit = 4 } }`: the rule by name or kind, and its new values",
    **SHAPES,
}
# The chapters of the reference; a kind that none of them names stands in the last.
CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "Who may telework": (
        "contract_status", "job_excluded", "activity", "minimum_rate", "contract_length", "unit_size", "seniority",
        "trial_period", "autonomy", "judgement", "attestation",
    ),
    "From where": ("declared_place", "places", "abroad"),
    "Which days": (
        "allowed_weekdays", "anchor_days", "closed_days", "beside_absence", "fixed_days", "half_days", "granularity",
        "not_both_days", "consecutive_days", "no_telework_when",
    ),
    "How many days": (
        "cap", "weekly_cap", "monthly_cap", "yearly_cap", "share", "formula_choice", "collective_quota", "carry_over",
        "giving_days",
    ),
    "How much presence": ("minimum_on_site", "minimum_team_on_site", "continuity", "recall_on_site", "cancellation"),
    "Asking and answering": (
        "request_form", "planning_round", "notice", "horizon", "manager_approval", "approval_chain", "days_set_by",
        "reply_deadline", "refusal",
    ),
    "Starting, lasting, ending": (
        "deferral", "adaptation_period", "authorisation_length", "reversibility", "suspension",
    ),
    "Exceptions": ("derogation", "exemption", "exceptional_regime"),
    "Money and equipment": ("allowance_per_day", "allowance", "exempt_ceiling", "meal_voucher", "equipment"),
    "Time and duties": ("rest", "contact_hours", "flat_day", "interview", "report", "legal_threshold", "undertaking"),
    "Texts above and below": ("bound",),
    "What always holds": (
        "agreement_in_force", "past_day", "contract_in_force", "day_worked", "already_booked",
    ),
}  # fmt: skip
# What a reading depends on, where that is no key of the rule but follows from several.
CONDITIONS = {
    "in_working_days": "a length is in `working_day`",
    "counts_days": "it counts days",
    "follows_year": "the period is a year",
    "averaged": "`averaged` is true",
    "prorated": "`prorated` is true",
    "is_dated": "the cap is prorated",
    "by_headcount": "its `bands` go by the head count of the unit",
    "merges": "it is counted in half-days",
    "is_counted": "there is a notice to count",
    "full_time": "`full_time` is true",
    "is_monthly": "it is paid by the month",
    "has_notice": "there is a notice",
    "of_is_open": "`of` is left out",
    "per_is_open": "`per` is left out",
    "has_other": "`or_else` is given",
}
_OTHERS = "More"


def reference() -> str:
    """Every kind of rule, every reading, every key of a document and of a case, in Markdown."""
    parts = ["## Every kind of rule", *_index(), *(line for chapter in chapters() for line in _chapter(*chapter))]
    parts += ["\n## Every reading", *(line for name in READINGS for line in _reading(name))]
    return "\n".join([*parts, *_keys()]) + "\n"


def chapters() -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """The chapters with the kinds that exist, each kind once."""
    named = {kind for kinds in CHAPTERS.values() for kind in kinds}
    for title, kinds in CHAPTERS.items():
        yield title, tuple(BY_KIND[kind] for kind in kinds if kind in BY_KIND)
    rest = tuple(rule for rule in RULES if rule.kind not in named)
    if rest:
        yield _OTHERS, rest


def _index() -> Iterator[str]:
    yield "\n| question | kind |\n| --- | --- |"
    for title, rules in chapters():
        yield f"| **{title}** | |"
        for rule in rules:
            yield f"| {rule.question.en} | [`{rule.kind}`](#{rule.kind}) |"


def _chapter(title: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield f"\n## {title}"
    for rule in rules:
        yield _heading(rule)


def _heading(rule: Rule) -> str:
    lines = [f'\n<a id="{rule.kind}"></a>', f"### `{rule.kind}`: {rule.title.en} (« {rule.title.fr} »)\n"]
    lines.append(f"{rule.question.en} {_traits_of(rule)}".strip())
    if rule.params:
        lines += ["", *_table(rule.params)]
    lines += ["\n```toml", "[[rules]]", rule.example, "```"]
    if rule.readings:
        lines += ["\nIt needs these readings:\n", *_needed(rule)]
    if rule.consult and (asked := ask_of(rule)):
        lines += ["\nIn a case:\n", "```toml", asked, f"expect = {{ {answer_of(rule)} }}", "```"]
    if rule.asks:
        lines += ["\nThe keys of its question, besides `kind`, `name`, `form` and `on`:\n", *_table(rule.asks)]
    if numbers := _numbers(rule):
        lines.append(f"\nA case may also expect: {numbers}.")
    return "\n".join(lines)


def _traits_of(rule: Rule) -> str:
    said = []
    if rule.always:
        said.append("This rule always holds; writing it gives it its article.")
    if rule.one_of:
        said.append(f"Write one of {' or '.join(f'`{key}`' for key in rule.one_of)}, not both.")
    if rule.several:
        said.append("It may be written several times, each time with its own `name`.")
    if not rule.judge and not rule.always:
        said.append("It refuses no day by itself" + ("; a case puts it a question (`ask`)." if rule.consult else "."))
    elif rule.consult:
        said.append("It is met by every request, and also answers a question (`ask`).")
    if rule.lifts:
        said.append("It lifts or replaces other rules.")
    return " ".join(said)


def _needed(rule: Rule) -> Iterator[str]:
    for wanted in rule.readings:
        name, *condition = (wanted,) if isinstance(wanted, str) else wanted
        choices = ", ".join(f"`{choice}`" for choice in READINGS[name].choices)
        yield f"- [`{name}`](#reading-{name}){_when(condition)}: {READINGS[name].asks.en} {choices}"


def _when(condition: list) -> str:
    if not condition:
        return ""
    key, *values = condition
    if key in CONDITIONS:
        return f" (when {CONDITIONS[key]})"
    if not values:
        return f" (when `{key}` is given)"
    wanted = values[0] if isinstance(values[0], tuple) else (values[0],)
    return f" (when `{key}` is {' or '.join(f'`{value}`' for value in wanted)})"


def _numbers(rule: Rule) -> str:
    """The keys of a finding's data, as its sentences name them, and those that none of them names."""
    found: dict[str, None] = dict.fromkeys(rule.tells)
    for text in rule.sentences.values():
        for _, field, _, _ in Formatter().parse(text.en):
            if field and not field.endswith(("_en", "_fr")):
                found[field] = None
    return ", ".join(f"`{key}`" for key in found)


def _table(params: Mapping[str, Param]) -> list[str]:
    rows = [line for key, param in params.items() for line in _row(key, param)]
    return ["| key | value | meaning |", "| --- | --- | --- |", *rows]


def _row(key: str, param: Param) -> Iterator[str]:
    last = key.rpartition(".")[2]
    about = POPULATION[last].about if last in POPULATION and param.about in ("", last) else param.about
    yield f"| `{key}` | {_type(param)} | {about.lang('en')}{_optional(param)} |"
    for inner, field in param.fields.items():
        yield from _row(f"{key}.{inner}", field)


def _type(param: Param) -> str:
    if param.fields:
        keys = ", ".join(param.fields)
        return f"a list of tables `{{ {keys} }}`" if param.type == "rows" else f"a table `{{ {keys} }}`"
    if param.choices:
        names = " or ".join(f"`{choice}`" for choice in param.choices)
        return f"a list of {names}" if param.type == "codes" else names
    return _TYPES[param.type]


def _optional(param: Param) -> str:
    if param.required:
        return ""
    plain = isinstance(param.default, int | str) or (param.default is not None and str(param.default).isdecimal())
    given = f"; else `{str(param.default).lower()}`" if plain and str(param.default) else ""
    return f" (may be left out{given})"


def _reading(name: str) -> Iterator[str]:
    question = READINGS[name]
    yield f'\n<a id="reading-{name}"></a>'
    yield f"### `{name}`\n"
    yield f"{question.asks.en}\n"
    for choice, answer in question.choices.items():
        keys = "".join(f"; with `{key}`, {_said_of(param)}" for key, param in answer.params.items())
        yield f"- `{choice}`: {answer.about.en}{keys}"
    users = [rule.kind for rule in RULES if name in {w if isinstance(w, str) else w[0] for w in rule.readings}]
    if users:
        yield f"\nAsked for by {', '.join(f'`{kind}`' for kind in users)}."


def _said_of(param: Param) -> str:
    """What a key of an answer means; the words name the choices already where each needs a word of its own."""
    about = param.about.en
    named = bool(param.choices) and all(choice in about for choice in param.choices)
    return about if named or not about else f"{about} ({_type(param)})"


def _keys() -> list[str]:
    person = {key: param for key, param in CASE.items() if key in DEFAULTS}
    own = {key: param for key, param in CASE.items() if key not in DEFAULTS}
    return [
        "\n## Every key of a rule\n",
        *_table(RULE),
        "\nEach value, `[[rules.values]]`, has the keys of its kind, and:\n",
        *_table(VALUE),
        "\n`population` may hold, all of them having to be met:\n",
        *_table(POPULATION),
        "\n`when` may hold, all of them having to be met:\n",
        *_table(TIMES),
        "\n## Every key of a case\n",
        "Of the person; also allowed once for all cases, under `[defaults]`:\n",
        *_table(person),
        "\nOf the case:\n",
        *_table(own),
        "\n`request` holds:\n",
        *_table(REQUEST),
        "\n`ask` holds `kind`, and, where several clauses are of that kind, `name`; `form`, the form of telework it is"
        " about; `on`, the day whose values are asked (today otherwise); then the keys of the question.",
        "\n`expect` holds:\n",
        *_table(EXPECT),
        "\nAny other key of `expect` is looked for among the numbers, dates and words of the answer: those of the rule"
        " named by `rule`, else of the rules that refuse, else of all.",
    ]
