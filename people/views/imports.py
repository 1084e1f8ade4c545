"""/people/import/: files of human resources in four steps: the file, its columns, the difference, done."""

import csv
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import access, clock
from people.errors import BadFact
from people.exports import harmless
from people.imports import MOST_PEOPLE_BYTES, Unreadable, runs, staff, too_big
from people.imports.passed import entries_of
from people.imports.runs import OPERATION
from people.imports.staff import Choices
from people.models import Entity, ImportKind, ImportRun, ImportState, Person, WorkPattern
from people.views.fields import date_field
from people.views.import_examples import example

PAGE = 100  # entries of the difference on a page
STEPS = {
    ImportState.COLUMNS: 2, ImportState.CHECKING: 3, ImportState.READY: 3, ImportState.FAULTY: 2,
    ImportState.APPLYING: 4, ImportState.DONE: 4, ImportState.FAILED: 4, ImportState.GONE: 1,
}  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    """The form for a file, and the imports of late; POST reads a file and goes on to its columns."""
    actor = access.actor(request)
    entities = list(access.entities_for(actor, OPERATION))
    if not entities:
        raise Http404
    if request.method != "POST":
        return _start_page(request, actor, entities)
    try:
        run = runs.start_run(
            _content(request),
            kind=_kind(request.POST.get("kind", "")),
            entity=_entity(entities, request.POST.get("entity", "")),
            name=request.FILES["file"].name,
            by=actor,
            now=clock.now(),
        )
    except (Unreadable, BadFact) as bad:
        return _start_page(request, actor, entities, error=bad, status=422)
    return redirect("import_run", uid=run.uid)


@login_required
@require_safe
def import_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One import at its step. While the worker is busy the page asks again, by itself or when it is loaded."""
    run = run_for(request, uid)
    if request.headers.get("HX-Request") and run.state in runs.BUSY:
        return render(request, "people/imports/_progress.html", {"run": run})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _run_page(request, run)


@login_required
@require_POST
def import_columns(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what the columns mean; another sheet shows its own columns first."""
    run = run_for(request, uid)
    try:
        table = _number(request.POST.get("table", ""))
        if table != run.options.get("table", 0) and run.state in runs.CHOOSING:
            _tables, _table, head = runs.table_and_head(run, table)
            run.options |= {"table": table, "columns": runs.remembered(run.entity, run.kind, head)}
            run.save(update_fields=["options"])
            return redirect("import_run", uid=run.uid)
        runs.choose(run, choices_of(request.POST, run, access.actor(request)), table=table, now=clock.now)
    except (Unreadable, BadFact) as bad:
        return _run_page(request, run, error=bad, status=422)
    return redirect("import_run", uid=run.uid)


@login_required
@require_POST
def import_write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the difference that was looked at."""
    run = run_for(request, uid)
    try:
        runs.ask_to_write(run, seen=request.POST.get("seen", ""), by=access.actor(request), now=clock.now)
    except BadFact as bad:
        return _run_page(request, run, error=bad, status=409)
    return redirect("import_run", uid=run.uid)


@login_required
@require_POST
def import_drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give an import up: its file is no longer kept."""
    run = run_for(request, uid)
    try:
        runs.let_go(run, now=clock.now())
    except BadFact as bad:
        return _run_page(request, run, error=bad, status=409)
    messages.success(request, _("The import is given up. Nothing was written, the file is no longer kept."))
    return redirect("people_import")


