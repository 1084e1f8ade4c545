"""Messages: what a person is told of them. See ``people.personal_data``."""

from django.utils.translation import gettext_lazy as _

from people.personal_data.registry import Table
from people.personal_data.retention import Kept

OURS = "bookkeeping of the delivery, without meaning for the person"

TABLES = (
    Table(
        "notifications.Message",
        "messages",
        _("Messages sent to you"),
        of=("recipient",),
        told={
            "kind": _("Kind"),
            "channel": _("By"),
            "created_at": _("Written at"),
            "due_at": _("To be sent at"),
            "sent_at": _("Sent at"),
            "abandoned_at": _("Given up at"),
            "data": _("References"),
        },
        exempt={
            "uid": OURS,
            "key": OURS,
            "leased_until": OURS,
            "attempts": OURS,
            "last_error": "the name of the fault of a mail server",
        },
        personal=True,
    ),
)
KEPT = (
    Kept(
        "messages",
        _("Messages"),
        _("after they were sent or given up"),
        "notifications.Message",
        ("sent_at", "abandoned_at"),
        person="recipient",
    ),
)
IMPERSONAL = {
    "notifications.heartbeat": "signs of life of processes",
    "notifications.hold": "that a restored database sends nothing yet",
}
