"""The letter to a team whose charter has changed."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.kinds import Mail, register
from notifications.models import Message
from people.models import Person
from policies.models import TeamCharter
from telework.letters import Button, Letter
from telework.lines import Line, first_name
from telework.wording import language
from ui import words

from .services import CHANGED
from .told import told_charter


def register_all() -> None:
    """Tell the outbox who writes this letter."""
    register(CHANGED, render, topic="charters")


def render(message: Message) -> Mail | None:
    """The letter in words; None where the charter is gone."""
    charter = TeamCharter.objects.select_related("team").filter(uid=message.data["charter"]).first()
    if charter is None:
        return None
    actor = Person.objects.filter(uid=message.data["actor"]).first()
    named = {"team": charter.team.name, "day": words.long_day(charter.first_day, language())}
    said = _("%(name)s has written down how the team works, within what the agreement leaves to teams.")
    lines = [Line(label, (value,)) for label, value, _article in told_charter(charter)]
    if charter.words:
        lines.append(Line(_("How we work together"), (charter.words,), quoted=True))
    letter = Letter(
        subject=_("Team charter: %(team)s") % named,
        headline=_("%(team)s has a new charter from %(day)s on.") % named,
        sentence=_("Hello %(name)s,") % {"name": first_name(message.recipient)}
        + "\n"
        + said % {"name": actor.name if actor else _("Your manager")},
        lines=tuple(lines),
        buttons=(Button(_("See the charter"), settings.BASE_URL + reverse("charter", args=[charter.team.uid])),),
        notes=(_("You receive this message because you are in this team."),),
    )
    context = {"letter": letter, "base_url": settings.BASE_URL}
    return Mail(
        subject=letter.subject,
        text=render_to_string("telework/mail/letter.txt", context),
        html=render_to_string("telework/mail/letter.html", context),
    )
