"""What the bar of every page shows: the pages this person may open, and how many requests wait for an answer."""

from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from people import clock
from people.models import Person, Role
from people.roles import circles
from telework.chain import OF_MANAGERS

# Page: url name, words, icon, who sees it. A page that does not exist yet is left out. The line of the bar holds the
# words for everyone and the first few of the others; the rest, and on narrow screens all but four, are under "More".
PAGES = (
    ("year", _("My year"), "calendar", "everyone"),
    ("today", _("Today"), "clock", "everyone"),
    ("team", _("Team"), "users", "everyone"),
    ("agreement", _("Agreement"), "scale", "everyone"),
    ("requests", _("Requests"), "inbox", "manager"),
    ("coverage", _("Coverage"), "table", "coverage"),
    ("people", _("People"), "users", "people"),
    ("rosters", _("Rosters"), "repeat", "rosters"),
    ("balances", _("Balances"), "wallet", "counts"),
    ("company", _("Company"), "building-2", "company"),
    ("agreements", _("Agreements"), "pencil", "agreements"),
    ("exceptional", _("Exceptional"), "triangle-alert", "exceptional"),
)
ACCOUNT_PAGES = (
    ("account", _("My account"), "user-check"),
    ("feeds", _("My feeds"), "rss"),
    ("places", _("My places"), "house"),
    ("terms", _("My terms"), "user-check"),
    ("exports", _("Exports"), "download"),
    ("my_data", _("My data"), "download"),
    ("keys", _("API keys"), "key-round"),
    ("help", _("Help"), "info"),
)


MOST_OTHERS = 3
TABS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the bar. ``rule`` opens the managers' part; ``tab``: it has its place on a narrow screen, too."""

    url: str
    label: str
    icon: str
    current: bool = False
    count: int = 0
    rule: bool = False
    tab: bool = True


def navigation(request: HttpRequest) -> dict:
    """``navigation`` for templates; nothing is asked of the database until a page shows its bar."""
    return {"navigation": SimpleLazyObject(lambda: _navigation(request))}


def _navigation(request: HttpRequest) -> dict[str, list[Entry]]:
    person = getattr(getattr(request, "user", None), "person", None)
    if person is None:
        return {"entries": [], "folded": [], "more": [], "account": []}
    if not hasattr(request, "_navigation"):
        request._navigation = _entries(request, sights_of(person))
    return request._navigation


# Written out because it stands on every page: building it from querysets takes longer than running it.
_SIGHTS = """
WITH led AS (
    SELECT team_id FROM people_membership
    WHERE person_id = %(me)s AND role IN ('manager', 'deputy')
      AND first_day <= %(today)s AND (last_day IS NULL OR last_day >= %(today)s)
)
SELECT
    EXISTS (SELECT 1 FROM led),
    EXISTS (SELECT 1 FROM people_grant WHERE person_id = %(me)s AND role IN ({balances})),
    EXISTS (SELECT 1 FROM people_grant WHERE person_id = %(me)s AND role IN ({company})),
    EXISTS (SELECT 1 FROM people_grant WHERE person_id = %(me)s AND role IN ({coverage})),
    EXISTS (SELECT 1 FROM people_grant WHERE person_id = %(me)s AND role IN ({rosters})),
    EXISTS (SELECT 1 FROM people_grant WHERE person_id = %(me)s AND role IN ({agreements})),
    EXISTS (SELECT 1 FROM people_grant WHERE person_id = %(me)s AND role IN ({people})),
    EXISTS (SELECT 1 FROM people_grant WHERE person_id = %(me)s AND role IN ({exceptional}))
        OR EXISTS (SELECT 1 FROM led) AND EXISTS (
            SELECT 1 FROM policies_regimeterm
            WHERE confirmed_at IS NOT NULL AND dismissed_at IS NULL AND last_day >= %(today)s
        ),
    (SELECT COUNT(*) FROM (
        SELECT DISTINCT person_id, requested_at FROM telework_booking
        WHERE state = 'requested' AND awaits IN ({of_managers}) AND person_id <> %(me)s AND person_id IN (
            SELECT person_id FROM people_membership
            WHERE team_id IN (SELECT team_id FROM led)
              AND first_day <= %(today)s AND (last_day IS NULL OR last_day >= %(today)s)
        )
    ) AS batches)
"""


@dataclass(frozen=True, slots=True)
class Sights:
    """What decides on the words of the bar: whether one leads a team, what grants open, requests waiting (batches).

    A request that awaits a later step of a chain of approval waits for somebody else.
    """

    leads: bool
    sees_balances: bool
    sees_company: bool
    sees_coverage: bool
    edits_rosters: bool
    writes_agreements: bool
    sees_people: bool
    sees_exceptional: bool
    waiting: int


def sights_of(person: Person) -> Sights:
    """Read it in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_sights_sql(), {"me": person.pk, "today": clock.today(person.site.zone)})
        *sights, waiting = cursor.fetchone()
    return Sights(*map(bool, sights), waiting)


@cache
def _sights_sql() -> str:
    return _SIGHTS.format(
        balances=_granted_roles("view_balances"),
        company=_granted_roles("view_company_month"),
        coverage=_granted_roles("view_coverage"),
        rosters=_granted_roles("edit_roster"),
        agreements=_granted_roles("write_agreement"),
        people=_granted_roles("view_people"),
        exceptional=_granted_roles("open_exceptional"),
        of_managers=", ".join(f"'{step}'" for step in sorted(OF_MANAGERS)),
    )


def _granted_roles(operation: str) -> str:
    """The granted roles that may do an operation, as a list for SQL; they come from our own table."""
    return ", ".join(f"'{role}'" for role in Role.values if circles(operation, role)) or "''"


def parts_shown(sights: Sights) -> dict[str, bool]:
    """Which parts of the product somebody's bar shows, by the keys of ``PAGES``."""
    return {
        "everyone": True,
        "manager": sights.leads,
        "counts": sights.leads or sights.sees_balances,
        "company": sights.sees_company,
        "coverage": sights.leads or sights.sees_coverage,
        "rosters": sights.edits_rosters,
        "agreements": sights.writes_agreements,
        "people": sights.sees_people,
        "exceptional": sights.sees_exceptional,
    }


def _entries(request: HttpRequest, sights: Sights) -> dict[str, list[Entry]]:
    shown = parts_shown(sights)
    known = [page for page in PAGES if shown[page[3]] and _url(page[0])]
    common = [page for page in known if page[3] == "everyone"]
    others = [page for page in known if page[3] != "everyone"]
    line, more = others[:MOST_OTHERS], others[MOST_OTHERS:]
    # Where one is stands in the line, wherever it belongs.
    here = next((page for page in more if request.path.startswith(_url(page[0]))), None)
    if here or len(more) == 1:
        line, more = [*line, here or more[0]], [page for page in more if page not in (here or more[0],)]
    tabs = [*common[: TABS - 1], *(line[:1] if sights.leads else common[TABS - 1 : TABS])]

    def entry(page: tuple) -> Entry:
        name, label, icon, _who = page
        url = _url(name)
        return Entry(
            url,
            label,
            icon,
            current=request.path.startswith(url),
            count=sights.waiting if name == "requests" else 0,
            rule=page in line[:1],
            tab=page in tabs,
        )

    account = [
        Entry(url, label, icon, current=request.path.startswith(url))
        for name, label, icon in ACCOUNT_PAGES
        if (url := _url(name))
    ]
    entries = [entry(page) for page in common + line]
    folded = [found for found in entries if not found.tab]
    return {"entries": entries, "folded": folded, "more": [entry(page) for page in more], "account": account}


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
