"""A file of human resources on its way: read, its columns said, checked, looked at, written; or let go.

Between two steps its rows lie encrypted in the database, for an hour at most. Few lines are worked on at once, many by
the worker; whoever is interrupted begins the step again, for writing is one transaction with the end of its run.
"""

import base64
import json
import logging
import traceback
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from people import access
from people.errors import BadFact
from people.imports.faults import Fault, Unreadable
from people.imports.files import read_tables
from people.imports.health import empty_columns, told_emptied
from people.imports.social_numbers import is_social_number
from people.imports.staff import Choices, Head, StaffPlan, columns_of, heads, plan_staff, refuse_columns, titles_key
from people.imports.staff.columns import check_choices, lines_under
from people.imports.staff.writing import write_staff
from people.imports.tables import Table
from people.models import ColumnMemory, Entity, ImportRun, ImportState, Person, WorkPattern

log = logging.getLogger(__name__)
OPERATION = "import_people"
AT_ONCE = 300  # lines; more is the worker's
KEPT = timedelta(hours=1)
STALLED = timedelta(minutes=2)
OPEN = (ImportState.COLUMNS, ImportState.CHECKING, ImportState.READY, ImportState.FAULTY, ImportState.APPLYING)
BUSY = (ImportState.CHECKING, ImportState.APPLYING)
CHOOSING = (ImportState.COLUMNS, ImportState.FAULTY, ImportState.READY)
Clock = Callable[[], datetime]


def start_run(content: bytes, *, kind: str, entity: Entity, name: str, by: Person, now: datetime) -> ImportRun:
    """Read a file and propose what its columns mean: as they were said to last time, else by their names.

    ``Unreadable`` when nothing can be used of it, or when it holds what no file may; then nothing is kept.
    """
    tables = read_tables(content)
    refuse_columns(tables, kind)
    emptied = empty_columns(tables, heads(tables, kind), lambda head: remembered(entity, kind, head))
    place = max(range(len(tables)), key=lambda at: sum(map(bool, _proposed(tables, at, kind))))
    run = ImportRun(entity=entity, by=by, kind=kind, name=tidy_name(name), created_at=now, touched_at=now)
    run.content = packed([asdict(table) for table in tables])
    columns = remembered(entity, kind, heads(tables, kind)[place])
    run.options = {"table": place, "columns": columns, "emptied": emptied}
    run.save()
    return run


def tidy_name(name: str) -> str:
    """The name of a file without what no database or page holds; none where it holds a social security number."""
    found = " ".join("".join(char if char.isprintable() else " " for char in name).split())[:120]
    return "" if is_social_number(found) else found


def _proposed(tables: Sequence[Table], at: int, kind: str) -> list[str]:
    return columns_of(heads(tables, kind)[at].titles, kind) if tables[at].rows else []


def remembered(entity: Entity, kind: str, head: Head) -> list[str]:
    """What these titles were said to mean last time, else what their names say."""
    held = ColumnMemory.objects.filter(entity=entity, kind=kind, titles=titles_key(head.titles)).first()
    return held.columns if held and len(held.columns) == len(head.titles) else columns_of(head.titles, kind)


def table_and_head(run: ImportRun, place: int | None = None) -> tuple[list[Table], Table, Head]:
    """All tables of a run, the chosen one and its head."""
    tables = [Table(**held) for held in unpacked(run.content)]
    at = run.options.get("table", 0) if place is None else place
    if not 0 <= at < len(tables):
        raise Unreadable(_("This sheet is not in the file. Choose one of the list."), field="table", value=at)
    return tables, tables[at], heads(tables, run.kind)[at]


