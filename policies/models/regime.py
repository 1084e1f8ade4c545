"""Exceptional days for many at once: what is opened, for whom, and the dates that two people have fired."""

from django.db import models
from django.db.models import F, Q

from people.models.fields import public_uid


class Regime(models.Model):
    """Exceptional circumstances for a population: everybody of an entity and those below it, drawn closer by site,
    team and job where these are given; or, where it has listed people, these alone.

    ``cause`` is the code of the agreement's clause it is opened under, "" for none; ``article`` that of the clause
    when it was prepared. ``off_quota``: no cap counts or refuses these days. It holds on the days of its confirmed
    terms and no others.
    """

    uid = public_uid()
    entity = models.ForeignKey("people.Entity", models.PROTECT, related_name="regimes")
    site = models.ForeignKey("people.Site", models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("people.Team", models.CASCADE, null=True, blank=True, related_name="+")
    job = models.SlugField(max_length=60, blank=True)
    listed = models.BooleanField(default=False)
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=600, blank=True)
    cause = models.CharField(max_length=60, blank=True)
    article = models.CharField(max_length=40, blank=True)
    off_quota = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(cause="") | Q(off_quota=True), name="regime_has_some_effect"),
        ]

    def __str__(self) -> str:
        return self.name


class RegimePerson(models.Model):
    """Somebody of a regime that is for a list of people."""

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="people")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regime", "person"], name="regime_person_once")]


class RegimeTerm(models.Model):
    """Dates of a regime, both included. prepared → confirmed by another person: it holds; dismissed: it holds no more.

    The first term opens the regime, each later one extends it from the day after. Two people fire every term: the
    database refuses one that the same person has prepared and confirmed. Ending early moves ``last_day`` back, and
    dismisses a term that has not begun.
    """

    uid = public_uid()
    regime = models.ForeignKey(Regime, models.CASCADE, related_name="terms")
    first_day = models.DateField()
    last_day = models.DateField()
    prepared_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["first_day", "pk"]
        indexes = [
            models.Index(fields=["last_day"], condition=Q(confirmed_by__isnull=False), name="regime_term_in_force")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="regime_term_ends_after_start"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("prepared_by")), name="regime_term_fired_by_two"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="regime_term_confirmed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["regime"], condition=Q(confirmed_at=None, dismissed_at=None), name="regime_term_waits_alone"
            ),
        ]
