"""The installed application: its manifest, its service worker, and the page of last resort without a connection."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

SCRIPT = Path(__file__).parent / "static" / "ui" / "sw.js"
CANVAS = "#F7F6F2"
ICONS = (("any", "192"), ("any", "512"), ("maskable", "192"), ("maskable", "512"))


@cache
def _script() -> bytes:
    return SCRIPT.read_bytes()


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script at the root, so that it may serve every page; asked for anew each time, for it may have changed."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows of the application (W3C Web Application Manifest), in the language of ``?lang=``."""
    language = request.GET.get("lang", "")
    with translation.override(language if language in ("fr", "en") else translation.get_language()):
        answer = JsonResponse(_manifest(), content_type="application/manifest+json")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


def _manifest() -> dict:
    return {
        "id": "/",
        "name": "Cent Jours",
        "short_name": "Cent Jours",
        "description": _("Telework days booked, explained, and agreed with cover in view."),
        "lang": translation.get_language(),
        "dir": "ltr",
        "start_url": "/year/",
        "scope": "/",
        "display": "standalone",
        "background_color": CANVAS,
        "theme_color": CANVAS,
        "icons": [
            {
                "src": static(f"ui/icons/{kind}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": kind,
            }
            for kind, size in ICONS
        ],
        "shortcuts": [{"name": _("My year"), "url": "/year/"}],
    }


offline = TemplateView.as_view(template_name="offline.html")
