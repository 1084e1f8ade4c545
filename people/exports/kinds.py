"""What can be taken out as a file: each kind with its columns, the operation that opens it, and its rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import access
from people.errors import BadFact
from people.models import Person, Team

LONGEST = 366


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for which rows: a period where the kind has one (both days included), one team on demand."""

    actor: Person
    today: date
    first: date
    last: date
    team: Team | None = None

    def people(self, operation: str) -> QuerySet[Person]:
        """Those on whom the actor may do ``operation``, of the team that was chosen."""
        found = access.people_for(self.actor, operation)
        if self.team is None:
            return found
        in_period = self.team.memberships.filter(first_day__lte=self.last).exclude(last_day__lt=self.first)
        return found.filter(pk__in=in_period.values("person"))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to be written, read as they are written: how many, and of whom (primary keys; empty where of nobody)."""

    count: int
    values: Iterable[Sequence]
    people: Iterable[int] = field(default=())


@dataclass(frozen=True, slots=True)
class Kind:
    """A file: its code in addresses, its words, its columns (code and words), and who may have rows of it.

    ``opens``: whether somebody may have a row, where people and teams do not tell; ``by_team``: rows are of teams.
    """

    code: str
    words: str
    about: str
    columns: Sequence[tuple[str, str]]
    operation: str
    rows: Callable[[Ask], Rows]
    dated: bool = False
    needs_team: bool = False
    longest: int = LONGEST
    opens: Callable[[Person], bool] | None = None
    by_team: bool = True


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Offer kinds; the rooms above people add theirs when they start."""
    KINDS.update({kind.code: kind for kind in kinds})


def offered_to(actor: Person) -> list[Kind]:
    """The kinds of which the actor may have a row."""
    return [kind for kind in KINDS.values() if _opens(actor, kind)]


def kind_called(code: str, actor: Person) -> Kind:
    """The kind of that code, if the actor may have a row of it; else not found."""
    kind = KINDS.get(code)
    if kind is None or not _opens(actor, kind):
        raise Http404
    return kind


def ask_for(kind: Kind, actor: Person, *, first: date | None, last: date | None, team: str, today: date) -> Ask:
    """What is asked, checked: a period of at most ``kind.longest`` days, this month if none; a team in reach."""
    if kind.dated:
        first = first or (last or today).replace(day=1)
        last = last or min(_end_of_month(first), first + timedelta(days=kind.longest - 1))
    else:
        first = last = today
    if last < first:
        raise BadFact("last", last, _("The last day lies before the first; exchange them."))
    if (last - first).days >= kind.longest:
        sentence = _("%(days)s days are too many at once; %(most)s at most. End on %(day)s.")
        end = date_format(first + timedelta(days=kind.longest - 1), "DATE_FORMAT")
        told = {"days": (last - first).days + 1, "most": kind.longest, "day": end}
        raise BadFact("last", last, sentence % told)
    chosen = None
    if team and not kind.by_team:
        sentence = _("The file “%(words)s” is not by team. Choose all that you may see.")
        raise BadFact("team", team, sentence % {"words": kind.words})
    if team:
        reach = access.teams_for(actor, kind.operation)
        chosen = reach.filter(uid=access.read_uid(team)).first()
        if chosen is None:
            raise Http404
    if kind.needs_team and chosen is None:
        raise BadFact("team", "", _("This file is of one team. Choose it."))
    return Ask(actor, today, first, last, chosen)


def _opens(actor: Person, kind: Kind) -> bool:
    if kind.opens:
        return kind.opens(actor)
    if kind.needs_team:
        return access.teams_for(actor, kind.operation).exists()
    return access.people_for(actor, kind.operation).exists()


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
