"""From a feed to its octets, its ETag and the instant they last changed; built only when a client needs them.

``Feed.built_for`` is a fingerprint of all that the octets depend on: as long as it holds, the remembered ETag is true
without reading a booking. Whoever changes what a calendar shows raises ``Person.calendar_version``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from telework.errors import day_words
from telework.models import Feed, Privacy, Scope

from .calendar import Calendar, Entry, measure, render
from .entries import Row, Wording, booking_rows, entries
from .selectors import Shown, shown_in
from .window import MOST_OCTETS, Window, fitting, window

EDITION = 1  # raise it when the octets of an unchanged booking change
HEAD_ROOM = 20_000  # octets kept for the calendar's own lines and its zones


@dataclass(frozen=True, slots=True)
class Edition:
    """What a feed shows today, before any booking is read."""

    feed: Feed
    today: date
    window: Window
    people: Sequence[Shown]
    language: str

    @property
    def zone(self) -> str:
        return self.feed.team.site.zone if self.feed.team else self.feed.owner.site.zone

    @property
    def whose(self) -> str:
        return self.feed.team.name if self.feed.team else self.feed.owner.name

    @property
    def fingerprint(self) -> str:
        """The date is part of it: once a day the octets are built anew, also when nobody told of a change."""
        people = [(shown.pk, shown.name, shown.zone, shown.version, shown.spans) for shown in self.people]
        seen = (EDITION, self.today, self.language, self.zone, self.feed.privacy, self.whose, people)
        return hashlib.sha256(repr(seen).encode("utf-8", "replace")).hexdigest()


def edition(feed: Feed, *, today: date) -> Edition:
    """What the feed shows on ``today``. One query at most (a team's people)."""
    covered = window(today)
    return Edition(feed, today, covered, shown_in(feed, covered), feed.owner.account.language)


def build(edition: Edition) -> bytes:
    """The octets, with texts in the active language. A constant number of queries."""
    people = {shown.pk: shown for shown in edition.people}
    rows = [row for row in booking_rows(list(people), *edition.window) if people[row.person].covers(row.day)]
    zones = {pk: shown.zone for pk, shown in people.items()}
    shown = entries(rows, zones, _wording(edition))
    whole = _calendar(edition, edition.window)
    octets = render(whole, shown)
    if len(octets) <= MOST_OCTETS:
        return octets
    return _narrowed(edition, whole, rows, shown)


def remember(feed: Feed, octets: bytes, *, fingerprint: str, now: datetime) -> dict[str, object]:
    """Fields of the feed that change with these octets; ``feed`` carries them too.

    HTTP dates count seconds: ``modified_at`` moves by one at least, so that a client of the same second sees a change.
    """
    changes: dict[str, object] = {} if feed.built_for == fingerprint else {"built_for": fingerprint}
    etag = hashlib.sha256(octets).hexdigest()[:32]
    if etag != feed.etag or feed.modified_at is None:
        moment = now.replace(microsecond=0)
        if feed.modified_at is not None:
            moment = max(moment, feed.modified_at + timedelta(seconds=1))
        changes |= {"etag": etag, "modified_at": moment}
    for name, value in changes.items():
        setattr(feed, name, value)
    return changes


def _narrowed(edition: Edition, calendar: Calendar, rows: Sequence[Row], shown: Sequence[Entry]) -> bytes:
    days = [row.day for row in rows]
    fits = fitting(edition.today, days, [measure(calendar, entry) for entry in shown], MOST_OCTETS - HEAD_ROOM)
    kept = [entry for day, entry in zip(days, shown, strict=True) if fits.first <= day <= fits.last]
    return render(_calendar(edition, fits, narrowed=True), kept)


def _wording(edition: Edition) -> Wording:
    feed = edition.feed
    if feed.scope == Scope.PERSONAL:
        return Wording(feed.privacy, None if feed.privacy == Privacy.FULL else feed.uid.bytes)
    return Wording(feed.privacy, feed.uid.bytes, {shown.pk: shown.name for shown in edition.people})


def _calendar(edition: Edition, covered: Window, *, narrowed: bool = False) -> Calendar:
    if covered.last < covered.first:
        told = _("More days than a calendar can carry: none is shown. Subscribe to a smaller team.")
    else:
        sentence = _("Days from %(first)s to %(last)s.")
        if narrowed:
            sentence = _("Days from %(first)s to %(last)s only: more would be too long for a calendar.")
        told = sentence % {"first": day_words(covered.first), "last": day_words(covered.last)}
    return Calendar(_name(edition), told, edition.zone, edition.window.first.year, edition.feed.privacy)


def _name(edition: Edition) -> str:
    title = _("Telework") if edition.feed.privacy == Privacy.FULL else _("Busy")
    return f"{title} · {edition.whose}"
