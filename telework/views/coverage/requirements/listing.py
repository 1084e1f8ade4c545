"""/coverage/requirements/: what one may change, by whom it counts; and another team's requirements to begin from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people import access
from policies.models import Requirement
from policies.selectors import slot_rows
from telework.views.coverage.requirements import effect
from telework.views.coverage.requirements.choices import choices_of, requirements_for
from telework.views.coverage.requirements.words import held_words, sentence_of, where_words


@dataclass(frozen=True, slots=True)
class Item:
    """A requirement in the list: its name, its sentence, when it holds and whom it counts."""

    requirement: Requirement
    name: str
    said: str
    held: str
    where: str
    is_to_come: bool
    is_ended: bool


@login_required
@require_safe
def requirement_list(request: HttpRequest) -> HttpResponse:
    actor = access.actor(request)
    choices_of(actor)
    items = items_of(requirements_for(actor), access.today_of(actor))
    context = {
        "groups": _grouped(item for item in items if not item.is_ended),
        "ended": [item for item in items if item.is_ended],
        "effect": effect.kept(request),
    }
    return render(request, "telework/requirements/list.html", context)


@login_required
@require_safe
def requirement_copy(request: HttpRequest) -> HttpResponse:
    """Choose whose requirements to begin from (?of=) and for which team (?team=); each leads to a form of its own."""
    actor = access.actor(request)
    choices = choices_of(actor)
    held = requirements_for(actor)
    sources = _sources(held)
    source, team = request.GET.get("of", ""), request.GET.get("team", "")
    target = choices.find("team", team)
    chosen = [one for one in held if _source(one)[0] == source]
    context = {
        "sources": [(value, words, value == source) for value, words in sources],
        "teams": choices.options("team", team),
        "items": items_of(chosen, access.today_of(actor)) if target else [],
        "target": target,
        "asked": bool(source and target),
    }
    return render(request, "telework/requirements/copy.html", context)


def items_of(requirements: list[Requirement], today: date) -> list[Item]:
    """Requirements with their sentences. One query."""
    slots = slot_rows([requirement.pk for requirement in requirements])
    return [
        Item(
            requirement=one,
            name=effect.name_of(one),
            said=sentence_of(one, slots.get(one.pk, ())),
            held=held_words(one, today),
            where=where_words(one),
            is_to_come=one.first_day > today,
            is_ended=bool(one.last_day and one.last_day < today),
        )
        for one in requirements
    ]


def _grouped(items: Iterable[Item]) -> list[tuple[str, str, list[Item]]]:
    """(heading, what kind of group, items): whole entities, then sites, teams, and what asks for a skill anywhere."""
    groups: dict[tuple[int, str, str], list[Item]] = {}
    for item in items:
        groups.setdefault(_group(item.requirement), []).append(item)
    return [(name, kind, groups[order, name, kind]) for order, name, kind in sorted(groups)]


def _group(requirement: Requirement) -> tuple[int, str, str]:
    if requirement.team:
        return 2, str(requirement.team), _("team")
    if requirement.site:
        return 1, str(requirement.site), _("site")
    if requirement.skill:
        return 3, str(requirement.skill), _("skill")
    return 0, str(requirement.entity), _("entity")


def _source(requirement: Requirement) -> tuple[str, str]:
    """Whose requirement it is, to choose in the list."""
    home = requirement.team or requirement.entity
    return str(home.uid), str(home)


def _sources(requirements: Iterable[Requirement]) -> list[tuple[str, str]]:
    return sorted({_source(requirement) for requirement in requirements}, key=lambda source: source[1])
