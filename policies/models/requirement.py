from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.fields import public_uid


class RequirementKind(models.TextChoices):
    """What a requirement holds against what; the slots carry its numbers (people, or percent of those working)."""

    MINIMUM = "minimum", _("at least so many people")
    SHARE_AT_ONCE = "share_at_once", _("at most a share remote at the same time")
    SHARE_OF_PEOPLE = "share_of_people", _("at most a share of the day’s people remote")
    SHARE_OF_MINUTES = "share_of_minutes", _("at most a share of the day’s hours remote")
    PEOPLE_REMOTE = "people_remote", _("at most so many people remote that day")


BY_THE_MINUTE = (RequirementKind.MINIMUM, RequirementKind.SHARE_AT_ONCE)


class Layer(models.IntegerChoices):
    """On a date the highest layer that has a slot for it stands alone."""

    WEEKLY = 0, _("every week")
    HOLIDAY = 1, _("public holidays")
    DATED = 2, _("some dates")


class Requirement(models.Model):
    """How many must be there, or how many may be away; its numbers stand in ``slots``, in layers.

    It counts the people of ``entity`` and of those below who have the skill and the team (no skill or team: all of
    them); ``site`` is where they are on duty, not their home site. ``counts_remote`` and ``counts_on_call`` say who
    counts towards a minimum beside those on site. Clock times are read in ``zone``, else in the zone of the site, else
    of the team's site. ``one_…`` and ``many_…`` are the nouns of those counted: "superviseur", "superviseurs".
    ``article`` is empty where the agreement's own clause on continuity is meant. ``staffing`` keeps what a computed
    number was computed from. It holds from ``first_day`` to ``last_day``, both included; ``version`` rises with every
    change of it or of its slots.
    """

    uid = public_uid()
    entity = models.ForeignKey("people.Entity", models.PROTECT, related_name="requirements")
    site = models.ForeignKey("people.Site", models.PROTECT, null=True, blank=True, related_name="requirements")
    team = models.ForeignKey("people.Team", models.CASCADE, null=True, blank=True, related_name="requirements")
    skill = models.ForeignKey("people.Skill", models.PROTECT, null=True, blank=True, related_name="requirements")
    name_fr = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=RequirementKind.choices, default=RequirementKind.MINIMUM)
    counts_remote = models.BooleanField(default=False)
    counts_on_call = models.BooleanField(default=False)
    zone = models.CharField(max_length=40, blank=True)
    article = models.CharField(max_length=20, blank=True)
    one_fr = models.CharField(max_length=60, default="personne")
    many_fr = models.CharField(max_length=60, default="personnes")
    one_en = models.CharField(max_length=60, default="person")
    many_en = models.CharField(max_length=60, default="people")
    staffing = models.JSONField(default=dict, blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["entity", "first_day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="requirement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(zone="") | Q(site__isnull=False) | Q(team__isnull=False), name="requirement_has_a_clock"
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    @property
    def by_the_minute(self) -> bool:
        """Whether it must hold at every minute of its slots, rather than over a date as a whole."""
        return self.kind in BY_THE_MINUTE

    @property
    def clock(self) -> str:
        """The zone in which its clock times are read."""
        return self.zone or (self.site or self.team.site).zone


class Slot(models.Model):
    """A number of a requirement on some weekdays or dates.

    ``days`` are local weekdays (0 = Monday). ``dates`` are ISO dates: those of a dated layer; for the holiday layer
    they are left empty, and the public holidays of the requirement's site are meant. ``start`` and ``end`` are clock
    times (an end at or before its start is on the next day, equal times are a full day), None where the kind is about
    whole dates. ``number`` is people, or a percentage.
    """

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="slots")
    layer = models.PositiveSmallIntegerField(choices=Layer.choices, default=Layer.WEEKLY)
    days = models.JSONField(default=list)
    dates = models.JSONField(default=list, blank=True)
    start = models.TimeField(null=True, blank=True)
    end = models.TimeField(null=True, blank=True)
    number = models.DecimalField(max_digits=8, decimal_places=3)

    class Meta:
        ordering = ["layer", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=0), name="slot_number_is_not_negative"),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__isnull=False),
                name="slot_has_both_times_or_none",
            ),
        ]
