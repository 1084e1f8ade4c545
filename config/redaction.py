"""Keeps out of every log line what must not be read there: secret addresses, and the rows that PostgreSQL quotes."""

import logging
import re

# Calendar feeds and links that set a password; then a row that was refused, and a statement with its values.
SECRETS = re.compile(r"(/cal/|/reset/key/)[^\s\"'?]+", re.IGNORECASE), re.compile(r"(?m)^((?:DETAIL|LINE \d+):).*$")


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
