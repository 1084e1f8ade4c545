"""Teams, who is in them, and who leads them, as lines tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.imports.lines import likened
from people.imports.staff.desk import Desk, detail, shown
from people.imports.staff.fields import words_of
from people.imports.staff.plan import CHANGED, NEW, Change
from people.models import Entity, Membership, MembershipRole, Person, Site, Team
from people.services.chains import chain_in_a_circle

ONE_DAY = timedelta(days=1)
MEMBER, MANAGER, DEPUTY = MembershipRole.MEMBER, MembershipRole.MANAGER, MembershipRole.DEPUTY


@dataclass(frozen=True, slots=True)
class Wish:
    """What a line says of a manager: who is led, by whom, in which team."""

    line: int
    person: Person
    manager: Person
    team: Team


def plan_team(desk: Desk, line: int, values: dict) -> Change:
    """A team by its name: added, or its site and codes changed."""
    name = values.get("team")
    if not name:
        raise Wrong("team", "", _("The line names no team. Fill in its name."))
    entity = desk.present.entity(values["entity"]) if "entity" in values else None
    site = desk.present.site(values["site"]) if "site" in values else None
    codes = _codes(values["codes"]) if "codes" in values else None
    team = desk.present.team(name, entity)
    _check_once(desk, line, team, name, entity)
    if team is None:
        team = _new_team(desk, name, entity or desk.present.home, site, codes or [])
        return Change(line, NEW, name, [detail("entity", None, team.entity), detail("site", None, team.site)])
    told = {"site": site, "codes": codes}
    differing = {key: value for key, value in told.items() if value is not None and getattr(team, key) != value}
    change = Change(line, CHANGED, team.name)
    for key, value in differing.items():
        before, after = getattr(team, key), value
        if key == "codes":
            before, after = ", ".join(before), ", ".join(after)
        change.details.append(detail(key, before, after))
    if differing:
        desk.plan.set(team, **differing)
    return change


def _check_once(desk: Desk, line: int, team: Team | None, name: str, entity: Entity | None) -> None:
    if team is not None:
        if other := desk.named.get(team.uid):
            sentence = _("%(name)s stands on line %(other)s already. Keep one of the lines.")
            raise Wrong("team", name, sentence % {"name": name, "other": other})
        desk.named[team.uid] = line


def _codes(text: str) -> list[str]:
    found = [code for code in text.replace(";", " ").replace(",", " ").lower().split() if code]
    if bad := next((code for code in found if not code.replace("_", "").replace("-", "").isalnum()), None):
        sentence = _("“%(value)s” is no code. Use small letters, digits, _ and -.")
        raise Wrong("codes", bad, sentence % {"value": bad[:40]})
    return list(dict.fromkeys(found))


def _new_team(desk: Desk, name: str, entity: Entity, site: Site | None, codes: list[str]) -> Team:
    site = site or _only(team.site for team in desk.present.teams.values() if team.entity_id == entity.pk)
    if site is None:
        raise Wrong("site", "", _("A new team, and its site is missing. Fill in the column “site”."))
    team = Team(entity=entity, site=site, name=name, codes=codes)
    desk.plan.add(team)
    desk.present.team_names[likened(name)].append(team)
    return team


def _only(found: Iterable[Site]) -> Site | None:
    several = {site.pk: site for site in found}
    return next(iter(several.values())) if len(several) == 1 else None


def team_named(desk: Desk, name: str, entity: Entity, site: Site | None) -> Team:
    """The team that a line names; a new one where that was chosen."""
    team = desk.present.team(name, entity) or desk.present.team(name, None)
    if team is None and desk.choices.create_teams:
        team = _new_team(desk, name, entity, site, [])
        told = [detail("entity", None, entity), detail("site", None, team.site)]
        desk.plan.changes.append(Change(0, NEW, _("team %(name)s") % {"name": name}, told))
    if team is None:
        raise desk.present.unknown_team(name)
    return team


def plan_membership(desk: Desk, person: Person, values: dict, change: Change) -> None:
    """The team of a line. Who was in one other team moves; who is in several joins and leaves none by it."""
    if not values.get("team"):
        return
    several = _several(desk, values["team"], person)
    for name in several[1:]:
        _join(desk, person, desk.present.team(name, None), values, change)
    team = desk.present.team(several[0], None) if len(several) > 1 else None
    if team is not None:
        return _join(desk, person, team, values, change)
    team = team_named(desk, values["team"], person.entity, person.site)
    rows = desk.present.memberships.setdefault(person.pk or person.uid, [])
    since = values.get("team_since") or _begins(desk, person)
    held = [row for row in rows if row.role == MEMBER and (row.last_day is None or row.last_day >= since)]
    if any(row.team is team or (team.pk and row.team_id == team.pk) for row in held):
        return
    others = [_name_of(desk, row) for row in held]
    change.details.append((words_of("team"), ", ".join(others) or "–", team.name))
    if len(held) == 1 and held[0].first_day < since:
        desk.plan.set(held[0], last_day=since - ONE_DAY)
    elif len(held) == 1:
        desk.plan.removed.append(held[0])
    row = Membership(person=person, team=team, role=MEMBER, first_day=since, last_day=desk.plan.leavers.get(person.uid))
    desk.plan.add(row)
    rows.append(row)
    desk.plan.touch(person, "team", day=since if person.pk else None)


def _several(desk: Desk, text: str, person: Person) -> list[str]:
    """The teams of a cell that names several with a comma between, as exports write them; else the cell as it is."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    whole = desk.present.team(text, person.entity) or desk.present.team(text, None)
    known = whole is None and len(names) > 1 and all(desk.present.team(name, None) for name in names)
    return names if known else [text]


