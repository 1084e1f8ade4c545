"""Writes on charters: within the agreement's ranges, from a day on; the team is told, its days are rechecked."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from notifications import outbox
from people.audit import record
from people.errors import BadFact
from people.models import Membership, MembershipRole, Person, Team
from people.standing import memberships_in_force
from policies.models import TeamCharter
from policies.selectors import timeline_for
from telework.services.rechecking import FARTHEST, rechecked
from telework.wording import language
from ui import words

from .ranges import Setting, ranges_of

CHANGED = "charter.changed"
LONGEST_WORDS = 2000
FARTHEST_AHEAD = timedelta(days=366)


@transaction.atomic
def write_charter(
    team: Team, *, values: Mapping[str, Decimal], text: str, first: date, actor: Person, now: datetime, today: date
) -> TeamCharter:
    """Write what the team fixes from ``first`` on; ``BadFact`` names the setting, its bounds and its article.

    A setting left out is left to the agreement. The charter of the same day is replaced; those before stay.
    """
    text = text.strip()
    check_charter(team, values, text, first, today=today)
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    kept = {name: str(value) for name, value in sorted(values.items())}
    members = list(_members(team, max(first, today)).select_related("site", "entity"))
    span = {"first": first, "last": today + FARTHEST if first <= today else first - timedelta(days=1)}
    with rechecked(people=members, **span, actor=actor, now=now, today=today):
        written = {"values": kept, "words": text, "written_by": actor, "written_at": now}
        charter, _created = TeamCharter.objects.update_or_create(team=team, first_day=first, defaults=written)
    record(actor, "charter.written", charter, now, team=str(team.uid), first=first.isoformat(), values=kept)
    key, data = f"{CHANGED}:{charter.uid}:{now.timestamp():.0f}", {"charter": str(charter.uid), "actor": str(actor.uid)}
    told = [person.pk for person in members if person.pk != actor.pk]
    outbox.put_many([outbox.Draft(pk, CHANGED, f"{key}:{pk}", data) for pk in told], now=now)
    return charter


def check_charter(team: Team, values: Mapping[str, Decimal], text: str, first: date, *, today: date) -> None:
    """``BadFact`` for the first value that the agreement does not leave to the team."""
    if not today <= first <= today + FARTHEST_AHEAD:
        sentence = _("%(day)s is not possible. Give a first day from %(first)s to %(last)s.")
        told = {"day": _told(first), "first": _told(today), "last": _told(today + FARTHEST_AHEAD)}
        raise BadFact("first", first, sentence % told)
    if len(text) > LONGEST_WORDS:
        sentence = _("“%(value)s…” has %(count)s characters; %(most)s are possible. Shorten it.")
        raise BadFact("words", text, sentence % {"value": text[:30], "count": len(text), "most": LONGEST_WORDS})
    ranges = {one.name: one for one in ranges_of(timeline_for(team.entity_id).on(first), first)}
    for name, value in values.items():
        if name not in ranges:
            sentence = _("The agreement in force on %(day)s leaves no setting “%(name)s” to teams. Leave it out.")
            raise BadFact(name, value, sentence % {"day": _told(first), "name": name[:40]})
        _check_value(ranges[name], value)


def _check_value(setting: Setting, value: Decimal) -> None:
    told = {"value": _number(value), "lowest": _number(setting.lowest), "highest": _number(setting.highest)}
    told |= {"label": setting.label, "article": setting.article, "step": _number(setting.step)}
    if not setting.lowest <= value <= setting.highest:
        sentence = _("%(label)s: %(value)s is outside what article %(article)s leaves, %(lowest)s to %(highest)s.")
        raise BadFact(setting.name, value, sentence % told)
    if value % setting.step:
        raise BadFact(setting.name, value, _("%(label)s: %(value)s is no multiple of %(step)s. Round it.") % told)


def _members(team: Team, day: date):
    held = Membership.objects.filter(memberships_in_force(day), team=team, role=MembershipRole.MEMBER)
    return Person.objects.filter(pk__in=held.values("person"))


def _number(value: Decimal) -> str:
    return words.number(value, language())


def _told(day: date) -> str:
    return words.plain_day(day, language())