def choose(run: ImportRun, choices: Choices, *, table: int, now: Clock) -> ImportRun:
    """Say what the columns mean and what the file leaves open; the difference is then worked out.

    ``Unreadable`` names the column that makes no sense; ``BadFact`` when the run is no longer open for that.
    """
    _tables, held, head = table_and_head(run, table)
    check_choices(choices.columns, head, run.kind)
    total = len(lines_under(held, head, choices.columns))
    kept = {"table": table, "emptied": run.options.get("emptied", [])}
    options = kept | asdict(choices) | {"as_of": choices.as_of.isoformat()}
    told = {"options": options, "total": total, "progress": 0, "report": "", "digest": "", "counts": {}}
    _move(run, CHOOSING, ImportState.CHECKING, now(), **told)
    ColumnMemory.objects.update_or_create(
        entity=run.entity, kind=run.kind, titles=titles_key(head.titles),
        defaults={"columns": list(choices.columns), "used_at": now()},
    )  # fmt: skip
    return _go_on(run, now)


def ask_to_write(run: ImportRun, *, seen: str, by: Person, now: Clock) -> ImportRun:
    """Write the difference that was looked at (``seen``, its digest), in the name of whoever asks for it."""
    if seen != run.digest:
        raise BadFact("seen", seen[:40], _("Something has changed meanwhile. Nothing was written; look at it again."))
    _move(run, (ImportState.READY,), ImportState.APPLYING, now(), progress=0, by=by)
    return _go_on(run, now)


def let_go(run: ImportRun, *, now: datetime) -> None:
    """Give a run up; what it held is gone."""
    _move(run, CHOOSING, ImportState.GONE, now, content="", report="")


def work(run: ImportRun, *, now: Clock, language: str | None = None) -> None:
    """Do the step at which a run stands. Whatever breaks leaves nothing written, and says so.

    What it finds is told in ``language``; the worker, who is asked in none, speaks that of whoever imports.
    """
    step = {ImportState.CHECKING: _check, ImportState.APPLYING: _write}.get(run.state)
    if step is None:
        return
    try:
        with translation.override(language or (run.by.account.language if run.by.account else "fr")):
            step(run, now)
    except Exception as error:  # the message may hold names: only where it broke is logged
        log.error("Import %s: %s\n%s", run.uid, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        with suppress(BadFact):  # another worker has ended it meanwhile
            _move(run, BUSY, ImportState.FAILED, now(), content="", report="")


def expire(now: datetime) -> int:
    """Let go what nobody went on with for an hour; how many these were."""
    old = ImportRun.objects.filter(state__in=OPEN, touched_at__lt=now - KEPT)
    ended = ImportRun.objects.filter(state=ImportState.DONE, touched_at__lt=now - KEPT).exclude(report="")
    ended.update(report="")
    return old.update(state=ImportState.GONE, content="", report="")


def stalled(now: datetime) -> list[ImportRun]:
    """Runs on which nobody has worked for a while: the worker was stopped."""
    return list(ImportRun.objects.filter(state__in=BUSY, touched_at__lt=now - STALLED))


def wake(run: ImportRun) -> None:
    """Ask the worker to go on with a run. The request is a row of this transaction."""
    async_task("people.tasks.work_on_import", str(run.uid), save=False)


def patterns_for(run: ImportRun) -> list[WorkPattern]:
    """Working days that somebody in the entity has, or nobody yet, by name."""
    held = WorkPattern.objects.filter(Q(contracts__person__entity=run.entity) | Q(contracts=None))
    return list(held.distinct().order_by("name", "pk")[:60])


def report_of(run: ImportRun) -> dict[str, list]:
    """Changes and faults in words, as they were found, and what of the file was passed over."""
    return {"changes": [], "faults": [], "passed": []} | (unpacked(run.report) if run.report else {})


def faults_of(run: ImportRun) -> list[Fault]:
    return [Fault(**fault) for fault in report_of(run)["faults"]]


def packed(value: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(value).encode(), 6)).decode()


def unpacked(text: str):
    if not text:
        raise Unreadable(_("This file is no longer kept. Choose it again."))
    return json.loads(zlib.decompress(base64.b64decode(text)))


