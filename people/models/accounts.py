from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "Account":
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "Account":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "Account":
        return self.get(email__iexact=email)


class Account(AbstractBaseUser, PermissionsMixin):
    """A way to sign in. It may exist before the first sign-in (no usable password) and without a person (admin)."""

    email = models.EmailField(_("work address"), max_length=254, unique=True)
    language = models.CharField(max_length=5, choices=[("fr", "Français"), ("en", "English")], default="fr")
    mails_off = models.JSONField(default=list, blank=True)  # names of people.mails.TOPICS
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_any_case")]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        person = getattr(self, "person", None)
        return person.name if person else self.email

    get_short_name = get_full_name


class Role(models.TextChoices):
    """Roles granted on an entity. Employee needs none; manager and deputy come from the team (``Membership``)."""

    HR = "hr", _("human resources")
    PLANNER = "planner", _("coverage planner")
    SOS_CONTACT = "sos_contact", _("SOS contact")
    AMBASSADOR = "ambassador", _("ambassador")
    DPO = "dpo", _("data protection officer")
    ADMIN = "admin", _("administrator")


class Grant(models.Model):
    """A role of a person on an entity and all entities below it."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    entity = models.ForeignKey("people.Entity", models.CASCADE, related_name="grants")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role", "entity"], name="grant_once")]
