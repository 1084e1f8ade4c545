"""What a request wrote, statement by statement, on either database; and answers as plain text, to lay side by side."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(?P<table>\w+)"?', re.I)
# That somebody was here, how often they tried, and the nudge to the worker.
BOOKKEEPING = {"people_session", "people_limit", "django_q_ormq"}
CHANCE = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"  # a uid
    r"|(?<![\w=+/-])[\w=+/-]{32,}|\b[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}"  # a token, the secret of an app
    r"|<memory at \w+>"  # what the driver makes of bytes
    r'|(?<="version": ")\w{16}(?=")',  # of something just made, whose uid is in it
)
# By the real clock, or in an order that chance gives to the same words.
APART = {"Content-Length", "Expires", "Content-Security-Policy"}


@contextmanager
def writing() -> Iterator[list[tuple[str, str]]]:
    """The statements that write, as (table, statement with its values); also of what is taken back afterwards."""
    found: list[tuple[str, str]] = []

    def watch(execute, sql, params, many, context):
        if (told := WRITES.match(sql)) and told["table"] not in BOOKKEEPING:
            found.append((told["table"], f"{sql} ← {_whole(params)}"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def _whole(value):
    """A statement's values as they are stored: psycopg's wrapper of JSON shows only its beginning."""
    if isinstance(value, (list, tuple)):
        return [_whole(each) for each in value]
    return getattr(value, "obj", value)


def number_alike() -> None:
    """Let the rows to come get the numbers that the last ones got: PostgreSQL takes no sequence back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1000000) FROM pg_sequences"
            )


@contextmanager
def counting() -> Iterator[list[str]]:
    """Every statement, without its values."""
    found: list[str] = []

    def watch(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def plain(text: str, *known: object) -> str:
    """A text without what differs by chance (uids, tokens) and without the values that were given."""
    for value in known:
        text = text.replace(str(value), "given")
    return CHANCE.sub("chance", text)


def told(answer, *known: object) -> tuple:
    """Status, headers and content of an answer, to compare with another's."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = sorted((name, plain(value, *known)) for name, value in answer.headers.items() if name not in APART)
    if content[:4] == b"PK\x03\x04":
        return answer.status_code, headers, "an archive"
    return answer.status_code, headers, plain(content.decode("utf-8", "replace"), *known)
