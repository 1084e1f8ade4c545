"""Reads for feeds: the feed behind a secret, whom it shows, and the feeds of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from notifications.models import Hold
from people.models import Contract, Membership, Person
from people.prepared import prepared
from telework.models import Feed, Scope

from .tokens import hash_token
from .window import Window

# What an answer to a calendar client looks at: fewer columns are a third of the time of an unchanged feed.
_FEED_COLUMNS = (
    "uid", "scope", "privacy", "owner", "team", "fetched_at", "etag", "modified_at", "built_for",
    "owner__first_name", "owner__last_name", "owner__calendar_version", "owner__entity", "owner__site__zone",
    "owner__account__language", "owner__account__is_active", "team__name", "team__entity", "team__site__zone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody whose days a feed shows, on the dates of ``spans`` (last None while open)."""

    pk: int
    name: str
    zone: str
    version: int
    spans: tuple[tuple[date, date | None], ...]

    def covers(self, day: date) -> bool:
        return any(first <= day and (last is None or day <= last) for first, last in self.spans)


def feeds_of(owner: Person) -> QuerySet[Feed]:
    """The feeds in use of a person, oldest first, each with its team."""
    return Feed.objects.filter(owner=owner, revoked_at=None).select_related("team")


def feed_behind(token: str) -> Feed | None:
    """The feed in use that the secret opens, with owner, account, site and team; one query for any secret.

    ``works_until`` is the last day of its owner's contracts: far away while one is open, None without any. ``held``:
    the database was restored, and nothing leaves it yet.
    """
    return next(iter(_feeds_behind(hash_token(token))), None)


@prepared
def _feeds_behind(token_hash: str) -> QuerySet[Feed]:
    contracts = Contract.objects.filter(person=OuterRef("owner")).order_by(F("end").desc(nulls_first=True))
    return (
        Feed.objects.filter(token_hash=token_hash, revoked_at=None)
        .select_related("owner__account", "owner__site", "team__site")
        .only(*_FEED_COLUMNS)
        .annotate(
            works_until=Subquery(contracts.values(_=Coalesce("end", Value(date.max)))[:1]),
            held=Exists(Hold.objects.all()),
        )
        .order_by()[:1]
    )


def shown_in(feed: Feed, window: Window) -> Sequence[Shown]:
    """Whom the feed shows: its owner, or everybody of its team on some date of the window. One query at most."""
    if feed.scope == Scope.PERSONAL:
        owner = feed.owner
        return [Shown(owner.pk, owner.name, owner.site.zone, owner.calendar_version, ((window.first, None),))]
    people: dict[int, Shown] = {}
    for pk, first_name, last_name, zone, version, first, last in _team_rows(feed.team_id, *window):
        known = people.get(pk)
        spans = (*(known.spans if known else ()), (first, last))
        people[pk] = Shown(pk, f"{first_name} {last_name}".strip(), zone, version, spans)
    return list(people.values())


@prepared
def _team_rows(team: int, first: date, last: date) -> QuerySet:
    return (
        Membership.objects.filter(Q(last_day=None) | Q(last_day__gte=first), team=team, first_day__lte=last)
        .order_by("person_id", "first_day", Coalesce("last_day", "first_day"), "pk")
        .values_list(
            "person_id", "person__first_name", "person__last_name", "person__site__zone", "person__calendar_version",
            "first_day", "last_day",
        )
    )  # fmt: skip