def _go_on(run: ImportRun, now: Clock) -> ImportRun:
    if run.total <= AT_ONCE:
        work(run, now=now, language=translation.get_language())
    else:
        wake(run)
    return run


def _move(run: ImportRun, before: Sequence[str], state: str, now: datetime, **values) -> None:
    """One conditional update: two clicks, or a click and the clock, never both win."""
    values |= {"state": state, "touched_at": now}
    run_now = ImportRun.objects.filter(pk=run.pk, state__in=before)
    if not run_now.update(**values):
        raise BadFact("state", run.state, _("This import has moved on meanwhile. Load the page again."))
    for name, value in values.items():
        setattr(run, name, value)


def _plan(run: ImportRun, today: date, told: Callable[[int, int], None]) -> StaffPlan:
    _tables, table, head = table_and_head(run)
    reach = _reach(run)
    if run.entity not in reach:
        sentence = _("You no longer import files for %(entity)s. Nothing was written.")
        raise Unreadable(sentence % {"entity": run.entity.name}, field="entity")
    return plan_staff(
        table, head, _choices(run), kind=run.kind, home=run.entity, reach=reach, by=run.by, today=today, told=told
    )


def _choices(run: ImportRun) -> Choices:
    held = {name: value for name, value in run.options.items() if name not in ("table", "emptied")}
    found = Choices(**held | {"as_of": date.fromisoformat(held["as_of"])})
    return replace(found, columns=tuple(found.columns))


def _reach(run: ImportRun) -> list[Entity]:
    """The entity of a run and those below it, as far as whoever started it may still import them. Two queries."""
    parents = dict(Entity.objects.values_list("pk", "parent"))
    return [each for each in access.entities_for(run.by, OPERATION) if _is_under(each.pk, run.entity_id, parents)]


def _is_under(entity: int | None, top: int, parents: dict[int, int | None]) -> bool:
    seen: set[int] = set()
    while entity is not None and entity not in seen:
        if entity == top:
            return True
        seen.add(entity)
        entity = parents.get(entity)
    return False


def _check(run: ImportRun, now: Clock) -> None:
    def told(done: int, total: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(progress=done, total=total, touched_at=now())

    try:
        plan = _plan(run, access.today_of(run.by), told)
    except Unreadable as bad:
        plan = StaffPlan(run.kind, faults=[Fault(0, bad.field, bad.value, bad.sentence)], fault_count=1)
    for number, line, title in run.options.get("emptied", ()):
        if number == run.options.get("table", 0):
            plan.pass_over(0, told_emptied(line, title))
    report = {
        "passed": plan.passed,
        "changes": [] if plan.faults else [asdict(change) for change in plan.changes],
        "faults": [asdict(fault) for fault in plan.faults],
    }
    state = ImportState.FAULTY if plan.faults else ImportState.READY
    told_now = {"report": packed(report), "digest": plan.digest, "counts": plan.counts, "progress": plan.lines}
    _move(run, (ImportState.CHECKING,), state, now(), **told_now)


def _write(run: ImportRun, now: Clock) -> None:
    today = access.today_of(run.by)
    try:
        with transaction.atomic():
            write_staff(
                lambda: _plan(run, today, lambda done, total: None),
                entities=_reach(run),
                by=run.by,
                now=now(),
                today=today,
                seen=run.digest,
                invite=_choices(run).invite,
            )
            _move(run, (ImportState.APPLYING,), ImportState.DONE, now(), content="", progress=run.total)
    except (BadFact, IntegrityError, Unreadable) as bad:
        stale = _("Something has changed meanwhile. Nothing was written; look at it again.")
        fault = Fault(0, getattr(bad, "field", "file"), "", getattr(bad, "sentence", stale))
        report = packed({"changes": [], "faults": [asdict(fault)]})
        _move(run, (ImportState.APPLYING,), ImportState.FAULTY, now(), report=report, counts={"faults": 1})
