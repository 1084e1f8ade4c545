"""/help/: how things are done here, in the words of the pages, and whom to write to."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import access
from people.models import Person
from telework.context import parts_shown, sights_of
from telework.help.sections import sections_for
from telework.selectors import hr_of

MOST_NAMED = 6


@login_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Sections for what one may do; an account without a person reads what concerns everybody."""
    person = getattr(request.user, "person", None)
    parts = {part for part, seen in parts_shown(sights_of(person)).items() if seen} if person else set()
    return render(request, "telework/help.html", {"sections": sections_for(parts), **_whom_to_write_to(person)})


def _whom_to_write_to(person: Person | None) -> dict[str, object]:
    """Who leads the teams of a person, human resources of their entity, and the address of support."""
    found = {"support": settings.SUPPORT_ADDRESS}
    if person:
        found["leaders"] = access.leaders_of(person, access.today_of(person)).order_by("last_name", "pk")[:MOST_NAMED]
        found["staff"] = Person.objects.filter(pk__in=hr_of(person)).order_by("last_name", "pk")[:MOST_NAMED]
    return found
