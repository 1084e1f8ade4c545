"""Terms of one person: what may be written, for how long, what follows in a booking; and that no reason is anywhere."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection

from notifications.models import Message
from notifications.services import sweep
from people.errors import BadFact
from people.models import AuditEvent
from policies.models import PersonalTerm
from policies.selectors.terms import terms_facts_of
from telework import services as telework
from telework.errors import BookingRefused
from telework.models import Booking
from telework.recorded import unpack
from telework.terms.services import TermDraft, end_term, write_term
from tests import factories

from .conftest import MONDAY, NOW, TODAY

pytestmark = pytest.mark.django_db
LIFTED, TWICE, YEAR = "Does not apply: Weekly cap", "Weekly cap", "Does not apply: Yearly cap"
REASONS = ("pregnan", "medical", "carer", "disab", "health", "occupational")


def write(desk, said: str = LIFTED, **fields) -> PersonalTerm:
    given = {"effect": desk.effect(said), "first": MONDAY, "last": MONDAY + timedelta(days=30)} | fields
    return write_term(desk.person, TermDraft(**given), **desk.by(desk.hr))


def book(desk, ahead: int) -> Booking:
    return telework.book_day(person=desk.person, day=MONDAY + timedelta(days=ahead), **desk.by(desk.person))


def test_clauses_with_the_same_effect_are_one_offer(desk):
    from telework.terms.offers import effects_of

    kept = effects_of(desk.agreement, TODAY)
    assert len(kept) == 3
    assert sorted(len(effect.clauses) for effect in kept) == [1, 1, 2]


def test_codes_of_circumstances_are_never_offered(desk):
    assert desk.codes == {"volume"}


def test_the_effect_holds_on_its_dates_and_names_no_article(desk):
    book(desk, 0)
    with pytest.raises(BookingRefused):
        book(desk, 1)
    write(desk, last=MONDAY + timedelta(days=4))
    found = next(f for f in unpack(book(desk, 1).decision).findings if f.code == "derogation.lifted")
    assert found.article == ""
    book(desk, 7)
    with pytest.raises(BookingRefused):
        book(desk, 8)


def test_values_that_are_replaced_hold_instead(desk):
    write(desk, TWICE, opinion=True)
    book(desk, 0)
    book(desk, 1)
    with pytest.raises(BookingRefused):
        book(desk, 2)


def test_a_number_agreed_is_recorded_under_its_code(desk):
    write_term(desk.person, TermDraft(code="volume", number=Decimal("4"), first=MONDAY), **desk.by(desk.hr))
    (held,) = terms_facts_of([desk.person], MONDAY, MONDAY)["traits"][desk.person.pk]
    assert (held.code, held.number, held.first) == ("volume", Decimal(4), MONDAY)


@pytest.mark.parametrize(
    ("said", "fields", "field", "sentence"),
    [
        (LIFTED, {"first": None}, "first", "missing"),
        (LIFTED, {"last": date(2026, 6, 1)}, "last", "before the first"),
        (LIFTED, {"first": date(1889, 1, 1)}, "first", "1889"),
        (LIFTED, {"effect": "0" * 16}, "effect", "no such effect"),
        (LIFTED, {"effect": "", "code": "medical"}, "effect", "nothing of that name"),
        (LIFTED, {"effect": "", "code": "volume"}, "number", "missing"),
        (LIFTED, {"effect": "", "code": "volume", "number": Decimal(-1)}, "number", "out of reach"),
        (TWICE, {}, "opinion", "favourable opinion"),
        (TWICE, {"opinion": True, "last": date(2027, 1, 1)}, "last", "14 December 2026"),
        (TWICE, {"opinion": True, "last": None}, "last", "14 December 2026"),
        (YEAR, {"last": date(2026, 12, 1)}, "last", "14 September 2026"),
        (LIFTED, {"first": date(2019, 1, 1), "last": None}, "first", "No agreement is in force"),
    ],
)
def test_what_the_agreement_does_not_offer_is_told_and_writes_nothing(desk, said, fields, field, sentence):
    with pytest.raises(BadFact, match=sentence) as bad:
        write(desk, said, **fields)
    assert bad.value.field == field
    assert PersonalTerm.objects.count() == Message.objects.count() == 0


def test_the_same_thing_is_not_written_twice_for_the_same_days(desk):
    write(desk)
    with pytest.raises(BadFact, match="already"):
        write(desk, first=MONDAY + timedelta(days=5))


def test_what_may_be_renewed_is_and_what_may_not_leaves_time_between(desk):
    half_a_year = {"last": date(2026, 12, 14), "opinion": True}
    write(desk, TWICE, **half_a_year)
    write(desk, TWICE, first=date(2026, 12, 15), last=date(2027, 6, 14), opinion=True)
    write(desk, YEAR, last=date(2026, 9, 14))
    with pytest.raises(BadFact, match="renewed at once"):
        write(desk, YEAR, first=date(2026, 9, 15), last=date(2026, 10, 1))
    write(desk, YEAR, first=date(2026, 9, 16), last=date(2026, 10, 1))


def test_an_end_rechecks_what_was_asked_for_and_cancels_nothing(desk):
    term = write(desk, last=None)
    for ahead in (0, 1, 2):
        book(desk, ahead)
    end_term(term, TODAY, **desk.by(desk.hr))
    assert Booking.objects.filter(state="requested").count() == 3
    assert Message.objects.filter(kind="coverage.changed", recipient=desk.person).exists()
    term.refresh_from_db()
    assert term.withdrawn_at == NOW


def test_an_end_that_cannot_be_meant_is_told(desk):
    term = write(desk)
    for last in (TODAY - timedelta(days=2), MONDAY + timedelta(days=30)):
        with pytest.raises(BadFact, match="Give a last day"):
            end_term(term, last, **desk.by(desk.hr))


def test_the_reason_is_in_no_column_no_audit_no_letter(desk, mailoutbox):
    texts = {
        (model, field.attname)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model._meta.managed and model._meta.label_lower != "policies.agreementversion"
    }
    write(desk, TWICE, opinion=True)
    write(desk)
    book(desk, 0)
    book(desk, 1)
    end_term(write(desk, YEAR), MONDAY, **desk.by(desk.hr))
    sweep(datetime(2026, 6, 8, 8, tzinfo=UTC))
    kept = []
    for model, column in texts:
        kept += [str(value) for value in model.objects.values_list(column, flat=True)]
    kept += [f"{mail.subject} {mail.body} {[each for each in mail.alternatives]}" for mail in mailoutbox]
    assert mailoutbox and len(kept) > 100
    assert [text for text in kept for word in REASONS if word in text.lower()] == []
    assert AuditEvent.objects.filter(verb="terms.written").count() == 3


def test_the_letter_says_what_follows_in_the_person_s_language(desk, mailoutbox):
    desk.person.account.language = "fr"
    desk.person.account.save()
    write(desk)
    sweep(datetime(2026, 6, 8, 8, tzinfo=UTC))
    (letter,) = [mail for mail in mailoutbox if mail.to == [desk.person.email]]
    assert letter.subject == "Vos conditions de télétravail"
    assert "Ne s’applique pas" in letter.body and "15 juillet 2026" in letter.body


def test_facts_cost_one_query_however_many_people(desk, django_assert_num_queries):
    write(desk)
    others = [factories.eligible_person(entity=desk.person.entity) for _number in range(5)]
    for people in ([desk.person], [desk.person, *others]):
        with django_assert_num_queries(1):
            terms_facts_of(people, MONDAY, MONDAY)


def test_the_table_has_no_column_for_words(desk):
    with connection.cursor() as cursor:
        columns = {c.name for c in connection.introspection.get_table_description(cursor, "policies_personalterm")}
    assert columns == {
        "id", "uid", "person_id", "code", "number", "lifts", "replace", "first_day", "last_day", "written_by_id",
        "written_at", "withdrawn_at",
    }  # fmt: skip
