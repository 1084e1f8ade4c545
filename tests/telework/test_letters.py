"""The letters as they arrive: subject with verdict and day, both languages, the calendar part, nothing by GET."""

import re
from email.message import EmailMessage

import pytest
from django.core import mail
from icalendar import Calendar

from notifications.models import Message
from notifications.services import sweep
from telework import services
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(scene):
    """Deliver what is due and return the letters to one person."""

    def _post(to) -> list[EmailMessage]:
        mail.outbox.clear()
        sweep(scene.now)
        return [letter for letter in mail.outbox if letter.to == [to.account.email]]

    return _post


def speak(person, language: str) -> None:
    person.account.language = language
    person.account.save()


def parts(letter) -> dict[str, str]:
    found = {part.get_content_type(): part for part in letter.message().walk() if not part.is_multipart()}
    return {kind: part.get_payload(decode=True).decode() for kind, part in found.items()}


def approve(scene, *bookings, note: str = ""):
    return services.approve_bookings(bookings=bookings, note=note, **scene.by(scene.manager))


def test_the_manager_gets_one_letter_for_a_series_of_eleven_days(scene, post):
    services.book_series(first_day=scene.today, rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=11", **scene.own)

    letters = post(scene.manager)

    assert [letter.subject for letter in letters] == ["To answer: Camille Moreau, every Thursday, 11 June to 20 August"]
    assert "11 days" in letters[0].body and "/requests/" in letters[0].body


def test_deputies_are_asked_too_and_nobody_is_asked_about_themselves(scene, post):
    deputy = factories.eligible_person(team=scene.team)
    factories.MembershipFactory(person=deputy, team=scene.team, role="deputy")
    services.book_day(person=deputy, day=scene.day(4), **scene.by(deputy))
    assert len(post(scene.manager)) == 1 and post(deputy) == []
    assert Message.objects.filter(recipient=deputy).count() == 0


def test_an_approval_says_when_where_by_whom_and_what_is_left_and_carries_an_invitation(scene, post):
    booking = services.book_day(day=scene.day(4), **scene.own)
    approve(scene, booking, note="Team call at 15:00.")

    (letter,) = post(scene.person)

    assert letter.subject == "Granted: telework Friday 12 June, 09:00 – 17:00"
    body = parts(letter)
    for words in ("Your Friday 12 June is granted.", "Team call at 15:00.", "home", "99 days left of 100", "09:00"):
        assert words in body["text/plain"] and words in body["text/html"]
    event = Calendar.from_ical(body["text/calendar"]).walk("VEVENT")[0]
    assert str(event["UID"]).startswith(str(booking.uid)) or event["UID"]
    kinds = [part["Content-Type"] for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    assert "method=REQUEST" in kinds[0].replace('"', "")


def test_the_letter_is_in_the_language_of_its_reader(scene, post):
    speak(scene.person, "fr")
    booking = services.book_day(day=scene.day(4), **scene.own)
    approve(scene, booking)

    (letter,) = post(scene.person)

    assert letter.subject == "Accordé\u202f: télétravail vendredi 12 juin, 09:00 – 17:00"
    assert "Votre vendredi 12 juin est accordé." in letter.body
    assert not re.search(r"\b(You|Your|The|When|Where)\b", letter.body)


def test_a_refusal_gives_the_reason_and_the_way_to_answer(scene, post):
    speak(scene.person, "fr")
    booking = services.book_day(day=scene.day(4), **scene.own)
    services.refuse_bookings(bookings=[booking], reason="on_site_event", **scene.by(scene.manager))

    (letter,) = post(scene.person)

    assert letter.subject.startswith("Refusé\u202f: télétravail vendredi 12 juin")
    assert "n’a pas pu accepter" in letter.body and "formation ou réunion sur site ce jour-là" in letter.body
    assert "text/calendar" not in parts(letter)


def test_a_cancelled_day_leaves_the_calendar(scene, post):
    booking = services.book_day(day=scene.day(4), **scene.own)
    approve(scene, booking)
    invited = parts(post(scene.person)[0])["text/calendar"]
    booking.refresh_from_db()
    services.cancel_booking(booking=booking, **scene.by(scene.person))

    (letter,) = post(scene.person)

    cancelled = Calendar.from_ical(parts(letter)["text/calendar"])
    before = Calendar.from_ical(invited)
    assert cancelled["METHOD"] == "CANCEL"
    assert cancelled.walk("VEVENT")[0]["UID"] == before.walk("VEVENT")[0]["UID"]
    assert int(cancelled.walk("VEVENT")[0]["SEQUENCE"]) > int(before.walk("VEVENT")[0]["SEQUENCE"])


def test_several_days_travel_as_one_letter_with_one_invitation_each(scene, post):
    bookings = [services.book_day(day=scene.day(ahead), **scene.own) for ahead in (2, 3, 4)]
    approve(scene, *bookings)

    (letter,) = post(scene.person)

    assert letter.subject == "Granted: telework Wednesday 10 to Friday 12 June" or "10" in letter.subject
    assert sum(part.get_content_type() == "text/calendar" for part in letter.message().walk()) == 3


def test_a_request_withdrawn_before_the_letter_leaves_is_told_to_nobody(scene, post):
    booking = services.book_day(day=scene.day(4), **scene.own)
    services.withdraw_booking(booking=booking, **scene.by(scene.person))
    assert post(scene.manager) == []


def test_a_recall_says_why(scene, post):
    booking = services.book_day(day=scene.day(4), **scene.own)
    approve(scene, booking)
    booking.refresh_from_db()
    services.recall_on_site(
        booking=booking, ground="technical_problem", text="The line is down.", **scene.by(scene.manager)
    )
    letter = post(scene.person)[-1]
    assert letter.subject.startswith("On site: Friday 12 June") and "The line is down." in letter.body


def test_every_kind_of_letter_can_be_written_in_both_languages(scene, post):
    for language in ("en", "fr"):
        speak(scene.person, language)
        speak(scene.manager, language)
        day = services.book_day(day=scene.day(4), **scene.own)
        services.add_note(booking=day, text="Who covers?", **scene.by(scene.manager))
        services.add_note(booking=day, text="Mehdi.", **scene.by(scene.person))
        services.withdraw_booking(booking=day, **scene.by(scene.person))
        past = services.correct_day(person=scene.person, day=scene.day(-3), settled=True, **scene.by(scene.manager))
        letters = post(scene.person) + [letter for letter in mail.outbox if scene.manager.account.email in letter.to]
        services.remove_day(booking=past, text="On site after all.", **scene.by(scene.manager))
        letters += post(scene.person)
        assert len(letters) >= 3
        for letter in letters:
            assert "%(" not in letter.subject + letter.body and "None" not in letter.body


def test_no_button_decides_by_being_followed(scene, post, client):
    booking = services.book_day(day=scene.day(4), **scene.own)
    (letter,) = post(scene.manager)
    client.force_login(scene.manager.account)
    for address in re.findall(r'href="([^"]+)"', parts(letter)["text/html"]):
        client.get(address)
    booking.refresh_from_db()
    assert booking.state == "requested"


def test_words_of_people_cannot_become_markup_or_headers(scene, post):
    scene.person.first_name, scene.person.last_name = "<b>Camille", "Moreau\nBcc: all@example.org"
    scene.person.save()
    services.book_day(day=scene.day(4), note="<script>alert(1)</script>", **scene.own)

    (letter,) = post(scene.manager)

    assert "\n" not in letter.subject
    assert "<script>" not in parts(letter)["text/html"] and "<b>Camille" not in parts(letter)["text/html"]
