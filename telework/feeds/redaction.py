"""Keeps the secret part of addresses out of every log line: of feeds, and of links that set a password."""

import logging
import re

ADDRESS = re.compile(r"(/cal/|/reset/key/)[^\s\"'?]+", re.IGNORECASE)


class HideFeedAddresses(logging.Filter):
    """Writes ``/cal/…`` wherever a message or its traceback would tell a feed's address."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if ADDRESS.search(message):
            record.msg, record.args = ADDRESS.sub(r"\1…", message), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = ADDRESS.sub(r"\1…", record.exc_text)
        return True