def _join(desk: Desk, person: Person, team: Team, values: dict, change: Change) -> None:
    """One more team, beside those there are."""
    rows = desk.present.memberships.setdefault(person.pk or person.uid, [])
    since = values.get("team_since") or _begins(desk, person)
    if any(row.team is team or row.team_id == team.pk for row in rows
           if row.role == MEMBER and (row.last_day is None or row.last_day >= since)):  # fmt: skip
        return
    row = Membership(person=person, team=team, role=MEMBER, first_day=since, last_day=desk.plan.leavers.get(person.uid))
    change.details.append((words_of("team"), "–", team.name))
    desk.plan.add(row)
    rows.append(row)
    desk.plan.touch(person, "team", day=since if person.pk else None)


def _begins(desk: Desk, person: Person) -> date:
    """Somebody new is in the team from the hiring on, somebody who moves from the day chosen."""
    return person.hired_on if person.pk is None and person.hired_on else desk.choices.as_of


def _name_of(desk: Desk, row: Membership) -> str:
    team = desk.present.teams.get(row.team_id) if row.team_id else row.team
    return team.name if team else "–"


def plan_leads(desk: Desk, line: int, values: dict) -> list[Change]:
    """A line of a file of managers: who leads which team, from when until when."""
    team = desk.present.team(values["team"], None) if values.get("team") else None
    if team is None:
        raise desk.present.unknown_team(values.get("team", ""))
    found = []
    for role in (MANAGER, DEPUTY):
        if values.get(role):
            person = desk.present.person(role, values[role])
            since, until = values.get("since") or desk.choices.as_of, values.get("until")
            found.append(_leads(desk, person, team, role, line, since, until))
    if not found:
        raise Wrong("manager", "", _("The line names nobody who leads. Fill in a manager or a deputy."))
    return found


def _leads(
    desk: Desk, person: Person, team: Team, role: str, line: int, since: date, until: date | None = None
) -> Change:
    change = Change(line, CHANGED, person.name)
    if until and until < since:
        raise Wrong("until", str(until), _("The last day lies before the first; exchange them."))
    rows = desk.present.memberships.setdefault(person.pk or person.uid, [])
    held = next((row for row in rows if row.role == role and (row.team is team or row.team_id == team.pk)
                 and (row.last_day is None or row.last_day >= since)), None)  # fmt: skip
    if held is None and not desk.stays(person):
        sentence = _("%(name)s no longer works here on %(day)s. Name somebody else.")
        raise Wrong(role, person.name, sentence % {"name": person.name, "day": shown(desk.choices.as_of)})
    if held is None:
        row = Membership(person=person, team=team, role=role, first_day=since, last_day=until)
        desk.plan.add(row)
        rows.append(row)
        desk.present.leading[team.pk or team.uid].append(row)
        end = f" – {shown(until)}" if until else ""
        change.details.append((words_of(role), "–", f"{team.name}, {shown(since)}{end}"))
    elif until and held.last_day != until:
        change.details.append(
            (words_of(role), f"{team.name} – {shown(held.last_day)}", f"{team.name} – {shown(until)}")
        )
        desk.plan.set(held, last_day=until)
    if change.details:
        desk.plan.touch(person, role, day=since if person.pk else None)
    return change


def plan_managers(desk: Desk) -> None:
    """The manager column of a file of people, once every line is known: who is named leads the team of the line.

    Where the file names one for every member of a team, those it no longer names stop leading it.
    """
    wishes: dict[object, list[Wish]] = defaultdict(list)
    leaders: dict[object, set] = defaultdict(set)
    for line, person, text in desk.wanted:
        try:
            manager = desk.present.person("manager", text)
            team = _team_of(desk, person, manager)
            if manager.uid == person.uid:
                sentence = _("%(name)s cannot be their own manager. Leave the cell empty.")
                raise Wrong("manager", text, sentence % {"name": person.name})
        except Wrong as wrong:
            desk.plan.fault(line, wrong)
            continue
        leaders[person.uid].add(manager.uid)
        wishes[team.pk or team.uid].append(Wish(line, person, manager, team))
    members = _members_by_team(desk)
    for key, told in wishes.items():
        whole = members[key] <= leaders.keys() | {wish.manager.uid for wish in told}
        managers = _led_by(desk, key, told, whole=whole)
        for manager, team, line in managers.values():
            try:
                change = _leads(desk, manager, team, MANAGER, line, desk.choices.as_of)
            except Wrong as wrong:
                desk.plan.fault(line, wrong)
                continue
            if change.details:
                desk.plan.changes.append(change)
        if whole:
            _end_others(desk, key, managers)
    _refuse_circles(desk, leaders)


