"""Icons, dates and numbers for templates."""

import json
from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ui import words

register = template.Library()


@cache
def _sprite(backend: str) -> str:
    return static("ui/icons.svg")


def sprite() -> str:
    """The address of the file that holds all icons."""
    return _sprite(settings.STORAGES["staticfiles"]["BACKEND"])


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite, silent: a word always stands beside it."""
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', css, sprite(), name)


@register.simple_tag
def mark() -> SafeString:
    """The mark of the bar: a solid C with its lit window."""
    return mark_safe(
        f'<span class="mark" aria-hidden="true"><svg class="cells"><use href="{sprite()}#mark-solid"/></svg>'
        f'<svg class="core"><use href="{sprite()}#mark-eye"/></svg></span>'
    )


def lang() -> str:
    return words.language(get_language())


@register.filter
def day_long(day) -> str:
    return words.long_day(day, lang()) if day else ""


@register.filter
def day_full(day) -> str:
    return words.long_day(day, lang(), year=True) if day else ""


@register.filter
def day_short(day) -> str:
    return words.short_day(day, lang()) if day else ""


@register.filter
def day_plain(day) -> str:
    return words.plain_day(day, lang()) if day else ""


@register.filter(expects_localtime=True)
def moment(at) -> str:
    """Like "20 juin 2026, 22:00", in the zone of the page."""
    return f"{words.plain_day(at, lang())}, {at:%H:%M}" if at else ""


@register.filter
def month_year(day) -> str:
    return words.month_name(day, lang()) if day else ""


@register.filter
def number(value) -> str:
    return words.number(value, lang()) if value is not None else ""


@register.filter
def money(value) -> str:
    return words.money(value, lang()) if value is not None else ""


@register.filter
def as_json(value: object) -> str:
    """JSON for a script to read from an attribute; the template escapes it."""
    return json.dumps(value, default=dict)
