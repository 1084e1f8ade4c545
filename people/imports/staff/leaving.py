"""Those who leave: said by a column, or by not being in a list that was said to be whole."""

from datetime import date, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.imports.staff.desk import Desk, detail, shown
from people.imports.staff.plan import LEAVES, Change
from people.models import Person

MOST_OMITTED = 5  # in a hundred of those in force in the entities concerned
ONE_DAY = timedelta(days=1)


def plan_leaving(desk: Desk, person: Person, last_day: date, change: Change) -> None:
    """End contract and teams with a last day; what would begin later is a fault, not taken away."""
    rows = desk.present.contracts.get(person.pk or person.uid, [])
    held = next((row for row in reversed(rows) if row.start <= last_day), None)
    if held is None:
        sentence = _("%(name)s has no contract that could end on %(day)s. Check the day.")
        raise Wrong("left_on", str(last_day), sentence % {"name": person.name, "day": shown(last_day)})
    if later := next((row for row in rows if row.start > last_day), None):
        sentence = _("%(name)s leaves on %(day)s, but a contract begins on %(first)s. Correct one of the two.")
        words = {"name": person.name, "day": shown(last_day), "first": shown(later.start)}
        raise Wrong("left_on", str(last_day), sentence % words)
    if held.end is not None and held.end <= last_day:
        return
    change.what = LEAVES
    change.details.append(detail("left_on", held.end, last_day))
    trial = {"trial_end": last_day} if held.trial_end and held.trial_end > last_day else {}
    desk.plan.set(held, end=last_day, **trial)
    for row in desk.present.memberships.get(person.pk, []):
        if row.first_day > last_day:
            desk.plan.removed.append(row)
        elif row.last_day is None or row.last_day > last_day:
            desk.plan.set(row, last_day=last_day)
    desk.plan.touch(person, "left_on", day=last_day)
    desk.plan.leavers[person.uid] = last_day


def plan_ended(desk: Desk) -> None:
    """Whose last contract is over by what the file says leaves, too: their access ends."""
    for uid, person in desk.plan.people.items():
        rows = desk.present.contracts.get(person.pk or uid, [])
        if rows and "contract" in desk.plan.touched[uid]:
            last = max((row.end or date.max) for row in rows)
            if last < desk.today:
                desk.plan.leavers.setdefault(uid, last)


def plan_omitted(desk: Desk) -> None:
    """Who is not in a whole list has left the day before; refused beyond 5 % of those in force."""
    named = {person.entity_id for person in desk.present.people.values() if person.uid in desk.named}
    day = desk.choices.as_of - ONE_DAY
    held = [
        person for person in desk.present.people.values()
        if person.pk and person.entity_id in named | {desk.present.home.pk} and _works(desk, person)
    ]  # fmt: skip
    gone = [person for person in held if person.uid not in desk.named]
    if 100 * len(gone) > MOST_OMITTED * len(held):
        sentence = _(
            "%(count)s of %(total)s people are not in the file (%(share)s %%); beyond 5 %% nobody leaves by being "
            "left out. Check that the file is whole, or mark those who leave in a column “%(field)s”."
        )
        share = number_format(-(-1000 * len(gone) // len(held)) / 10, 1)  # upward: 5.01 is beyond 5
        words = {"count": len(gone), "total": len(held), "share": share, "field": _("left on")}
        desk.plan.fault(0, Wrong("whole", str(len(gone)), sentence % words))
        return
    for person in gone:
        change = Change(0, LEAVES, person.name)
        try:
            plan_leaving(desk, person, day, change)
        except Wrong as wrong:
            desk.plan.fault(0, wrong)
        desk.plan.changes.append(change)


def _works(desk: Desk, person: Person) -> bool:
    day = desk.choices.as_of
    return any(row.start <= day and (row.end is None or row.end >= day)
               for row in desk.present.contracts.get(person.pk, []))  # fmt: skip
