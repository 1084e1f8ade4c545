"""The letter to a person whose own terms were written or ended; its subject tells nothing of them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notifications.kinds import Mail, register
from notifications.models import Message
from policies.models import PersonalTerm
from telework.letters import Button, Letter
from telework.lines import Line, first_name

from .services import CHANGED
from .told import told_span, told_term


def register_all() -> None:
    """Tell the outbox who writes this letter."""
    register(CHANGED, render)


def render(message: Message) -> Mail | None:
    """The letter in words, as things stand when it leaves."""
    term = PersonalTerm.objects.select_related("person__entity").filter(uid=message.data["term"]).first()
    if term is None:
        return None
    if term.withdrawn_at:
        lines, said = (), _("What was written to begin later does not hold; the agreement applies as to everybody.")
    else:
        said = _("Human resources have written down what holds for you beside the agreement.")
        lines = (
            Line(pgettext("letter", "When"), (told_span(term),)),
            Line(pgettext("letter", "What holds"), (told_term(term),)),
        )
    hello = _("Hello %(name)s,") % {"name": first_name(message.recipient)} + "\n"
    letter = Letter(
        subject=_("Your own terms of telework"),
        headline=_("Your own terms of telework have changed."),
        sentence=f"{hello}{said} " + _("Nothing was booked or cancelled. No reason is kept anywhere."),
        lines=lines,
        buttons=(Button(_("See my terms"), settings.BASE_URL + reverse("terms")),),
        notes=(_("You receive this message because it is about your own days."),),
    )
    context = {"letter": letter, "base_url": settings.BASE_URL}
    return Mail(
        subject=letter.subject,
        text=render_to_string("telework/mail/letter.txt", context),
        html=render_to_string("telework/mail/letter.html", context),
    )
