"""Whose date is looked at: that of a team, or of everybody of one's entity at a site."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.http import Http404, HttpRequest

from people import access
from people.models import Person, Site, Team
from telework.boards import members_of, people_loaded

SEEN, SITE = "view_team_month", "view_site_day"


@dataclass(frozen=True, slots=True)
class Whose:
    """A team, or a site with everybody of the actor's entity who works there; both None for whoever has no team."""

    actor: Person
    team: Team | None = None
    site: Site | None = None
    teams: list[Team] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)

    @property
    def zone(self) -> str:
        place = self.site or (self.team.site if self.team else self.actor.site)
        return place.zone

    @property
    def name(self) -> str:
        if self.site:
            return self.site.name
        if self.team is None:
            return ""
        site = self.team.site.name
        return self.team.name if site in self.team.name else f"{self.team.name}, {site}"

    @property
    def place(self) -> str:
        return (self.site or self.team.site).name if self.site or self.team else ""

    @property
    def query(self) -> str:
        if self.site:
            return f"?site={self.site.uid}"
        return f"?team={self.team.uid}" if self.team and self.team != self.teams[0] else ""

    def people(self, day: date) -> list[Person]:
        if self.site:
            found = access.people_for(self.actor, SITE).filter(site=self.site).select_related("site")
            return list(found.filter(Q(contracts__end=None) | Q(contracts__end__gte=day), contracts__start__lte=day))
        if self.team is None:
            return []
        members = members_of(Q(team=self.team), first=day, last=day)
        return people_loaded([member.person for member in members])


def read_whose(request: HttpRequest, actor: Person) -> Whose:
    """Not found for a team or a site that the actor may not look at."""
    led = list(access.teams_managed_by(actor, access.today_of(actor)))
    teams = led + [team for team in access.teams_visible_to(actor) if team not in led]
    sites = list(Site.objects.filter(people__in=access.people_for(actor, SITE)).distinct().order_by("name", "pk"))
    if uid := request.GET.get("site"):
        site = next((each for each in sites if str(each.uid) == uid), None)
        if site is None:
            raise Http404
        return Whose(actor, site=site, teams=teams, sites=sites)
    uid = request.GET.get("team")
    team = access.team_for(actor, uid, SEEN) if uid else next(iter(teams), None)
    return Whose(actor, team=team, teams=teams, sites=sites)
