"""Numbers as bodies write them: 12.5 or "12.5", finite and short."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

LONGEST = 12


def _number(value: object) -> Decimal:
    text = str(value).strip() if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
    try:
        found = Decimal(text) if 0 < len(text) <= LONGEST else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        shown = "".join(char for char in text[:40] if char.isprintable()) or type(value).__name__
        sentence = _("“%(value)s” is not a number. Write one such as 12.5.") % {"value": shown}
        raise PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})
    return found


Amount = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": ["number", "string"]})]
