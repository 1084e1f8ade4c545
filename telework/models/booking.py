from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.fields import public_uid
from policies.core.facts import Part


class State(models.TextChoices):
    """The life of a booking.

    requested → approved | refused      (the manager answers, or the agreement needs no approval)
    requested | approved → cancelled    (withdrawn before the answer, cancelled after it, or recalled on site)
    refused and cancelled are final: asking again is a new booking.
    """

    REQUESTED = "requested", _("requested")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")


ACTIVE = (State.REQUESTED, State.APPROVED)


class RefusalReason(models.TextChoices):
    """Why a person refused; a text goes with it, and must when the reason is OTHER."""

    COVERAGE = "coverage", _("too few people on site that day")
    ON_SITE_EVENT = "on_site_event", _("training or meeting on site that day")
    TEAM_PRESENCE = "team_presence", _("the team meets on site that day")
    EQUIPMENT = "equipment", _("equipment or connection not ready")
    OTHER = "other", _("another reason")


class Series(models.Model):
    """A recurring wish (RFC 5545 RRULE) and the bookings it made."""

    uid = public_uid()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="series")
    first_day = models.DateField()
    rrule = models.CharField(max_length=500)
    part = models.CharField(max_length=9, choices=[(part.value, part.value) for part in Part])
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")


class Booking(models.Model):
    """A telework day or half-day of one person.

    ``version`` rises with every change and guards edits; ``sequence`` rises when what a calendar shows changes
    (RFC 5545). ``decision`` is the engine's decision as recorded when the day was asked for.
    ``correction``: entered after the fact. ``answer_by``: last day for the manager's answer. ``exception``: asked for
    although a coverage requirement stands against it; it holds nobody's place until a manager grants it. ``form``: the
    form of telework it was asked under (occasional, exceptional …), "" for the ordinary one. ``awaits``: the step of
    the agreement's chain of approval that is to answer, "" where there is no chain. ``reason``: the code of the ground
    of a refusal, of the agreement or of the house. ``stated_reason``: the code of the reason for which the day was
    asked, where the agreement wants one.
    """

    notice = ""  # what the agreement says of a day just given up too late; told, never kept

    uid = public_uid()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="bookings")
    day = models.DateField()
    part = models.CharField(max_length=9, choices=[(part.value, part.value) for part in Part], default=Part.FULL)
    state = models.CharField(max_length=9, choices=State.choices, default=State.REQUESTED)
    form = models.SlugField(max_length=60, blank=True)
    stated_reason = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey("people.Place", models.SET_NULL, null=True, blank=True, related_name="+")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="bookings")
    correction = models.BooleanField(default=False)
    exception = models.BooleanField(default=False)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    answer_by = models.DateField(null=True, blank=True)
    awaits = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=60, blank=True)
    reason_text = models.TextField(max_length=1000, blank=True)
    decision = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "pk"]
        indexes = [
            # All that balances and months read of a booking, so that they never touch its row.
            models.Index(fields=["person", "day", "state", "part"], name="booking_by_person_and_day"),
            models.Index(fields=["day", "state"]),
            models.Index(fields=["state", "person"], condition=Q(state="requested"), name="booking_awaiting_answer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                condition=Q(state__in=["requested", "approved"], part__in=["full", "morning"]),
                name="booking_first_half_once",
            ),
            models.UniqueConstraint(
                fields=["person", "day"],
                condition=Q(state__in=["requested", "approved"], part__in=["full", "afternoon"]),
                name="booking_second_half_once",
            ),
        ]

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE


class StepAnswer(models.Model):
    """What one step of the agreement's chain of approval answered to a booking; ``step`` is the code of the chain."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="step_answers")
    step = models.CharField(max_length=60)
    yes = models.BooleanField()
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["booking", "step"], name="step_answered_once")]


class BookingNote(models.Model):
    """A sentence between the person and the manager about one booking."""

    uid = public_uid()
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="notes")
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=1000)

    class Meta:
        ordering = ["at", "pk"]
