from django.db import models
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    """What of a person somebody else may open, as the person reads it: “… looked at your places”."""

    PERSON = "person", _("your page")
    PLACES = "places", _("your places")
    TERMS = "terms", _("your terms")
    YEAR = "year", _("your days")
    EXPORT = "export", _("a file in which you are")
    MY_DATA = "my_data", _("everything that is kept on you")


class ReadEvent(models.Model):
    """Somebody opened what is kept on somebody else: once for each reader, person, thing and day. The person sees it.

    ``role`` is the role by which the reader came to it (``people.roles``); ``day`` is by the reader's clock.
    """

    reader = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="reads")
    what = models.CharField(max_length=10, choices=What.choices)
    role = models.CharField(max_length=16)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "at"], name="read_of_person"),
            models.Index(fields=["day"], name="read_by_day"),
        ]
        constraints = [models.UniqueConstraint(fields=["reader", "person", "what", "day"], name="read_once_a_day")]
