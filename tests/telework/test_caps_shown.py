"""My year shows every cap that holds, whatever it counts and over which period, and a balance in its own unit."""

from datetime import date, timedelta

from django.urls import reverse

from telework import services
from telework.year import year_of
from telework.year_balance import balance_of, gauges_of
from tests import factories


def cap(name: str, **values) -> str:
    lines = "\n".join(f"{key} = {value}" for key, value in values.items())
    return f'[[rules]]\nkind = "cap"\nname = "{name}"\narticle = "1"\n[[rules.values]]\nfrom = 2020-01-01\n{lines}\n'


LABELS = '[labels]\nfree = { fr = "jours libres", en = "free days" }\n'


def under(scene, *caps: str) -> None:
    text = factories.agreement_text(approval=False)
    head, rules = text.split("[[rules]]", 1)
    kept = [rule for rule in rules.split("[[rules]]") if "yearly_cap" not in rule]
    text = head + LABELS + "".join(f"[[rules]]{rule}" for rule in kept) + "\n" + "\n".join(caps)
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))


def shown(scene):
    return gauges_of(year_of(scene.person, 2026, today=scene.today), scene.today + timedelta(days=1))


def test_a_weekly_and_a_monthly_cap_stand_at_the_week_and_the_month(scene):
    under(scene, cap("a", limit=2, unit='"day"', per='"week"'), cap("b", limit=6, unit='"day"', per='"month"'))
    services.book_day(day=scene.day(1), **scene.own)
    week, month = shown(scene)
    assert (week.used, week.unit, month.used, month.unit) == (1, "of 2", 1, "of 6")


def test_every_other_cap_has_a_gauge_of_its_own_in_its_unit(scene):
    under(
        scene,
        cap("a", limit=2, unit='"day"', per='"week"'),
        cap("free", limit=12, unit='"half_day"', per='"quarter"'),
        cap("b", limit=5, unit='"slot"', per='"fortnight"'),
        cap("balance", limit=40, unit='"day"', per='"year"'),
    )
    services.book_day(day=scene.day(1), **scene.own)
    assert [(gauge.name, gauge.used, gauge.unit) for gauge in shown(scene)[2:]] == [
        ("Free days", 2, "of 12 half-days"),
        ("The fortnight", 1, "of 5 slots"),
    ]


def test_a_balance_counts_in_the_unit_of_its_cap(scene, sign_in, clock):
    clock(scene.now.isoformat())
    under(scene, cap("a", limit=30, unit='"half_day"', per='"year"'))
    services.book_day(day=scene.day(1), **scene.own)
    balance = balance_of(year_of(scene.person, 2026, today=scene.today))
    assert (balance.total, balance.booked, balance.left) == (30, 2, 28)
    assert "half-days to take" in sign_in(scene.person).get(reverse("year")).content.decode()


def test_a_balance_of_hours_is_written_and_not_drawn(scene):
    under(scene, cap("a", limit=700, unit='"hour"', per='"year"'))
    assert balance_of(year_of(scene.person, 2026, today=scene.today)).cells == ""


def test_the_cap_that_refuses_is_named_with_its_numbers(scene):
    under(scene, cap("a", limit=2, unit='"day"', per='"week"'), cap("b", limit=1, unit='"day"', per='"month"'))
    services.book_day(day=scene.day(1), **scene.own)
    found = services.preview_days(person=scene.person, days=[scene.day(2)], today=scene.today)[0].decision.failing
    assert [(finding.name, finding.data["limit"]) for finding in found] == [("b", "1")]


def test_days_of_another_form_are_no_balance_and_have_a_gauge_that_names_the_form(scene):
    extra = cap("a", limit=15, unit='"day"', per='"year"').replace(
        "[[rules.values]]", 'forms = ["other"]\n[[rules.values]]'
    )
    under(scene, extra)
    assert balance_of(year_of(scene.person, 2026, today=scene.today)) is None
    assert [(gauge.name, gauge.unit) for gauge in shown(scene)[2:]] == [("The year, other", "of 15 days")]
