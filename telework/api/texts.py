"""Texts that are kept as they are sent."""

from typing import Annotated

from django.utils.translation import gettext_noop
from pydantic import Field, WithJsonSchema

Word = Annotated[str, Field(strict=True, max_length=200)]
Letter = Annotated[str, Field(strict=True, max_length=4000)]
# Told in words: programs that make up calls cannot make up a text of that length, and call a shorter one too long.
Source = Annotated[
    str,
    Field(strict=True, max_length=1_000_000),
    WithJsonSchema({"type": "string", "description": gettext_noop("TOML, at most 1,000,000 characters.")}),
]
