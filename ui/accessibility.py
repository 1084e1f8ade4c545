"""/accessibility/: the declaration of the RGAA model, with the figures of ui/accessibility.toml."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

FIGURES = Path(__file__).with_name("accessibility.toml")


@cache
def figures() -> dict[str, object]:
    """``date``, ``axe`` (version), ``pages``, ``violations``, ``widths`` in pixels, ``contrasts``, ``walks``."""
    return tomllib.loads(FIGURES.read_text("utf-8"))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration, open to strangers: whoever cannot sign in must be able to read whom to write to."""
    told = {"figures": figures(), "contact": settings.ACCESSIBILITY_CONTACT, "address": settings.BASE_URL}
    return render(request, "ui/accessibility.html", told)
