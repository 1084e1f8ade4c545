"""Who opened what, in words."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from people.models import MembershipRole, ReadEvent, Role
from ui import words

ROLES = dict(Role.choices) | dict(MembershipRole.choices)


def told_read(read: ReadEvent) -> str:
    """“Hélène Vasseur, human resources, looked at your places on 3 June 2026.”"""
    sentence = _("%(name)s, %(role)s, looked at %(what)s on %(day)s.")
    role = ROLES.get(read.role) or pgettext("somebody of the company", "colleague")
    day = words.plain_day(read.day, get_language() or "en")
    name = read.reader.name if read.reader else _("Somebody who has left")
    return sentence % {"name": name, "role": role, "what": read.get_what_display(), "day": day}
