from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import EncryptedTextField, public_uid


class Person(models.Model):
    """Somebody who works here, with or without an account.

    ``job`` is the activity code that agreements name (reception, assistance, …), ``job_title`` what people read;
    ``in_post_since`` the first day in the present post, None where it is not known.
    ``calendar_version`` rises with every change that a calendar feed of this person could show, or that changes whom a
    coverage requirement counts when (``people.services.calendar_changed``: contract, shift, absence, on-call, team,
    skill, telework). ``erased_on``: the day on which the name of a leaver was removed; what others' counts need stays.
    """

    uid = public_uid()
    account = models.OneToOneField("people.Account", models.SET_NULL, null=True, blank=True, related_name="person")
    entity = models.ForeignKey("people.Entity", models.PROTECT, related_name="people")
    site = models.ForeignKey("people.Site", models.PROTECT, related_name="people")
    number = models.CharField(max_length=40, blank=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    job = models.SlugField(max_length=60, blank=True)
    job_title = models.CharField(max_length=80, blank=True)
    hired_on = models.DateField(null=True, blank=True)
    in_post_since = models.DateField(null=True, blank=True)
    autonomy_validated_on = models.DateField(null=True, blank=True)
    autonomy_validated_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    calendar_version = models.PositiveBigIntegerField(default=1)
    erased_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "people"
        ordering = ["last_name", "first_name", "pk"]
        indexes = [models.Index(fields=["entity", "last_name", "first_name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "number"], condition=~models.Q(number=""), name="person_number_once_an_entity"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()


class PlaceKind(models.TextChoices):
    """The kinds of place that agreements name."""

    HOME = "home", _("home")
    SECOND_HOME = "second_home", _("second home")
    COWORKING = "coworking", _("coworking space")
    OTHER = "other", _("another place")


class Place(models.Model):
    """A place of telework that its person declared. The commune is sensitive: encrypted, for person and manager only.

    ``until`` and ``insured_until`` are the last valid days, None while open (``insured_until`` None: not insured).
    ``kind`` is a code that agreements name (home, second_home, coworking …), ``country`` two letters, "" for that of
    the agreement; ``agreed``: the employer has admitted this place though the agreement's list does not.
    """

    uid = public_uid()
    person = models.ForeignKey(Person, models.CASCADE, related_name="places")
    label = models.CharField(max_length=60)
    commune = EncryptedTextField(blank=True)
    declared_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    secure_internet = models.BooleanField(default=False)
    insured_until = models.DateField(null=True, blank=True)
    kind = models.SlugField(max_length=40, default="home")
    country = models.CharField(max_length=2, blank=True)
    agreed = models.BooleanField(default=False)

    class Meta:
        ordering = ["declared_on", "pk"]

    def __str__(self) -> str:
        return f"{self.label}, {self.commune}" if self.commune else self.label

    @property
    def kind_words(self) -> str:
        return str(PlaceKind(self.kind).label) if self.kind in PlaceKind.values else self.kind
