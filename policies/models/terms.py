"""What holds for one person over dates beside the agreement: what follows is kept, and never why."""

from django.db import models
from django.db.models import F, Q

from people.models.fields import public_uid


class PersonalTerm(models.Model):
    """One of two things, from a day to a day (both included, None while open).

    A ``code`` that the agreement names for a choice or a commitment (``formula:monthly``, a volume agreed with its
    ``number``); or, with no code, an effect: rules ``lifts`` that do not hold for the person, and values ``replace``
    that hold instead. There is no column for a reason, an article or a free text, on purpose.
    """

    uid = public_uid()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="terms")
    code = models.CharField(max_length=80, blank=True)
    number = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    lifts = models.JSONField(default=list, blank=True)
    replace = models.JSONField(default=dict, blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-first_day", "-pk"]
        indexes = [models.Index(fields=["person", "first_day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="personal_term_ends_after_start"
            ),
        ]

    @property
    def is_effect(self) -> bool:
        return not self.code
