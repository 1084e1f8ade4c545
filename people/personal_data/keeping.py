"""How long the rows of this room stay; the times are in ``people/retention.toml``."""

from django.utils.translation import gettext_lazy as _

from .leaving import gone_before, left_before, remove_names
from .retention import Kept

KEPT = (
    Kept(
        "sessions", _("Browsers signed in"), _("after they ended"), "people.Session", ("expire_date",),
        person="account__person",
    ),
    Kept("reads", _("Who opened what"), _("after the day"), "people.ReadEvent", ("day",)),
    Kept("events", _("Who did what"), _("after it was done"), "people.AuditEvent", ("at",), person="actor"),
    Kept("imports", _("Files imported"), _("after the import"), "people.ImportRun", ("touched_at",), person="by"),
    Kept(
        "keys", _("Keys for scripts"), _("after they were revoked or ran out"), "people.ApiToken",
        ("revoked_at", "expires_on"), person="account__person",
    ),
    Kept("places", _("Declared places"), _("after their last day"), "people.Place", ("until",)),
    Kept("shifts", _("Planned shifts"), _("after the day"), "people.Shift", ("day",), planned=True),
    Kept("on_call", _("On-call periods"), _("after their end"), "people.OnCall", ("end",), planned=True),
    Kept("absences", _("Absences"), _("after their last day"), "people.Absence", ("last_day",), planned=True),
    Kept(
        "failed_tasks", _("Tasks of the worker"), _("after they ended"), "django_q.Task", ("stopped",), person="",
    ),
    Kept(
        "leavers", _("Names, accounts and places of leavers"), _("after the last contract"), "people.Person",
        which=left_before, person="pk", go=remove_names,
    ),
    Kept(
        "former_people", _("What is left of leavers, without a name"), _("after the last contract"), "people.Person",
        which=gone_before, person="pk",
    ),
)  # fmt: skip
