"""What the bar of every page shows: the pages this person may open, and how many requests wait for an answer."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from people import clock
from people.models import Grant, Membership, MembershipRole, Person, Role
from people.roles import circles

from .models import Booking, State

# Page: url name, words, icon, who sees it. "rule" opens the managers' part. A page that does not exist yet is left out.
PAGES = (
    ("year", _("My year"), "calendar", "everyone"),
    ("team", _("Team"), "users", "everyone"),
    ("requests", _("Requests"), "inbox", "manager"),
    ("balances", _("Balances"), "scale", "counts"),
    ("company", _("Company"), "building-2", "company"),
)
ACCOUNT_PAGES = (("feeds", _("My feeds"), "rss"), ("places", _("My places"), "house"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the bar."""

    url: str
    label: str
    icon: str
    current: bool = False
    count: int = 0
    rule: bool = False


def navigation(request: HttpRequest) -> dict:
    """``navigation`` for templates; nothing is asked of the database until a page shows its bar."""
    return {"navigation": SimpleLazyObject(lambda: _navigation(request))}


def _navigation(request: HttpRequest) -> dict[str, list[Entry]]:
    person = getattr(getattr(request, "user", None), "person", None)
    if person is None:
        return {"entries": [], "account": []}
    if not hasattr(request, "_navigation"):
        request._navigation = _entries(request, _sights(person))
    return request._navigation


def _sights(person: Person) -> dict:
    """Whether ``person`` manages somebody today, which grants count, and the requests waiting: one query."""
    today = clock.today(person.site.zone)
    in_force = Q(first_day__lte=today) & (Q(last_day=None) | Q(last_day__gte=today))
    managed = Membership.objects.filter(
        in_force, person=person.pk, role__in=[MembershipRole.MANAGER, MembershipRole.DEPUTY]
    )
    members = Membership.objects.filter(in_force, team__in=managed.values("team")).exclude(person=person.pk)
    batch = Concat(Cast("person_id", CharField()), Value(" "), Cast("requested_at", CharField()))
    waiting = (
        Booking.objects.filter(state=State.REQUESTED, person__in=members.values("person"))
        .order_by()
        .annotate(_one=Value(1))
        .values("_one")
        .annotate(n=Count(batch, distinct=True))
        .values("n")
    )
    grants = Grant.objects.filter(person=OuterRef("pk"))
    return (
        Person.objects.filter(pk=person.pk)
        .annotate(
            manages=Exists(managed),
            sees_balances=Exists(grants.filter(role__in=_granted_roles("view_balances"))),
            sees_company=Exists(grants.filter(role__in=_granted_roles("view_company_month"))),
            waiting=Coalesce(Subquery(waiting), 0),
        )
        .values("manages", "sees_balances", "sees_company", "waiting")
        .get()
    )


def _granted_roles(operation: str) -> list[str]:
    return [role for role in Role.values if circles(operation, role)]


def _entries(request: HttpRequest, sights: dict) -> dict[str, list[Entry]]:
    shown = {
        "everyone": True,
        "manager": sights["manages"],
        "counts": sights["manages"] or sights["sees_balances"],
        "company": sights["sees_company"],
    }
    entries: list[Entry] = []
    ruled = False
    for name, label, icon, who in PAGES:
        url = _url(name)
        if not url or not shown[who]:
            continue
        rule = who != "everyone" and not ruled
        ruled = ruled or rule
        count = sights["waiting"] if name == "requests" else 0
        current = request.path.startswith(url)
        entries.append(Entry(url, label, icon, current=current, count=count, rule=rule))
    account = [
        Entry(url, label, icon, current=request.path.startswith(url))
        for name, label, icon in ACCOUNT_PAGES
        if (url := _url(name))
    ]
    return {"entries": entries, "account": account}


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
