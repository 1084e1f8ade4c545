"""The letters about an account: the invitation, and every change of what protects it, so that no change goes unseen."""

from collections.abc import Callable
from dataclasses import replace

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notifications.kinds import Mail, register
from notifications.models import Message
from people.models import Account, Person
from telework.letters import Button, Letter, local_date
from telework.lines import Line, first_name
from telework.wording import language
from ui import words

Writer = Callable[[Message], Letter | None]


def register_all() -> None:
    """Tell the outbox who writes these letters."""
    for kind in WRITERS:
        register(kind, render)


def render(message: Message) -> Mail | None:
    """The letter in words, as things stand when it leaves; None for an account that is no more."""
    letter = WRITERS[message.kind](message) if message.recipient.account else None
    if letter is None:
        return None
    context = {"letter": letter, "base_url": settings.BASE_URL}
    return Mail(
        subject=letter.subject,
        text=render_to_string("telework/mail/letter.txt", context),
        html=render_to_string("telework/mail/letter.html", context),
    )


def first_link(account: Account) -> str:
    """The address at which a person sets their password: it works once, for three days."""
    key = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key)


def _invited(message: Message) -> Letter | None:
    account = message.recipient.account
    if account.has_usable_password():
        return None
    said = _(
        "Your account of Cent Jours is open: there you book your telework days and see where your colleagues work. "
        "Choose a password to begin."
    )
    return Letter(
        subject=_("Your account of Cent Jours"),
        headline=_("Welcome to Cent Jours."),
        sentence=_hello(message) + said,
        lines=(Line(_("Work address"), (account.email,)),),
        buttons=(Button(_("Choose my password"), first_link(account)),),
        notes=(
            _("The link works once, for three days. Later, “Forgotten password” on the sign-in page sends another."),
            _("You receive this message because human resources opened an account with this address."),
        ),
    )


def _changed(headline: Callable[[], str]) -> Writer:
    """A letter that tells one change, and what to do if it was somebody else."""

    def write(message: Message) -> Letter:
        person, said = message.recipient, headline()
        actor = Person.objects.filter(uid=message.data.get("actor")).first()
        by = (Line(pgettext("letter", "By"), (actor.name,)),) if actor else ()
        day = words.long_day(local_date(message.created_at, person.site.zone), language(), year=True)
        return Letter(
            subject=said.rstrip("."),
            headline=said,
            sentence=_hello(message)
            + _("If it was you, there is nothing to do. If not, choose a new password and tell human resources today."),
            lines=(Line(pgettext("letter", "When"), (day,)), *by),
            buttons=(Button(_("See my security"), settings.BASE_URL + reverse("mfa_index")),),
            notes=(_("You receive this message because it is about what protects your account."),),
        )

    return write


def _reset(message: Message) -> Letter:
    """After a reset one does not sign in as before: what comes next is said."""
    letter = WRITERS["account.app_removed"](message)
    headline = _("Your second factor was taken off your account.")
    next_step = _("You said that it was lost. Sign in with your password; you are led to set up another.")
    other = _("If it was not you who asked, choose a new password and tell human resources today.")
    changes = {
        "subject": headline.rstrip("."),
        "headline": headline,
        "sentence": f"{_hello(message)}{next_step} {other}",
    }
    return Letter(**{name: changes.get(name, getattr(letter, name)) for name in Letter.__dataclass_fields__})


def _key_made(message: Message) -> Letter:
    """A key outlives the browser and a new password: it is revoked at its own page."""
    letter = _changed(lambda: _("A key for programs was made for your account."))(message)
    other = _(
        "If it was you, there is nothing to do. If not, revoke it, choose a new password, and tell human resources."
    )
    button = Button(_("See my keys"), settings.BASE_URL + reverse("keys"))
    return replace(letter, sentence=_hello(message) + other, buttons=(button,))


def _hello(message: Message) -> str:
    return _("Hello %(name)s,") % {"name": first_name(message.recipient)} + "\n"


WRITERS: dict[str, Writer] = {
    "account.invited": _invited,
    "account.factor_reset": _reset,
    "account.password_changed": _changed(lambda: _("Your password was changed.")),
    "account.app_added": _changed(lambda: _("An app that shows codes now protects your account.")),
    "account.app_removed": _changed(lambda: _("The app that shows codes was removed from your account.")),
    "account.passkey_added": _changed(lambda: _("A passkey was added to your account.")),
    "account.passkey_removed": _changed(lambda: _("A passkey was removed from your account.")),
    "account.key_made": _key_made,
    "account.codes_made": _changed(lambda: _("New recovery codes were made for your account.")),
}
