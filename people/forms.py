"""The sign-in form: the library's own, with sentences that name what is wrong and the remedy."""

from allauth.account.forms import LoginForm, UserTokenForm
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EXAMPLE = "camille.moreau@entreprise.fr"


def work_address(value: str) -> None:
    """A work address; the sentence says which part of it is missing."""
    name, at, domain = value.strip().partition("@")
    words = {"value": value[:60], "example": EXAMPLE}
    if not at:
        raise ValidationError(_("“%(value)s” has no “@”. Example: %(example)s") % words)
    if not domain:
        raise ValidationError(_("The domain after “@” is missing. Example: %(example)s") % words)
    if not name:
        raise ValidationError(_("The name before “@” is missing. Example: %(example)s") % words)
    try:
        validate_email(value.strip())
    except ValidationError as wrong:
        raise ValidationError(_("“%(value)s” is not a mail address. Example: %(example)s") % words) from wrong


class SignInForm(LoginForm):
    """Address and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.validators = [work_address]
        login.error_messages["required"] = gettext_lazy("Give your work address. Example: %s") % EXAMPLE
        password.error_messages["required"] = gettext_lazy("Give your password.")


class LinkOfMail(UserTokenForm):
    """The link of a mail; while an account is closed it opens nothing, so that nobody prepares their return."""

    def _get_user(self, uidb36: str):
        account = super()._get_user(uidb36)
        return account if account and account.is_active else None
