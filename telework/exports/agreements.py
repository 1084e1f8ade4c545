"""The files of agreements: their versions, what teams fix within them, exceptional days, results of the policy lab.

What holds for one person beside the agreement is in none: it is read person by person, each look written down.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.access import teams_for
from people.exports import Ask, Kind, Rows, register
from people.models import Person
from policies.access import WRITE, entities_for, versions_for
from policies.models import TeamCharter
from telework.exceptional.access import sights_for
from telework.lab.shown import shown
from telework.models import LabRun, LabState
from telework.wording import language

CHARTER, EXCEPTIONAL = "view_charter", "view_exceptional"


def _agreements(ask: Ask) -> Rows:
    held = list(versions_for(ask.actor).defer("text", "cases"))

    def rows() -> Iterator[list]:
        for one in held:
            yield [one.agreement.title, one.agreement.entity.name, one.number, one.state, one.effective_from,
                   one.published_at, one.published_by and one.published_by.name, one.changed_at]  # fmt: skip

    return Rows(len(held), rows())


def _charters(ask: Ask) -> Rows:
    """A setting a row; a charter of words alone has one row without a setting."""
    held = TeamCharter.objects.filter(team__in=teams_for(ask.actor, CHARTER).order_by().values("pk"))
    if ask.team:
        held = held.filter(team=ask.team)
    found = [
        [one.team.name, one.team.entity.name, one.first_day, name, value and Decimal(value), one.words]
        for one in held.select_related("team__entity").order_by("team__name", "team", "first_day")
        for name, value in (sorted(one.values.items()) or [("", None)])
    ]
    return Rows(len(found), found)


def _exceptional(ask: Ask) -> Rows:
    """A stretch of dates a row; who prepared and confirmed it only for those who open such days."""
    found = []
    for sight in sights_for(ask.actor):
        one, state = sight.regime, sight.standing(ask.today)
        whose = [one.entity.name, one.site and one.site.name, one.team and one.team.name, one.job]
        for term in sight.terms if sight.opens else sight.held:
            fired = [each and each.name for each in (term.prepared_by, term.confirmed_by)] if sight.opens else ["", ""]
            found.append([one.name, *whose, term.first_day, term.last_day, state, one.off_quota, *fired])
    return Rows(len(found), found)


def _lab(ask: Ask) -> Rows:
    """Every figure that a result may show, a row each: sums over five people or more."""
    done = LabRun.objects.filter(entity__in=entities_for(ask.actor), state=LabState.DONE)
    found = []
    for run in done.select_related("version__agreement").defer("text", "partial", "refused"):
        head = [run.version.agreement.title, run.version.number, run.reading, run.first, run.last]
        for title, table in shown(run).tables:
            for line in table.lines:
                for words, figure in zip(table.heads[1:], line.figures, strict=True):
                    found.append([*head, str(title), line.name, str(words), number_in(figure)])
    return Rows(len(found), found)


def number_in(figure: str) -> Decimal | str:
    """A figure of a page as a number: 1,234.5 or 1 234,5 without its marks; a text where it is none (“5 or more”)."""
    bare = figure.replace("\u202f", "").replace("−", "-")
    bare = bare.replace(",", ".") if language() == "fr" else bare.replace(",", "")
    try:
        return Decimal(bare)
    except InvalidOperation:
        return figure


def _writes(actor: Person) -> bool:
    return entities_for(actor).exists()


def _has_results(actor: Person) -> bool:
    return LabRun.objects.filter(entity__in=entities_for(actor), state=LabState.DONE).exists()


def _reads_charters(actor: Person) -> bool:
    return teams_for(actor, CHARTER).exists()


def _sees_exceptional(actor: Person) -> bool:
    return bool(sights_for(actor))


register(
    Kind(
        "agreements", _("Agreements"), _("Each version with its state and first day; the text is on its page."),
        (("title", _("Agreement")), ("entity", _("Entity")), ("version", _("Version")), ("state", _("State")),
         ("first_day", _("First day")), ("published_at", _("Published at")), ("published_by", _("Published by")),
         ("changed_at", _("Last changed at"))),
        WRITE, _agreements, opens=_writes, by_team=False,
    ),
    Kind(
        "charters", _("Team charters"), _("What teams have fixed within the agreement, and from when."),
        (("team", _("Team")), ("entity", _("Entity")), ("first_day", _("First day")), ("setting", _("Setting")),
         ("value", _("Value")), ("words", _("Words of the team"))),
        CHARTER, _charters, opens=_reads_charters,
    ),
    Kind(
        "exceptional", _("Exceptional days"), _("For whom, from when until when, and where they stand."),
        (("name", _("Name")), ("entity", _("Entity")), ("site", _("Site")), ("team", _("Team")),
         ("job", _("Activity code")), ("first_day", _("First day")), ("last_day", _("Last day")),
         ("state", _("State")), ("off_quota", _("Outside caps")), ("prepared_by", _("Prepared by")),
         ("confirmed_by", _("Confirmed by"))),
        EXCEPTIONAL, _exceptional, opens=_sees_exceptional, by_team=False,
    ),
    Kind(
        "lab", _("Policy lab"), _("The figures of every result, none over fewer than five people."),
        (("agreement", _("Agreement")), ("version", _("Version")), ("reading", _("Reading")),
         ("first_day", _("First day")), ("last_day", _("Last day")), ("table", _("Table")),
         ("row", pgettext_lazy("of a table", "Row")), ("column", pgettext_lazy("of a table", "Column")),
         ("figure", _("Figure"))),
        WRITE, _lab, opens=_has_results, by_team=False,
    ),
)  # fmt: skip
