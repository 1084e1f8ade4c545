"""Words for the forms of telework in templates."""

from django import template

from policies.core.document import Agreement
from telework.forms import form_label

register = template.Library()


@register.filter
def form_words(code: str, agreement: Agreement | None) -> str:
    """The words of the agreement for a form of telework; the code itself where there is none."""
    return form_label(agreement, code)
