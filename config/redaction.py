"""Keeps out of every log line what must not be read there: secrets, mail addresses, rows of the database."""

import logging
import re

SECRETS = (
    re.compile(r"(/cal/|/reset/key/)[^\s\"'?]+", re.IGNORECASE),  # calendar feeds, links that set a password
    re.compile(r"(?m)^((?:DETAIL|LINE \d+):).*$"),  # a row that was refused, a statement with its values
    # As a mail server says whom it refuses. Never tried twice on the same run of letters: addresses can be endless.
    re.compile(r"()(?<![\w.%+-])[\w.%+-]++@[\w-]++(?:\.[\w-]++)+"),
)


class HideSecrets(logging.Filter):
    """Writes ``…`` wherever a message or its traceback would tell one."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (hidden := _hidden(message)) != message:
            record.msg, record.args = hidden, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = _hidden(record.exc_text)
        return True


def _hidden(text: str) -> str:
    for secret in SECRETS:
        text = secret.sub(r"\1…", text)
    return text
