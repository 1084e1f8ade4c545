"""Every agreement shipped, and every kind of clause, walked through: no step falls over, each one speaks."""

import pytest
from django.urls import reverse
from django.utils import translation

from policies.core.facts import Part
from policies.core.rules import RULES
from policies.core.samples import sample
from telework import services
from telework.models import Booking, State
from tests.telework.walking import LANGUAGES, Walk, shipped_names, shipped_text

pytestmark = pytest.mark.django_db
KINDS = {rule.kind: rule for rule in RULES if rule.example}
TEXTS = [pytest.param(lambda name=name: shipped_text(name), id=name) for name in shipped_names()] + [
    pytest.param(lambda rule=rule: sample(rule), id=kind) for kind, rule in KINDS.items()
]


@pytest.fixture(params=TEXTS)
def walk(request) -> Walk:
    with translation.override("en"):
        yield Walk(request.param())


def test_the_main_job_is_done_under_it(walk):
    walk.look(walk.days(14, 5))
    walk.ask(walk.days(35, 5))
    walk.ask(walk.days(63, 28))
    walk.ask(walk.days(49, 3), Part.MORNING)
    walk.ask(walk.days(52, 1), Part.AFTERNOON)
    walk.answer_all()
    for booking, step in zip(walk.held(State.APPROVED), (_move, _cancel, _recall), strict=False):
        step(walk, booking)
    for booking in walk.held(State.REQUESTED)[:1]:
        walk.attempt(services.withdraw_booking, booking=booking, **walk.by(walk.person))
    for part, ahead in ((Part.FULL, -7), (Part.MORNING, -6)):
        walk.attempt(services.correct_day, person=walk.person, day=walk.day(ahead), part=part, **walk.by(walk.person))
    walk.attempt(
        services.book_series, person=walk.person, first_day=walk.day(28), rrule="FREQ=WEEKLY;BYDAY=TU",
        **walk.by(walk.person),
    )  # fmt: skip
    assert walk.said
    assert walk.faults() == []
    letters = walk.letters()
    assert letters or not walk.held(*State)
    assert [letter for letter in letters if "None" in letter or "{" in letter] == []


def _move(walk: Walk, booking: Booking) -> None:
    walk.attempt(
        services.edit_booking, booking=booking, day=booking.day + (walk.day(7) - walk.day(0)), **walk.by(walk.person)
    )


def _cancel(walk: Walk, booking: Booking) -> None:
    walk.attempt(services.cancel_booking, booking=booking, **walk.by(walk.person))


def _recall(walk: Walk, booking: Booking) -> None:
    grounds = services.grounds_of(walk.person, booking.day)
    ground = grounds[0][0] if grounds else "breakdown"
    walk.attempt(services.recall_on_site, booking=booking, ground=ground, text="Servers down", **walk.by(walk.manager))


def pages_of(walk: Walk) -> dict[str, list[str]]:
    """The pages each of them opens, by who opens them."""
    year = walk.today.year
    days = [booking.day for booking in walk.held(State.APPROVED, State.REQUESTED)[:2]] + [walk.day(14), walk.day(-7)]
    own = [reverse("year_of", args=[year]), reverse("agreement"), reverse("feeds")]
    own += [reverse("year_day", args=[day]) for day in days]
    month = f"{walk.today:%Y-%m}"
    led = [reverse("requests"), reverse("balances"), reverse("team_month", args=[walk.team.uid, month])]
    led += [reverse("person_year", args=[walk.person.uid, year])]
    led += [reverse("person_day", args=[walk.person.uid, day]) for day in days]
    led += [reverse("request", args=[booking.uid]) for booking in walk.held(State.REQUESTED)[:1]]
    company = [reverse("balances_csv"), reverse("company_month", args=[month]), reverse("coverage")]
    return {"person": own, "manager": led, "hr": [*company, reverse("balances")]}


def test_every_page_opens_under_it_in_both_languages(walk, client, clock):
    clock(walk.now.isoformat())
    walk.ask(walk.days(35, 5))
    walk.answer_all()
    walk.ask(walk.days(42, 5))
    for who, addresses in pages_of(walk).items():
        actor = getattr(walk, who)
        client.force_login(actor.account)
        for lang in LANGUAGES:
            actor.account.language = lang
            actor.account.save()
            for address in addresses:
                answer = client.get(address, HTTP_ACCEPT_LANGUAGE=lang)
                assert answer.status_code == 200, f"{address} answers {answer.status_code} in {lang}"
