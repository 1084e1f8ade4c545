"""Whom a line speaks of: somebody who is there, by number or mail address, or somebody new."""

import re

from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.imports.staff.desk import Desk, detail
from people.imports.staff.fields import PERSON, words_of
from people.imports.staff.plan import NEW, Change
from people.imports.staff.values import split_name
from people.models import Entity, Person, Site
from people.texts import folded

JOB = re.compile(r"[a-z0-9_-]{1,60}")


def somebody(desk: Desk, line: int, values: dict) -> Person:
    """Somebody who is there, for files that add nobody."""
    for name in ("number", "email", "full_name"):
        if values.get(name):
            return desk.present.person(name, values[name])
    if values.get("last_name"):
        return desk.present.person("full_name", f"{values.get('first_name', '')} {values['last_name']}".strip())
    raise Wrong("number", "", _("No person is named. Give a number, a mail address or a full name."))


def plan_person(desk: Desk, line: int, values: dict) -> tuple[Person, Change]:
    """The person of a line, changed or added as it says."""
    if "full_name" in values and "last_name" not in values:
        values["first_name"], values["last_name"] = split_name(values["full_name"])
    if "job" in values:
        values["job"] = _job(values["job"])
    values |= {"entity": desk.present.entity(values["entity"])} if "entity" in values else {}
    values |= {"site": desk.present.site(values["site"])} if "site" in values else {}
    person = _found(desk, values)
    _check_alone(desk, line, values, person)
    if person is None:
        return _added(desk, line, values)
    change = Change(line, "", person.name)
    changed = {name: values[name] for name in PERSON if name in values and values[name] != getattr(person, name)}
    if "email" in changed and person.email.lower() == changed["email"]:
        del changed["email"]
    change.details += [detail(name, getattr(person, name), value) for name, value in changed.items()]
    if changed:
        desk.plan.set(person, **changed)
        desk.plan.touch(person, *changed, day=desk.choices.as_of if "site" in changed else None)
        desk.present.know(person)
    return person, change


def _job(text: str) -> str:
    job = text.lower().replace(" ", "_")
    if not JOB.fullmatch(job):
        sentence = _("“%(value)s” is no activity code. Use small letters, digits, _ and -, such as client_relations.")
        raise Wrong("job", text, sentence % {"value": text[:60]})
    return job


def _found(desk: Desk, values: dict) -> Person | None:
    number, email = values.get("number"), values.get("email")
    if number:
        near = desk.present.numbered(number)
        entity = values.get("entity")
        at_home = [each for each in near if entity and each.entity_id == entity.pk]
        found = {each.uid: each for each in at_home or near}
        if len(found) > 1:
            sentence = _("The number %(value)s is given in several entities. Add a column with the entity.")
            raise Wrong("number", number, sentence % {"value": number})
        if found:
            return _as_numbered(next(iter(found.values())), values)
    if not email:
        if not number:
            raise Wrong("number", "", _("The line names nobody. Give a number or a mail address."))
        return None
    held = {each.uid: each for each in desk.present.by_email.get(email, [])}
    if not held:
        return None
    person = next(iter(held.values()))
    if len(held) > 1 or (number and person.number):
        sentence = _("The address %(value)s belongs to %(name)s. Check it.")
        raise Wrong("email", email, sentence % {"value": email, "name": person.name})
    return person


def _as_numbered(person: Person, values: dict) -> Person:
    """Somebody found by number; where a spreadsheet took its zeros, the name must agree, and the number stays."""
    number, last = values["number"], values.get("last_name")
    if person.number.casefold() != number.casefold():
        if last and folded(last) != folded(person.last_name):
            sentence = _("Nobody has the number %(value)s, but %(name)s has %(number)s. Format the column as text.")
            told = {"value": number, "name": person.name, "number": person.number}
            raise Wrong("number", number, sentence % told)
        values["number"] = person.number
    return person


def _check_alone(desk: Desk, line: int, values: dict, person: Person | None) -> None:
    """Nobody stands on two lines, and no address is given to two people."""
    if person is not None:
        if other := desk.named.get(person.uid):
            sentence = _("%(name)s stands on line %(other)s already. Keep one of the lines.")
            raise Wrong("number", values.get("number", ""), sentence % {"name": person.name, "other": other})
        desk.named[person.uid] = line
    email = values.get("email")
    for each in desk.present.by_email.get(email, ()) if email else ():
        if (person is None or each.uid != person.uid) and each.email.lower() == email:
            sentence = _("The address %(value)s belongs to %(name)s. Check it.")
            raise Wrong("email", email, sentence % {"value": email, "name": each.name})
    if email and email in desk.present.taken and (person is None or person.email.lower() != email):
        sentence = _("The address %(value)s cannot be given: it is in use. Check it.")
        raise Wrong("email", email, sentence % {"value": email})


def _added(desk: Desk, line: int, values: dict) -> tuple[Person, Change]:
    for name in ("last_name", "first_name"):
        if not values.get(name):
            sentence = _("Somebody new, and the %(field)s is missing. Fill it in, or check the number.")
            raise Wrong(name, "", sentence % {"field": words_of(name)})
    entity = values.get("entity") or desk.present.home
    told = {name: values[name] for name in PERSON if name in values} | {"entity": entity}
    person = Person(**told | {"site": _site(desk, values, entity)})
    desk.named[person.uid] = line
    desk.plan.add(person)
    desk.plan.touch(person, "added")
    desk.present.people[-len(desk.present.people) - 1] = person
    desk.present.know(person)
    shown = [name for name in ("number", "email", "entity", "site", "job_title", "hired_on") if getattr(person, name)]
    return person, Change(line, NEW, person.name, [detail(name, None, getattr(person, name)) for name in shown])


def _site(desk: Desk, values: dict, entity: Entity) -> Site:
    """The site named, that of the team named, or the only one there is in the entity."""
    if "site" in values:
        return values["site"]
    team = desk.present.team(values["team"], entity) if values.get("team") else None
    if team:
        return team.site
    if values.get("team") and not desk.choices.create_teams:
        raise desk.present.unknown_team(values["team"])
    others = {team.site_id: team.site for team in desk.present.teams.values() if team.entity_id == entity.pk}
    if len(others) == 1:
        return next(iter(others.values()))
    raise Wrong("site", "", _("Somebody new, and the site is missing. Fill it in."))
