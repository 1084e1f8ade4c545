"""Three answers for machines: is the process alive, may it be sent people, does anything need a hand."""

from datetime import datetime, timedelta
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.checks import sqlite_guards
from notifications import heartbeats
from notifications.holding import current_hold
from notifications.selectors import backlog
from people import clock

OVERDUE = timedelta(minutes=10)


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, is migrated and guarded; 503 with what is missing otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = _missing()
    except DatabaseError:
        missing = ["the database does not answer"]
    if missing:
        _missing.cache_clear()
    return JsonResponse(
        {"status": "not ready" if missing else "ready", "missing": missing}, status=503 if missing else 200
    )


@cache
def _missing() -> list[str]:
    """What keeps the database from being used; asked once, for migrations come with a restart."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    sentences = [f"the migration {migration} is not applied" for migration, _backwards in plan]
    return sentences + [error.msg for error in sqlite_guards(databases=["default"])]


@require_safe
@never_cache
def alerts(request: HttpRequest) -> JsonResponse:
    """What a person should look at; always 200, an empty list when there is nothing."""
    try:
        found = _found(clock.now())
    except DatabaseError:
        found = [{"code": "database_silent"}]
    return JsonResponse({"status": "alert" if found else "quiet", "alerts": found})


def _found(now: datetime) -> list[dict]:
    outbox = backlog(now)
    found = []
    if outbox.abandoned:
        found.append({"code": "messages_abandoned", "number": outbox.abandoned})
    if held := current_hold():
        found.append({"code": "messages_held", "since": held.since.isoformat(), "number": outbox.waiting})
    elif outbox.overdue > OVERDUE:
        found.append({"code": "messages_overdue", "minutes": int(outbox.overdue.total_seconds() // 60)})
    for name, at in heartbeats.missed(now).items():
        found.append({"code": f"{name}_silent", "last_seen": at and at.isoformat()})
    return found


urlpatterns = [
    path("live", live, name="health_live"),
    path("ready", ready, name="health_ready"),
    path("alerts", alerts, name="health_alerts"),
]
