"""Keys for scripts: made once, shown once, kept as a hash; each acts as its account within its scopes."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.access import read_uid
from people.audit import record
from people.errors import BadFact
from people.models import Account, ApiToken, Person
from people.services.accounts import tell

PREFIX, KEY_MADE = "cj_", "account.key_made"
MOST_KEYS = 20
LONGEST_NAME = 80
LONGEST_LIFE = timedelta(days=2 * 366)
SCOPES = {
    "my_data:read": gettext_lazy("Read all that is kept on you."),
    "people:read": gettext_lazy("Read years, balances and teams."),
    "bookings:read": gettext_lazy("Read bookings."),
    "bookings:write": gettext_lazy("Book, move, withdraw and cancel days; write notes and corrections."),
    "requests:answer": gettext_lazy("Approve and refuse requests."),
    "feeds:write": gettext_lazy("Make and revoke calendar feeds."),
    "requirements:read": gettext_lazy("Read coverage requirements, and look at what one would do."),
    "requirements:write": gettext_lazy("Write, copy, end and take away coverage requirements."),
    "staff:read": gettext_lazy("Read people as human resources keep them: contracts and teams."),
    "staff:write": gettext_lazy("Add people; change who they are, their contracts, teams and last day."),
    "organisation:write": gettext_lazy("Create and change teams, entities and sites."),
    "exports:read": gettext_lazy("Take out files of what you may see."),
    "places:read": gettext_lazy("Read your places of telework, and those to which you may agree."),
    "places:write": gettext_lazy("Declare and end your places of telework; agree to those of others."),
    "autonomy:write": gettext_lazy("Say that somebody can work at a distance, or take it back."),
    "coverage:read": gettext_lazy("Read coverage: margins, gaps, and who is where then."),
    "imports:write": gettext_lazy("Import people, contracts, teams and managers from files."),
    "rosters:write": gettext_lazy("Write rosters: shifts, absences, on-call periods, rotations and swaps."),
    "agreements:read": gettext_lazy("Read agreements, their cases and what a change would do."),
    "agreements:write": gettext_lazy("Write, sign and publish agreements; try changes in the policy lab."),
    "exceptional:read": gettext_lazy("Read exceptional days, and who is where then."),
    "exceptional:write": gettext_lazy("Prepare, confirm, extend and end exceptional days."),
    "terms:read": gettext_lazy("Read what was decided of a person beside the agreement."),
    "terms:write": gettext_lazy("Write and end what is decided of a person beside the agreement."),
    "charters:read": gettext_lazy("Read the charters of teams."),
    "charters:write": gettext_lazy("Write the charters of teams."),
}


def create_token(
    account: Account,
    *,
    scopes: Collection[str],
    now: datetime,
    name: str = "Script",
    expires_on: date | None = None,
    today: date | None = None,
) -> str:
    """Make a key for ``account`` and return it; nobody can read it again. ``BadFact`` for a value that will not do."""
    return make_key(account, scopes=scopes, now=now, name=name, expires_on=expires_on, today=today or now.date())[1]


@transaction.atomic
def make_own_key(account: Account, *, now: datetime, **wish) -> tuple[ApiToken, str]:
    """A key that somebody makes while signed in: they are told by mail, in case it was not they."""
    made = make_key(account, now=now, **wish)
    tell(account, KEY_MADE, now=now)
    return made


@transaction.atomic
def make_key(
    account: Account,
    *,
    scopes: Collection[str],
    now: datetime,
    name: str,
    expires_on: date | None,
    today: date,
    proven: bool = True,
) -> tuple[ApiToken, str]:
    """A key and its secret, which is told only now. ``expires_on``: its last day, None for no end.

    ``proven``: a second factor was shown where it is made; another opens nothing once its account needs one.
    """
    _check(account, name, scopes, expires_on, today)
    raw = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=account,
        name=name.strip(),
        token_hash=_hash(raw),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_on=expires_on,
        proven=proven,
    )
    record(_person(account), "key.made", token, now, scopes=token.scopes)
    return token, raw


def _check(account: Account, name: str, scopes: Collection[str], expires_on: date | None, today: date) -> None:
    if not name.strip():
        raise BadFact("name", "", _("Give the key a name that says which program will use it."))
    if len(name.strip()) > LONGEST_NAME or not name.strip().isprintable():
        sentence = _("A name has at most %(most)s characters, on one line.")
        raise BadFact("name", name, sentence % {"most": LONGEST_NAME})
    if unknown := sorted(set(scopes) - set(SCOPES)):
        sentence = _("The scope “%(scope)s” is not known; use %(known)s.")
        raise BadFact("scopes", unknown[0], sentence % {"scope": unknown[0][:40], "known": ", ".join(SCOPES)})
    if not scopes:
        raise BadFact("scopes", "", _("A key without a scope opens nothing; name at least one."))
    if expires_on and not today <= expires_on <= today + LONGEST_LIFE:
        sentence = _("A key’s last day lies between %(first)s and %(last)s. Choose one, or none for a key without end.")
        raise BadFact("expires_on", expires_on, sentence % {"first": today, "last": today + LONGEST_LIFE})
    if keys_of(account, today).count() >= MOST_KEYS:
        raise BadFact(
            "name",
            "",
            _("You have %(count)s keys. Revoke one you no longer use, then make another.") % {"count": MOST_KEYS},
        )


def keys_of(account: Account, today: date) -> QuerySet[ApiToken]:
    """The keys of ``account`` that open something on ``today``, the oldest first."""
    return account.api_tokens.filter(_in_force(today))


def key_for(account: Account, uid: UUID | str, today: date) -> ApiToken:
    """One of the account's own keys in force; 404 for any other."""
    found = keys_of(account, today).filter(uid=read_uid(uid)).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def revoke_key(token: ApiToken, *, by: Account, now: datetime) -> None:
    """Close one key for good."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    record(_person(by), "key.revoked", token, now)


def token_behind(raw: str, today: date) -> ApiToken | None:
    """The key in force that ``raw`` opens, with its account and person, or None. Its last day of use is noted."""
    if not raw.startswith(PREFIX) or len(raw) > 100:
        return None
    tokens = ApiToken.objects.select_related("account__person__site", "account__person__entity")
    token = tokens.filter(_in_force(today), token_hash=_hash(raw), account__is_active=True).first()
    if token and token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)
    return token


def _in_force(today: date) -> Q:
    return Q(revoked_at=None) & (Q(expires_on=None) | Q(expires_on__gte=today))


def _person(account: Account) -> Person | None:
    return getattr(account, "person", None)


def revoke_tokens(account: Account, now: datetime) -> int:
    """Close every key of ``account``; returns how many."""
    return ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=now)


def _hash(raw: str) -> str:
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
