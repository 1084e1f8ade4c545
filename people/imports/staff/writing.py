"""Write what a plan says, at once or not at all, with one audit event for each person."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from people.errors import BadFact
from people.imports.staff.plan import StaffPlan
from people.models import Account, AuditEvent, Contract, Entity, Membership, Person, PersonSkill, Place, Team
from people.services.access import end_access
from people.services.accounts import INVITED, tell
from people.services.calendars import calendar_changed

ORDER = (Person, Team, Contract, Membership, Place)  # rows that others name come first
SOME = 2_000  # rows to a statement that lists keys
FARTHEST = timedelta(days=400)
Watcher = Callable[..., AbstractContextManager]
watchers: list[Watcher] = []  # rooms above look at what a change does to their rows; nothing here may import them


@transaction.atomic
def write_staff(
    make: Callable[[], StaffPlan],
    *,
    entities: Iterable[Entity],
    by: Person,
    now: datetime,
    today: date,
    seen: str,
    invite: bool = False,
) -> StaffPlan:
    """Plan afresh under lock and write it; ``seen`` is the digest of the difference that was looked at.

    ``invite``: those who are new and have an address get an account, and a letter with which they set a password.
    ``BadFact`` when the file has a fault, or when the people are no longer those that were looked at.
    """
    keys = [entity.pk for entity in entities]
    list(Entity.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    plan = make()
    if plan.faults:
        raise BadFact(plan.faults[0].field, plan.faults[0].value, plan.faults[0].sentence)
    if seen != plan.digest:
        raise BadFact("seen", seen, _("Something has changed meanwhile. Nothing was written; look at it again."))
    known = [person for person in plan.people.values() if person.pk]
    for some in _some(person.pk for person in known):
        held = Person.objects.filter(pk__in=some).order_by("pk")
        list(held.select_for_update(of=("self",), no_key=True).values_list("pk"))
    with ExitStack() as stack:
        if known and plan.days:
            first, last = min(plan.days), max(*plan.days, today) + FARTHEST
            for watch in watchers:
                stack.enter_context(watch(people=known, first=first, last=last, actor=by, now=now, today=today))
        accounts = _open_accounts(plan, now, today) if invite else []
        _write_rows(plan)
        _record(plan, by, now)
        for some in _some(person.pk for person in known):
            calendar_changed(some)
        _end(plan, by, now, today)
        for account in accounts:
            tell(account, INVITED, by=by, now=now)
    return plan


def _open_accounts(plan: StaffPlan, now: datetime, today: date) -> list[Account]:
    """Accounts of new people who have not left, before the people: one statement for many."""
    people = [person for person in plan.new(Person) if person.email and plan.leavers.get(person.uid, today) >= today]
    accounts = []
    for person in people:
        account = Account(email=person.email, language=plan.languages.get(person.uid, "fr"), created_at=now)
        account.set_unusable_password()
        accounts.append(account)
    Account.objects.bulk_create(accounts, batch_size=500)
    for person, account in zip(people, accounts, strict=True):
        person.account = account
        plan.touched[person.uid].add("account")
    return accounts


def _write_rows(plan: StaffPlan) -> None:
    for some in _some(row.pk for row in plan.removed):
        Membership.objects.filter(pk__in=some).delete()
    gone = {row.pk for row in plan.removed}
    changed: dict[type[Model], list[Model]] = defaultdict(list)
    fields: dict[type[Model], set[str]] = defaultdict(set)
    for row, names in plan.changed.items():
        if not (isinstance(row, Membership) and row.pk in gone):
            changed[type(row)].append(row)
            fields[type(row)] |= names
    for model in ORDER:
        if changed[model]:
            model.objects.bulk_update(changed[model], sorted(fields[model]), batch_size=300)
        model.objects.bulk_create(plan.new(model), batch_size=500)


def _record(plan: StaffPlan, by: Person, now: datetime) -> None:
    told = [(plan.people[uid], "person.imported", {"fields": sorted(names)}) for uid, names in plan.touched.items()]
    teams = [*plan.new(Team), *(row for row in plan.changed if isinstance(row, Team))]
    told += [(team, "team.imported", {}) for team in teams]
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(at=now, actor=by, verb=verb, subject_type=row._meta.label_lower, subject_uid=row.uid, data=data)
            for row, verb, data in told
        ),
        batch_size=500,
    )


def _end(plan: StaffPlan, by: Person, now: datetime, today: date) -> None:
    """Skills end with their person's last day; access ends with it where it is past, else the worker does it then."""
    days: dict[date, list[int]] = defaultdict(list)
    for uid, day in plan.leavers.items():
        person = plan.people[uid]
        if person.pk:
            days[day].append(person.pk)
        if day < today and person.account_id:
            end_access(person, by=by, now=now)
    for day, people in days.items():
        for some in _some(people):
            rows = PersonSkill.objects.filter(person__in=some)
            rows.filter(first_day__gt=day).delete()
            rows.filter(Q(last_day=None) | Q(last_day__gt=day)).update(last_day=day)


def _some(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = iter(keys)
    while found := list(islice(keys, SOME)):
        yield found
