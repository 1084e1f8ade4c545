"""Accounts, sign-in and the worker: what is exported of them, and what is nobody's."""

from django.utils.translation import gettext_lazy as _

from .registry import Table

HASH = "a hash of a secret: it tells nothing, and would help who wants to guess it"
ME = "whose row it is; it is the person themself"
OURS = "bookkeeping of the product, without meaning for the person"

ACCOUNT = Table(
    "people.Account",
    "account",
    _("Your account"),
    of=("person",),
    told={
        "email": _("Work address"),
        "language": _("Language"),
        "mails_off": _("Mails switched off"),
        "is_active": _("Open"),
        "is_staff": _("Staff of the product"),
        "is_superuser": _("May do everything"),
        "created_at": _("Made at"),
        "last_login": _("Last sign-in"),
    },
    exempt={"password": HASH},
)
SESSIONS = Table(
    "people.Session",
    "sessions",
    _("Browsers signed in"),
    of=("account__person",),
    told={
        "browser": _("Browser"),
        "system": _("System"),
        "signed_in_at": _("Signed in at"),
        "seen_at": _("Last seen at"),
        "confirmed_at": _("Password asked again at"),
        "expire_date": _("Until"),
    },
    exempt={
        "session_key": "a secret: who holds it is signed in",
        "session_data": "signed working memory of the browser’s visit: the account and the time of sign-in",
        "uid": OURS,
    },
)
ADDRESSES = Table(
    "account.EmailAddress",
    "sign_in_addresses",
    _("Addresses you sign in with"),
    of=("user__person",),
    told={"email": _("Address"), "verified": _("Confirmed"), "primary": _("Main address")},
)
CONFIRMATIONS = Table(
    "account.EmailConfirmation",
    "address_confirmations",
    _("Confirmations of addresses"),
    of=("email_address__user__person",),
    told={"created": _("Made at"), "sent": _("Sent at")},
    exempt={"key": "a secret that confirms the address"},
)
KEYS = Table(
    "people.ApiToken",
    "keys",
    _("Keys for scripts"),
    of=("account__person",),
    told={
        "name": _("Name"),
        "scopes": _("What it opens"),
        "created_at": _("Made at"),
        "used_on": _("Last used on"),
        "expires_on": _("Last day"),
        "revoked_at": _("Revoked at"),
        "proven": _("Made behind a second factor"),
    },
    exempt={"token_hash": HASH, "uid": OURS},
)
KEYED_CALLS = Table(
    "people.KeyedCall",
    "repeatable_calls",
    _("Calls of scripts that may be repeated, for a day"),
    of=("account__person",),
    told={"claimed_at": _("Called at"), "status": _("Status of the answer")},
    exempt={
        "key_hash": HASH,
        "fingerprint": HASH,
        "claim": OURS,
        "content_type": OURS,
        "content": "an answer already given to the person, encrypted, deleted after a day",
    },
)
FACTORS = Table(
    "mfa.Authenticator",
    "second_factors",
    _("Second factors"),
    of=("user__person",),
    told={"type": _("Kind"), "created_at": _("Made at"), "last_used_at": _("Last used at")},
    exempt={"data": "secrets: who holds them could sign in"},
)
GROUPS = Table(
    "people.Account_groups",
    "account_groups",
    _("Groups of your account"),
    of=("account__person",),
    told={"group": _("Group")},
)
PERMISSIONS = Table(
    "people.Account_user_permissions",
    "account_permissions",
    _("Permissions of your account"),
    of=("account__person",),
    told={"permission__codename": _("Permission")},
)

TABLES = (ACCOUNT, SESSIONS, ADDRESSES, CONFIRMATIONS, FACTORS, KEYS, KEYED_CALLS, GROUPS, PERMISSIONS)

WORKER = "tasks of the worker: names of functions and uids; what they are about is in the tables that are exported"
IMPERSONAL = {
    "auth.permission": "names of what may be done",
    "auth.group": "names of groups of permissions; who is in one is exported with the account",
    "auth.group_permissions": "what groups may do",
    "contenttypes.contenttype": "names of tables",
    "django_q.task": WORKER,
    "django_q.success": WORKER,
    "django_q.failure": WORKER,
    "django_q.schedule": "what the worker does when",
    "django_q.ormq": WORKER,
}
