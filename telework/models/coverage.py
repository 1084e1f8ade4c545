from django.db import models


class KeptHeat(models.Model):
    """The lowest margin of each date of a civil year by one requirement, and its gaps, as counted from the rows.

    Never the truth: ``stamp`` tells from what it was counted (see ``telework.coverage.stamps``); a row whose stamp is
    not that of now is counted again, and all rows may be deleted at any time. ``lows`` holds a little-endian int32 for
    each date; ``gaps`` lists (rule, ordinal of the date, before, value, limit, start, end).
    """

    requirement = models.ForeignKey("policies.Requirement", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    stamp = models.CharField(max_length=32)
    lows = models.BinaryField()
    gaps = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["requirement", "year"], name="heat_is_kept_once_a_year")]

    def __str__(self) -> str:
        return f"{self.requirement_id}, {self.year}"