@login_required
@require_safe
def import_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole report as CSV: faults, or the difference. A cell that a sheet would compute is written as text."""
    run = run_for(request, uid)
    report = runs.report_of(run)
    rows = [[_("Line"), _("Field"), _("Written"), _("What to do")]]
    rows += [[fault["line"] or "", _field(fault["field"]), fault["value"], fault["sentence"]]
             for fault in report["faults"]]  # fmt: skip
    if report["changes"]:
        rows = [[_("Line"), _("Who or what"), _("Field"), _("Today"), _("From the file")]]
        rows += [[change["line"] or "", change["name"], *each]
                 for change in report["changes"] for each in change["details"]]  # fmt: skip
    rows += [[line or "", _("Passed over"), sentence] for line, sentence in report["passed"]]
    return _csv(rows, "import-report.csv")


@login_required
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """?kind=people …: an example to fill in, with the separator that spreadsheets of the language expect."""
    if not access.entities_for(access.actor(request), OPERATION).exists():
        raise Http404
    kind = request.GET.get("kind", "")
    shown = example(kind if kind in ImportKind.values else ImportKind.PEOPLE)
    return _csv([shown.heads, *shown.rows], f"{shown.kind}.csv")


def run_for(request: HttpRequest, uid: UUID) -> ImportRun:
    """An import of an entity that the actor may import; else 404."""
    actor = access.actor(request)
    run = ImportRun.objects.select_related("entity", "by__account", "by__site").filter(uid=uid).first()
    if not access.may(actor, OPERATION, run.entity if run else access.NO_ENTITY) or run is None:
        raise Http404
    return run


def choices_of(form, run: ImportRun, actor: Person) -> Choices:
    """What a form says of a file; a column without a word of it keeps what was proposed."""
    _tables, _table, head = runs.table_and_head(run)
    proposed = run.options["columns"]
    columns = tuple(form.get(f"column-{at}", proposed[at]) for at in range(len(head.titles)))
    order = form.get("order", "")
    pattern = next((each.name for each in runs.patterns_for(run) if each.name == form.get("pattern")), "")
    return Choices(
        columns=columns,
        as_of=date_field(form, "as_of") or access.today_of(actor),
        order=order if order in (staff.values.DAY_FIRST, staff.values.MONTH_FIRST) else "",
        create_teams=form.get("create_teams") == "1",
        whole=form.get("whole") == "1" and run.kind == ImportKind.PEOPLE,
        invite=form.get("invite") == "1" and run.kind == ImportKind.PEOPLE,
        pattern=pattern,
    )


def _content(request: HttpRequest) -> bytes:
    upload = request.FILES.get("file")
    if upload is None:
        raise Unreadable(_("No file was chosen. Choose a CSV or XLSX file."))
    if upload.size > MOST_PEOPLE_BYTES:
        raise too_big(upload.size, MOST_PEOPLE_BYTES)
    return upload.read()


def _kind(text: str) -> str:
    if text not in ImportKind.values:
        known = ", ".join(ImportKind.values)
        raise BadFact("kind", text, _("“%(value)s” is no kind of file. Choose one of: %(known)s.") % {
            "value": text[:40], "known": known})  # fmt: skip
    return text


def _entity(entities: list[Entity], uid: str) -> Entity:
    found = next((each for each in entities if str(each.uid) == uid), None)
    if found is None and (uid or len(entities) > 1):
        raise BadFact("entity", uid, _("Choose the entity that the file is about."))
    return found or entities[0]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _field(name: str) -> str:
    return staff.words_of(name)


def _start_page(request: HttpRequest, actor: Person, entities: list[Entity], *, status: int = 200, **context):
    home = next((each for each in entities if each.pk == actor.entity_id), entities[0])
    context |= {
        "kinds": staff.KIND_LABELS.items(),
        "kind": request.POST.get("kind") or ImportKind.PEOPLE,
        "entities": entities,
        "entity": request.POST.get("entity") or str(home.uid),
        "examples": [example(kind) for kind in ImportKind.values],
        "runs": ImportRun.objects.filter(entity__in=entities).select_related("by")[:8],
        "step": 1,
        "most_megabytes": MOST_PEOPLE_BYTES // 1_000_000,
    }
    return render(request, "people/imports/start.html", context, status=status)


def _run_page(request: HttpRequest, run: ImportRun, *, status: int = 200, **context) -> HttpResponse:
    context |= {"run": run, "step": STEPS[ImportState(run.state)], "kind_words": staff.KIND_LABELS[run.kind]}
    if run.state in (ImportState.COLUMNS, ImportState.FAULTY):
        context |= _columns(request, run)
    if run.state in (ImportState.READY, ImportState.FAULTY):
        context |= _report(request, run)
    return render(request, "people/imports/run.html", context, status=status)


def _columns(request: HttpRequest, run: ImportRun) -> dict[str, object]:
    """The columns as chosen or proposed, with two cells of each to know them by."""
    tables, table, head = runs.table_and_head(run)
    chosen = run.options["columns"]
    entries, _passed = entries_of(table.rows[head.place + 1 : head.place + 40], head.titles, chosen)
    first = [cells for _line, cells in entries[:2]]
    form = request.POST if request.method == "POST" else {}
    patterns = runs.patterns_for(run) if run.kind in (ImportKind.PEOPLE, ImportKind.CONTRACTS) else []
    emptied = {title: runs.told_emptied(line, title) for number, line, title in run.options.get("emptied", ())
               if number == run.options.get("table", 0)}  # fmt: skip
    return {
        "tables": [(at, each.name) for at, each in enumerate(tables)],
        "table": run.options.get("table", 0),
        "head": head,
        "columns": [
            {"at": at, "title": title, "field": form.get(f"column-{at}", chosen[at]),
             "emptied": emptied.get(title or str(at + 1)),
             "cells": [cells[at] for cells in first if at < len(cells) and cells[at]]}
            for at, title in enumerate(head.titles)
        ],
        "fields": [(name, staff.words_of(name)) for name in staff.KINDS[run.kind]],
        "patterns": patterns,
        "options": _only(patterns) | run.options | ({} if not form else form.dict()),
        "as_of": form.get("as_of") or run.options.get("as_of") or access.today_of(access.actor(request)).isoformat(),
    }  # fmt: skip


def _only(patterns: list[WorkPattern]) -> dict[str, str]:
    """Where there is one working week, it is proposed; among several nobody but the reader can choose."""
    return {"pattern": patterns[0].name} if len(patterns) == 1 else {}


def _report(request: HttpRequest, run: ImportRun) -> dict[str, object]:
    report = runs.report_of(run)
    pages = max(1, -(-len(report["changes"]) // PAGE))
    page = min(max(_number(request.GET.get("page", "1")), 1), pages)
    return {
        "faults": [fault | {"field": _field(fault["field"])} for fault in report["faults"]],
        "fault_count": max(run.counts.get("faults", 0), len(report["faults"])),
        "more_faults": max(0, run.counts.get("faults", 0) - len(report["faults"])),
        "changes": report["changes"][(page - 1) * PAGE : page * PAGE],
        "passed": report["passed"],
        "passed_count": run.counts.get("passed", 0),
        "page": page,
        "pages": pages,
    }


def _csv(rows: list[list[object]], name: str) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    mark = ";" if (get_language() or "").startswith("fr") else ","
    csv.writer(response, delimiter=mark).writerows(
        [[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    )
    return response
