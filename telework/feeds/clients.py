"""Which program fetched a calendar, in a word a person knows."""

import re

BROWSER = "a browser"
KNOWN = (
    ("google-calendar", "Google Calendar"),
    ("thunderbird", "Thunderbird"),
    ("microsoft.exchange", "Outlook.com"),
    ("exchange/", "Outlook.com"),
    ("exchangeserver", "Outlook.com"),
    ("outlook", "Outlook"),
    ("microsoft office", "Outlook"),
    ("dataaccessd", "Apple Calendar"),
    ("calendaragent", "Apple Calendar"),
    ("accountsd", "Apple Calendar"),
    ("ios/", "Apple Calendar"),
    ("macos/", "Apple Calendar"),
    ("icsx5", "ICSx⁵"),
    ("davx5", "DAVx⁵"),
    ("nextcloud", "Nextcloud"),
    ("evolution", "Evolution"),
    ("mozilla/", BROWSER),
)
PRODUCT = re.compile(r"[^\s/(;]+")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f]")


def client_name(user_agent: str) -> str:
    """A known name, else the first word of the header (at most 60 characters), else ""."""
    agent = UNSEEN.sub("", user_agent).strip()
    lowered = agent.lower()
    for mark, name in KNOWN:
        if mark in lowered:
            return name
    product = PRODUCT.search(agent)
    return product.group()[:60] if product else ""
