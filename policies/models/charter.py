"""How a team works together, and what it has fixed where the agreement leaves a range."""

from django.db import models

from people.models.fields import public_uid


class TeamCharter(models.Model):
    """From ``first_day`` on, until the next one of the team: ``values`` by the agreement's name of the setting (numbers
    as text), and the team's own ``words``. What was written for days gone by is never changed."""

    uid = public_uid()
    team = models.ForeignKey("people.Team", models.CASCADE, related_name="charters")
    first_day = models.DateField()
    values = models.JSONField(default=dict, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    written_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-first_day"]
        constraints = [models.UniqueConstraint(fields=["team", "first_day"], name="team_charter_once_a_day")]
