"""Forms of the second factor: the library's own, with our sentences, codes that serve once, and no answer but words."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.forms import ChangePasswordForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.second_factor import count_as_shown

GIVE_CODE = _("Give the six digits that your app shows now.")
LAST_STEP, LAST_COUNT = "last_step", "last_count"


class ActivateApp(ActivateTOTPForm):
    """Set up an app that shows codes; its first code proves that it was read rightly."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = GIVE_CODE

    @property
    def secret_in_groups(self) -> str:
        """The secret as one types it: groups of four."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))

    def clean_code(self) -> str:
        self.cleaned_data["code"] = _digits(self.cleaned_data["code"])
        code = super().clean_code()
        count_as_shown(context.request)
        return code


class _Code:
    """A code of the app counts once, in whatever process and within the whole time it is valid (RFC 6238, 5.2)."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = _("Give a code of your app, or a recovery code.")

    def clean_code(self) -> str:
        self.cleaned_data["code"] = code = _digits(self.cleaned_data["code"])
        super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _use_once(self.authenticator.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class ShowCode(_Code, codes.AuthenticateForm):
    """The code after the password."""


class ConfirmCode(_Code, codes.ReauthenticateForm):
    """The code before something delicate."""


@transaction.atomic
def _use_once(pk: int, code: str) -> bool:
    """Note the time step of a right code; False for a step that is not after the last one used."""
    held = Authenticator.objects.select_for_update().get(pk=pk)
    secret = decrypt(held.data["secret"])
    steps = [step for step in yield_hotp_counters_from_time() if format_hotp_value(hotp_value(secret, step)) == code]
    if not steps or max(steps) <= held.data.get(LAST_STEP, -1):
        return False
    held.data[LAST_STEP] = max(steps)
    held.save(update_fields=["data"])
    return True


@transaction.atomic
def _counts_on(pk: int, count: int) -> bool:
    """Note how often a passkey was used; False when it does not go on from there (WebAuthn 3, 7.2.22: a clone).

    Passkeys that are kept on several devices do not count, and always say 0.
    """
    held = Authenticator.objects.select_for_update().get(pk=pk)
    last = held.data.get(LAST_COUNT, 0)
    if (count or last) and count <= last:
        return False
    if count:
        held.data[LAST_COUNT] = count
        held.save(update_fields=["data"])
    return True


def _digits(text: str) -> str:
    """A code as it was shown, without the spaces and dashes one copies along."""
    return "".join(char for char in text if char not in " -\u00a0\u202f")[:40]


class PasskeyField(forms.JSONField):
    """What the browser answers for a passkey; a number of thousands of digits is no JSON of a browser."""

    def to_python(self, value):
        with _in_words():
            return super().to_python(value)


class AddPasskey(passkeys.AddWebAuthnForm):
    """A passkey for oneself, with the name under which it is listed."""

    credential = PasskeyField(widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=60)
    passwordless = None  # every passkey of ours is one that signs in by itself

    def clean(self) -> dict:
        self.cleaned_data["passwordless"] = True
        with _in_words():
            found = super().clean()
        if found.get("credential"):
            count_as_shown(context.request)
        return found


class _Passkey:
    def clean_credential(self) -> Authenticator:
        sent = self.cleaned_data["credential"]
        with _in_words():
            found = super().clean_credential()
            count = passkeys.auth.parse_authentication_response(sent).response.authenticator_data.counter
        if not _counts_on(found.pk, count):
            sentence = _(
                "This passkey was used elsewhere since: there may be a copy of it. Remove it, and add another."
            )
            raise ValidationError(sentence)
        return found


class ShowPasskey(_Passkey, passkeys.AuthenticateWebAuthnForm):
    """The passkey after the password."""

    credential = PasskeyField(widget=forms.HiddenInput)


class EnterByPasskey(_Passkey, passkeys.LoginWebAuthnForm):
    """The passkey instead of the password."""

    credential = PasskeyField(widget=forms.HiddenInput)


class ConfirmPasskey(_Passkey, passkeys.ReauthenticateWebAuthnForm):
    """The passkey before something delicate."""

    credential = PasskeyField(widget=forms.HiddenInput)


@contextmanager
def _in_words() -> Iterator[None]:
    """What a script sends in place of a passkey may fail anywhere in its parsing; people get one sentence."""
    try:
        yield
    except ValidationError as wrong:
        if getattr(wrong, "code", "") != "incorrect_code":
            raise
        raise _unreadable() from wrong
    except Exception as wrong:  # the parser raises whatever the bytes make it stumble over
        raise _unreadable() from wrong


def _unreadable() -> ValidationError:
    return ValidationError(_("This passkey could not be checked. Try once more, or take another way."))


class ChangePassword(ChangePasswordForm):
    """The old password, then the new one twice."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self.fields["oldpassword"], _("Give your present password."))
        say_what_is_missing(self.fields["password1"], _("Give a new password: eight characters at least."))
        say_what_is_missing(self.fields["password2"], _("Write the new password a second time."))


class ConfirmPassword(ReauthenticateForm):
    """The password before something delicate."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self.fields["password"], _("Give your password."))


def say_what_is_missing(field: forms.Field, sentence: str) -> None:
    """The sentence for a field that was left empty."""
    field.error_messages["required"] = sentence
