"""/my-data/: everything that is kept on oneself, and who opened it; for the data protection officer, on request."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from people import access, clock
from people.audit import record
from people.models import Account, Person, What
from people.personal_data.archive import archive_of, contents, file_name
from people.personal_data.told import told_read
from people.reads import reads_of, record_read

EXPORT, RETENTION = "export_person_data", "view_retention"
MOST_FOUND = 60
MOST_READS = 100


@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What the file holds, and who opened what; nothing of it is read for others than oneself."""
    owner = access.owner_of(request)
    actor = owner if isinstance(owner, Person) else None
    reads = list(reads_of(actor)[: MOST_READS + 1]) if actor else []
    context = {
        "files": list(contents(owner)),
        "is_somebody": bool(actor),
        "reads": [told_read(read) for read in reads[:MOST_READS]],
        "more": len(reads) > MOST_READS,
        "most": MOST_READS,
        "hands_over": access.entities_for(actor, EXPORT).exists(),
        "sees_retention": access.entities_for(actor, RETENTION).exists(),
    }
    return render(request, "people/my_data.html", context)


@login_required
@require_safe
def my_data_file(request: HttpRequest) -> HttpResponse:
    """All of it in one ZIP."""
    return _handed_over(access.owner_of(request))


@login_required
@require_safe
def data_people(request: HttpRequest) -> HttpResponse:
    """People of whom the officer may hand over what is kept, found by name or number."""
    actor = access.actor(request)
    if not access.entities_for(actor, EXPORT).exists():
        raise Http404
    people, words = access.people_for(actor, EXPORT), request.GET.get("q", "").replace("\0", "").strip()[:80]
    for word in words.split()[:4]:
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(number=word))
    rows = people.select_related("entity")[:MOST_FOUND] if words else []
    return render(request, "people/data_people.html", {"rows": rows, "words": words, "most": MOST_FOUND})


@login_required
@require_POST
def person_data_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand over what is kept on somebody who asked for it; the person sees who did, and when."""
    actor = access.actor(request)
    person = access.person_for(actor, uid, EXPORT)
    now = clock.now()
    record(actor, "person.data_exported", person, now)
    record_read(actor, [person], What.MY_DATA, now)
    return _handed_over(person)


def _handed_over(owner: Person | Account) -> HttpResponse:
    now = clock.now()
    answer = HttpResponse(archive_of(owner, now), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(owner, now)}"'
    answer["Cache-Control"] = "no-store"
    return answer
