"""Whom and what the lines of a file may name: people in reach, sites and skills, read once."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.imports.lines import likened
from people.models import Person, Site, Skill


class Directory:
    """People are found by number, mail address or full name; sites and skills by name, code or uid. Three queries.

    Who is out of reach is unknown here, exactly like who does not exist.
    """

    def __init__(self, people: QuerySet[Person], asked: Iterable[str]):
        self.people = defaultdict(set)
        self.persons = {}
        wanted = {text.strip().casefold() for text in asked}
        for person in people.select_related("site"):
            names = (person.number, person.email, person.name, f"{person.last_name} {person.first_name}")
            keys = {name.strip().casefold() for name in (*names, str(person.uid)) if name.strip()} & wanted
            for key in keys:
                self.people[key].add(person.pk)
                self.persons[person.pk] = person
        self.sites, self.skills = {}, {}
        for site in Site.objects.filter(_of(people)).distinct():
            self.sites[likened(site.name)] = self.sites[likened(str(site.uid))] = site
        for skill in Skill.objects.all():
            self.skills[likened(skill.name)] = self.skills[likened(skill.code)] = skill

    def person(self, text: str) -> Person:
        if not text:
            raise Wrong("person", text, _("No person is named. Give a number, a mail address or a full name."))
        found = self.people.get(text.casefold(), ())
        if not found:
            sentence = _("“%(value)s” is nobody you plan for. Check the number, the mail address or the name.")
            raise Wrong("person", text, sentence % {"value": text[:60]})
        if len(found) > 1:
            sentence = _("“%(value)s” is the name of %(count)s people. Give the number or the mail address.")
            raise Wrong("person", text, sentence % {"value": text[:60], "count": len(found)})
        return self.persons[next(iter(found))]

    def site(self, text: str, person: Person) -> Site:
        """The site named, else the person's own."""
        if not text:
            return person.site
        found = self.sites.get(likened(text))
        if found is None:
            raise Wrong("site", text, _("The site “%(value)s” is not known. Known: %(known)s.") % {
                "value": text[:60], "known": _some(site.name for site in self.sites.values())
            })  # fmt: skip
        return found

    def skill(self, text: str) -> Skill | None:
        if not text:
            return None
        found = self.skills.get(likened(text))
        if found is None:
            raise Wrong("skill", text, _("The skill “%(value)s” is not known. Known: %(known)s.") % {
                "value": text[:60], "known": _some(skill.name for skill in self.skills.values())
            })  # fmt: skip
        return found


def _of(people: QuerySet[Person]) -> Q:
    """Sites where one of the people works, or a team of their entities."""
    return Q(people__in=people.values("pk")) | Q(teams__entity__in=people.values("entity"))


def _some(names: Iterable[str]) -> str:
    found = sorted(set(names))
    return ", ".join(found[:8]) + (" …" if len(found) > 8 else "") if found else "–"
