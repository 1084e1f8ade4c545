from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.holidays import UnknownRegion, check_region

from .fields import ZoneField, is_zone, public_uid


class Entity(models.Model):
    """A company, or a group of companies when others name it as parent."""

    uid = public_uid()
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name_plural = "entities"
        constraints = [
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="entity_is_not_its_own_parent")
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place of work: its clock and its public holidays.

    ``holiday_region`` is a code of the ``holidays`` library, country then subdivision: FR, FR-57 (Moselle),
    FR-6AE (Alsace), FR-RE (La Réunion), DE-BY, …
    """

    uid = public_uid()
    name = models.CharField(max_length=120)
    zone = ZoneField(max_length=40, default="Europe/Paris")
    holiday_region = models.CharField(max_length=10, default="FR")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not is_zone(self.zone):
            fault = _("“%(zone)s” is no time zone; write one such as Europe/Paris.")
            raise ValidationError({"zone": fault % {"zone": self.zone}})
        try:
            check_region(self.holiday_region)
        except UnknownRegion as unknown:
            raise ValidationError({"holiday_region": str(unknown)}) from unknown


class Team(models.Model):
    """A group of people with one or several managers; agreements call it a unit.

    ``codes`` are those by which agreements name such units (branch, head_office, field …).
    """

    uid = public_uid()
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="teams")
    site = models.ForeignKey(Site, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    codes = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.name


class MembershipRole(models.TextChoices):
    MEMBER = "member", _("member")
    MANAGER = "manager", _("manager")
    DEPUTY = "deputy", _("deputy")


class Membership(models.Model):
    """A person in a team over dates, both included; ``last_day`` is None while open."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "team", "role", "first_day"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="membership_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["team", "role"])]
