from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .fields import public_uid


class Skill(models.Model):
    """What a post asks for: supervisor, assistance officer, …"""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class PersonSkill(models.Model):
    """A skill that a person has over dates, both included; ``last_day`` is None while open."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="holders")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "skill", "first_day"], name="person_skill_once"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="person_skill_ends_after_start"
            ),
        ]


class WorkPattern(models.Model):
    """Working days that repeat: a week, a fortnight, a 28-day rotation.

    ``days`` is a list as long as the cycle; each entry is null (day off) or an object
    ``{"start": "09:00", "end": "17:00", "halves": 3}`` in the site's local time. An end at or before the start is on
    the next day. ``halves`` (1 first, 2 second, 3 both) may be left out for a whole day. ``anchor`` is the date of the
    first entry. A public holiday is a day off unless ``works_holidays``.
    """

    name = models.CharField(max_length=80)
    anchor = models.DateField()
    days = models.JSONField()
    works_holidays = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class ContractStatus(models.TextChoices):
    PERMANENT = "permanent", _("permanent")
    FIXED_TERM = "fixed_term", _("fixed term")
    APPRENTICE = "apprentice", _("apprentice")
    INTERN = "intern", _("intern")
    AGENCY = "agency", _("agency worker")


class Contract(models.Model):
    """The terms of a person over dates, both included; a change of rate is a new contract.

    ``rate`` is a percentage of full time. ``rostered``: only shifts tell the working days (a day without a shift is
    off); otherwise the pattern does, and a shift replaces the pattern on its date.
    """

    uid = public_uid()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="contracts")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=ContractStatus.choices, default=ContractStatus.PERMANENT)
    rate = models.DecimalField(max_digits=5, decimal_places=2, default=100)
    pattern = models.ForeignKey(WorkPattern, models.PROTECT, null=True, blank=True, related_name="contracts")
    rostered = models.BooleanField(default=False)
    trial_end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["start"]
        indexes = [models.Index(fields=["person", "start"])]
        constraints = [
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="contract_ends_after_start"),
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lte=100), name="contract_rate_is_a_percentage"),
            models.UniqueConstraint(fields=["person", "start"], name="contract_one_a_start"),
        ]


class Shift(models.Model):
    """A post held from one instant to another. ``day`` is the local date of its start in ``zone``: it belongs there.

    ``breaks`` are pairs of whole minutes after the start, from and to: [[240, 270]] is half an hour after four hours.
    """

    uid = public_uid()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="shifts")
    day = models.DateField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    zone = models.CharField(max_length=40)
    site = models.ForeignKey("people.Site", models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    breaks = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["start"]
        indexes = [models.Index(fields=["person", "day"]), models.Index(fields=["day"])]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="shift_ends_after_start"),
            models.UniqueConstraint(fields=["person", "start"], name="shift_one_a_start"),
        ]


class OnCall(models.Model):
    """Reachable from one instant to another, outside shifts; counts only where a requirement says so."""

    uid = public_uid()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="on_calls")
    start = models.DateTimeField()
    end = models.DateTimeField()
    zone = models.CharField(max_length=40)
    site = models.ForeignKey("people.Site", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["start"]
        indexes = [models.Index(fields=["person", "start"])]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="on_call_ends_after_start"),
            models.UniqueConstraint(fields=["person", "start"], name="on_call_one_a_start"),
        ]


class AbsenceKind(models.TextChoices):
    """Never a medical reason: what is not leave, training or a mission is just an absence."""

    LEAVE = "leave", _("leave")
    TRAINING = "training", _("training")
    MISSION = "mission", _("mission")
    OTHER = "other", _("absence")


class Absence(models.Model):
    """Days not worked, both included, whole or by half; or exact hours of one day when ``start`` and ``end`` are set.

    Whole days and halves follow the shift of that date to its end, also past midnight.
    """

    uid = public_uid()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=10, choices=AbsenceKind.choices, default=AbsenceKind.OTHER)
    first_day = models.DateField()
    last_day = models.DateField()
    halves = models.PositiveSmallIntegerField(default=3)
    start = models.DateTimeField(null=True, blank=True)
    end = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["first_day"]
        indexes = [models.Index(fields=["person", "first_day"]), models.Index(fields=["first_day", "last_day"])]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=Q(halves__in=[1, 2, 3]), name="absence_halves"),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=F("start")), name="absence_hours_end_after_start"
            ),
        ]
