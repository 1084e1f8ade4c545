"""Bookings, series, feeds and notes: what a person is told of them, and how long they stay."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from people.personal_data.registry import Table
from people.personal_data.retention import Kept
from telework.models import Booking

from .days import calendar_of

OURS = "bookkeeping of the product, without meaning for the person"
HASH = "a hash of a secret: it tells nothing, and would help who wants to guess it"

BOOKINGS = Table(
    "telework.Booking",
    "bookings",
    _("Days of telework"),
    of=("person",),
    told={
        "uid": _("Reference"),
        "day": _("Day"),
        "part": _("Part"),
        "state": _("State"),
        "form": _("Form of telework"),
        "stated_reason": _("Reason given"),
        "place__label": _("Place"),
        "series": _("Series"),
        "correction": _("Entered afterwards"),
        "exception": _("Asked as an exception"),
        "requested_at": _("Asked at"),
        "requested_by": _("Asked by"),
        "answer_by": _("To be answered by"),
        "awaits": _("Step awaited"),
        "answered_at": _("Answered at"),
        "answered_by": _("Answered by"),
        "reason": _("Ground of the refusal"),
        "reason_text": _("Words of the refusal"),
        "decision": _("Decision of the agreement"),
        "updated_at": _("Last changed at"),
    },
    exempt={"version": OURS, "sequence": OURS},
    emptied={"stated_reason": "", "reason_text": "", "decision": {}},
)
STEPS = Table(
    "telework.StepAnswer",
    "answers_to_your_requests",
    _("Answers to your requests, step by step"),
    of=("booking__person",),
    told={
        "booking": _("Booking"),
        "step": _("Step"),
        "yes": _("In favour"),
        "by": _("Who"),
        "at": _("At"),
        "text": _("Words"),
    },
    emptied={"text": ""},
)
NOTES = Table(
    "telework.BookingNote",
    "notes",
    _("Notes about your days"),
    of=("booking__person",),
    told={"booking": _("Booking"), "booking__day": _("Day"), "author": _("Who"), "at": _("At"), "text": _("Words")},
    exempt={"uid": OURS},
    personal=True,
)
NOTES_BY_ME = Table(
    "telework.BookingNote",
    "notes_you_wrote",
    _("Notes you wrote"),
    of=("author",),
    told={"at": _("At"), "text": _("Words")},
    work=True,
)
SERIES = Table(
    "telework.Series",
    "series",
    _("Recurring wishes"),
    of=("person",),
    told={
        "uid": _("Reference"),
        "first_day": _("First day"),
        "rrule": _("Rule (RFC 5545)"),
        "part": _("Part"),
        "created_at": _("Made at"),
        "created_by": _("Made by"),
    },
    personal=True,
)
FEEDS = Table(
    "telework.Feed",
    "calendar_addresses",
    _("Calendar addresses"),
    of=("owner",),
    told={
        "scope": _("Shows"),
        "team": _("Team"),
        "privacy": _("How much"),
        "created_at": _("Made at"),
        "revoked_at": _("Revoked at"),
        "fetched_at": _("Last fetched at"),
        "fetched_by": _("Last fetched by"),
    },
    exempt={"uid": OURS, "token_hash": HASH, "etag": OURS, "modified_at": OURS, "built_for": OURS},
    personal=True,
)
LAB_RUNS = Table(
    "telework.LabRun",
    "lab_runs_you_asked_for",
    _("Runs of the policy lab that you asked for"),
    of=("asked_by",),
    told={
        "version__agreement": _("Agreement"),
        "first": _("First day"),
        "last": _("Last day"),
        "state": _("State"),
        "asked_at": _("Asked at"),
        "finished_at": _("Ended at"),
    },
    exempt={
        "text": "the draft that was tried; it is about nobody",
        "partial": "sums over people, none of them named; emptied at the end",
        "refused": "numbers of bookings while it runs; emptied at the end",
        "result": "sums only, none over fewer than five people",
        **dict.fromkeys(
            ("uid", "entity", "edition", "reading", "as_of", "reached", "people", "started_at", "touched_at"), OURS
        ),
    },
    work=True,
)

TABLES = (BOOKINGS, STEPS, NOTES, NOTES_BY_ME, SERIES, FEEDS, LAB_RUNS)
FILES = (calendar_of,)
KEPT = (
    Kept(
        "notes",
        _("Notes about days"),
        _("after the day"),
        "telework.BookingNote",
        ("booking__day",),
        person="booking__person",
    ),
    Kept(
        "bookings",
        _("Days of telework and their decisions"),
        _("after the day"),
        "telework.Booking",
        ("day",),
        planned=True,
    ),
    Kept(
        "series",
        _("Recurring wishes"),
        _("after they were made, once none of their days is kept"),
        "telework.Series",
        ("created_at",),
        which=lambda day: ~Exists(Booking.objects.filter(series=OuterRef("pk"))),
    ),
    Kept(
        "feeds", _("Calendar addresses"), _("after they were revoked"), "telework.Feed", ("revoked_at",), person="owner"
    ),
    Kept(
        "lab_runs",
        _("Runs of the policy lab"),
        _("after they ended"),
        "telework.LabRun",
        ("finished_at",),
        person="asked_by",
    ),
)
IMPERSONAL = {"telework.keptheat": "margins of a requirement as counted from the rows; it names nobody"}
