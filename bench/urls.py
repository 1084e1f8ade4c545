"""Baselines: the least that Django can do for the same person and the same rows, behind the same middleware."""

import json

from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

MONTH = """
SELECT p.last_name, b.day, b.part, b.state FROM people_person p
LEFT JOIN telework_booking b ON b.person_id = p.id AND b.day BETWEEN '2026-03-01' AND '2026-03-31'
"""
TEAM = """
SELECT b.uid, b.day, b.part, b.state, p.first_name, p.last_name FROM telework_booking b
JOIN people_person p ON p.id = b.person_id JOIN people_membership m ON m.person_id = p.id
WHERE m.role = 'member' AND m.team_id = (SELECT id FROM people_team WHERE uid = %s) ORDER BY b.day
"""
OWN = "SELECT uid, day, part, state FROM telework_booking WHERE person_id = %s ORDER BY day"
COUNTS = "SELECT person_id, count(*) FROM telework_booking WHERE state IN ('requested', 'approved') GROUP BY person_id"
TOUCH = "UPDATE people_person SET calendar_version = calendar_version + 1 WHERE id = %s"


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """A signed-in page of one line: session, account, person."""
    return HttpResponse(f"<!doctype html><title>{request.user.person.name}</title>")


def rows(request: HttpRequest, what: str, uid: str = "") -> HttpResponse:
    """The rows that a page or feed shows, as JSON, straight from one query."""
    sql, values = {
        "month": (MONTH, []),
        "team": (TEAM, [uid.replace("-", "")]),
        "own": (OWN, [request.user.person.pk] if request.user.is_authenticated else [1]),
        "counts": (COUNTS, []),
        "one": ("SELECT 1", []),
    }[what]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return HttpResponse(json.dumps(cursor.fetchall(), default=str), content_type="application/json")


@csrf_exempt
@login_required
def write(request: HttpRequest) -> HttpResponse:
    """One row changed and committed to the disk."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TOUCH, [request.user.person.pk])
    return HttpResponse(status=204)


urlpatterns = [
    path("bench/page/", page),
    path("bench/write/", write),
    path("bench/rows/<str:what>/", rows),
    path("bench/rows/<str:what>/<str:uid>/", rows),
    path("", include("config.urls")),
]