def _led_by(desk: Desk, key: object, wishes: list[Wish], *, whole: bool) -> dict[object, tuple[Person, Team, int]]:
    """Who leads a team: those whom its members name that do not lead it themselves.

    The manager of its manager leads another team; where the file names none the two share, the report says so.
    ``whole``: the file says of every member who leads them; else who leads the team today goes on.
    """
    named, lines = {wish.manager.uid for wish in wishes}, {wish.person.uid for wish in wishes}
    stay = set() if whole else {
        row.person.uid for row in desk.present.leading.get(key, ()) if row.role == MANAGER and _lasts(desk, row)
    }  # fmt: skip
    circle = lines <= named  # nobody only follows: all are kept, and the circle is told
    found: dict[object, tuple[Person, Team, int]] = {}
    for wish in wishes:
        if circle or wish.person.uid not in named | stay:
            found.setdefault(wish.manager.uid, (wish.manager, wish.team, wish.line))
    for wish in wishes:
        if wish.manager.uid not in found:
            sentence = _(
                "%(name)s leads the team %(team)s and stands in it: %(manager)s is not made its second manager. "
                "To have %(manager)s answer %(name)s, put %(name)s in a team that %(manager)s leads."
            )
            words = {"name": wish.person.name, "team": wish.team.name, "manager": wish.manager.name}
            desk.plan.pass_over(wish.line, sentence % words)
    return found


def _lasts(desk: Desk, row: Membership) -> bool:
    return row.last_day is None or row.last_day >= desk.choices.as_of


def _team_of(desk: Desk, person: Person, manager: Person) -> Team:
    """The team of somebody that a manager leads: one they lead already, else the only one."""
    rows = [row for row in _members(desk, person) if row not in desk.plan.removed]
    teams = {row.team_id or row.team.uid: desk.present.teams.get(row.team_id) or row.team for row in rows}
    for key, team in teams.items():
        if any(row.person.uid == manager.uid and row.role == MANAGER for row in desk.present.leading.get(key, ())):
            return team or desk.present.teams[key]
    if len(teams) != 1:
        sentence = _("%(name)s is in %(count)s teams: nothing says which one this manager leads. Add a column “team”.")
        raise Wrong("manager", "", sentence % {"name": person.name, "count": len(teams)})
    key, team = next(iter(teams.items()))
    return team or desk.present.teams[key]


def _members(desk: Desk, person: Person) -> Iterator[Membership]:
    for row in desk.present.memberships.get(person.pk or person.uid, []):
        if row.role == MEMBER and _lasts(desk, row):
            yield row


def _members_by_team(desk: Desk) -> dict[object, set]:
    found: dict[object, set] = defaultdict(set)
    for person in desk.present.people.values():
        for row in _members(desk, person):
            found[row.team_id or row.team.uid].add(person.uid)
    return found


def _end_others(desk: Desk, key: object, managers: dict) -> None:
    day = desk.choices.as_of - ONE_DAY
    for row in [row for row in desk.present.leading.get(key, ()) if row.role == MANAGER and row.pk]:
        in_force = row.last_day is None or row.last_day > day
        if row.person.uid not in managers and in_force and row.first_day <= day:
            team = desk.present.teams[row.team_id].name
            desk.plan.set(row, last_day=day)
            desk.plan.touch(row.person, "manager", day=desk.choices.as_of)
            desk.plan.changes.append(Change(0, CHANGED, row.person.name, [(words_of("manager"), team, "–")]))


def _refuse_circles(desk: Desk, leaders: dict) -> None:
    """A → B → A is named, once; those the file does not name are led as they are today."""
    for uid, found in _leaders_today(desk).items():
        leaders.setdefault(uid, found)
    names = {person.uid: person.name for person in desk.present.people.values()}
    lines = {person.uid: line for line, person, _text in desk.wanted}
    told: set[frozenset] = set()
    for uid in [uid for uid in leaders if uid in lines or not desk.wanted]:
        way = chain_in_a_circle(leaders, uid)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            sentence = _("%(way)s: that would be a circle. Somebody else must lead one of these teams.")
            chain = " → ".join(names.get(each, "?") for each in way)
            desk.plan.fault(lines.get(uid, 0), Wrong("manager", chain, sentence % {"way": chain}))


def _leaders_today(desk: Desk) -> dict[object, set]:
    """Who is led by whom through teams; those at the head of a team are not led in it."""
    heads, managers = defaultdict(set), defaultdict(set)
    for key, rows in desk.present.leading.items():
        for row in rows:
            if _lasts(desk, row):
                heads[key].add(row.person.uid)
                if row.role == MANAGER:
                    managers[key].add(row.person.uid)
    found = defaultdict(set)
    for person in desk.present.people.values():
        for row in _members(desk, person):
            key = row.team_id or row.team.uid
            if person.uid not in heads[key]:
                found[person.uid] |= managers[key]
    return found


def refuse_circles_of_teams(desk: Desk) -> None:
    """The same for a file of managers."""
    _refuse_circles(desk, {})
