"""What PRODUCTION=1 asks of the environment; a start that would be unsafe is refused in sentences."""

import zlib
from collections.abc import Mapping
from urllib.parse import urlsplit

SHORTEST_KEY = 50
FEWEST_SIGNS = 10
# Octets to which a key of repeated words or counted digits shrinks; 50 random hexadecimal digits stay above.
LEAST_PRESSED = 44
MAKE_ONE = 'make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
OFF = {"0", "false", "no", "off"}


def faults(environment: Mapping[str, str], *, debug: bool, demo_key: str) -> list[str]:
    """What must be set otherwise before PRODUCTION=1 may start, a sentence each."""
    found = []
    if debug:
        found.append("PRODUCTION and DEBUG exclude each other: DEBUG shows settings to strangers; leave it out.")
    key = environment.get("SECRET_KEY", "")
    if key in ("", demo_key):
        found.append(f"PRODUCTION needs a SECRET_KEY of its own; {MAKE_ONE}.")
    elif reason := weakness(key):
        found.append(f"SECRET_KEY {reason}; {MAKE_ONE}.")
    newest = environment.get("FIELD_KEYS", "").split(",")[0].strip()  # former ones must stay, whatever they are
    if newest and (reason := weakness(newest)):
        found.append(f"The first of FIELD_KEYS {reason}; {MAKE_ONE}.")
    found += _address(environment.get("BASE_URL", ""))
    if "*" in environment.get("ALLOWED_HOSTS", ""):
        found.append("ALLOWED_HOSTS holds *: name the hosts, else whoever sends a Host header chooses our links.")
    if environment.get("SECOND_FACTOR", "").lower() in OFF:
        found.append("SECOND_FACTOR is off: PRODUCTION asks managers, HR and admins for it; leave it out.")
    return found


def weakness(key: str) -> str:
    """Why a secret could be guessed, as the end of a sentence; empty when it could not."""
    if len(key) < SHORTEST_KEY:
        return f"has {len(key)} characters, fewer than {SHORTEST_KEY}"
    if key.startswith("django-insecure-"):
        return "is one that Django made for development"
    if len(set(key)) < FEWEST_SIGNS or len(zlib.compress(key.encode(), 9)) < LEAST_PRESSED:
        return "repeats itself and could be guessed"
    return ""


def _address(text: str) -> list[str]:
    example = "give the address people type, such as https://cent-jours.example"
    if not text:
        return [f"PRODUCTION needs BASE_URL; {example}."]
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname:
        return [f"BASE_URL is “{text}”, and PRODUCTION answers over https only; {example}."]
    if parts.path.strip("/") or parts.query or parts.fragment:
        return [f"BASE_URL is “{text}”; Cent Jours lives at the root of its host: {example}."]
    return []
