"""Conditional requests (RFC 9110 §13): has the client the octets already? Pure.

Django's ConditionalGetMiddleware would build the calendar first, and skips HEAD.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.http import parse_etags, parse_http_date_safe


def is_current(headers: Mapping[str, str], *, etag: str, modified_at: datetime, now: datetime) -> bool:
    """Whether a 304 is the answer. ``etag`` comes without quotes; ``modified_at`` has whole seconds.

    If-None-Match goes before If-Modified-Since, may list several tags, weak ones too, or be ``*``. A date that cannot
    be read, or that lies ahead of ``now``, says nothing.
    """
    wanted = headers.get("If-None-Match")
    if wanted is not None:
        tags = [tag.strip().removeprefix("W/") for tag in parse_etags(wanted)]
        return "*" in tags or f'"{etag}"' in tags
    since = headers.get("If-Modified-Since")
    seconds = parse_http_date_safe(since) if since else None
    return seconds is not None and modified_at.timestamp() <= seconds <= max(now, modified_at).timestamp()
