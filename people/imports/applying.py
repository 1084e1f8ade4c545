"""Write what a plan says, at once or not at all, with one audit event for each person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.errors import BadFact
from people.imports.planning import Plan
from people.models import Absence, AuditEvent, OnCall, Person, Shift
from people.services import calendar_changed


@transaction.atomic
def apply_plan(plan: Plan, *, by: Person, now: datetime, seen: str | None = None) -> None:
    """Write the difference; ``seen`` is the digest that was looked at. Call it where the plan was made afresh.

    ``BadFact`` when the file has a fault, or when the roster is no longer what was looked at.
    """
    if plan.faults:
        first = plan.faults[0]
        raise BadFact(first.field, first.value, first.sentence)
    if seen is not None and seen != plan.digest:
        raise BadFact("seen", seen, _("The roster has changed meanwhile. Nothing was written; look at it again."))
    people = plan.people
    list(Person.objects.filter(pk__in=people).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    for model in (Shift, OnCall, Absence):
        gone = [row.pk for row in plan.removed if isinstance(row, model)]
        come = [row for _number, row in plan.added if isinstance(row, model)]
        if gone:
            model.objects.filter(pk__in=gone).delete()
        if come:
            model.objects.bulk_create(come, batch_size=500)
    _record(plan, by, now)
    calendar_changed(people)


def _record(plan: Plan, by: Person, now: datetime) -> None:
    counts: dict[int, list[int]] = {pk: [0, 0] for pk in plan.people}
    for _number, row in plan.added:
        counts[row.person_id][0] += 1
    for row in plan.removed:
        counts[row.person_id][1] += 1
    first, last = (day.isoformat() for day in plan.days)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=now,
            actor=by,
            verb=f"{plan.what}.imported",
            subject_type="people.person",
            subject_uid=person.uid,
            data={"added": counts[pk][0], "removed": counts[pk][1], "first": first, "last": last},
        )
        for pk, person in plan.people.items()
    )
