"""Texts that are kept as they are sent: without NUL, which no database holds."""

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError


def _without_nul(text: str) -> str:
    if "\0" in text:
        sentence = _("This text holds the character NUL, which cannot be kept. Take it out.")
        raise PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})
    return text


Word = Annotated[str, Field(strict=True, max_length=200), AfterValidator(_without_nul)]
Letter = Annotated[str, Field(strict=True, max_length=4000), AfterValidator(_without_nul)]
# Told in words: programs that make up calls cannot make up a text of that length, and call a shorter one too long.
Source = Annotated[
    str,
    Field(strict=True, max_length=1_000_000),
    AfterValidator(_without_nul),
    WithJsonSchema({"type": "string", "description": "TOML, at most 1,000,000 characters."}),
]
