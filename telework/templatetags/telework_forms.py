"""Words of the agreement for its codes, in templates: forms of telework, steps of a chain."""

from django import template

from policies.core.document import Agreement
from telework.errors import language
from telework.forms import form_label

register = template.Library()


@register.filter
def form_words(code: str, agreement: Agreement | None) -> str:
    """The words of the agreement for a form of telework; the code itself where there is none."""
    return form_label(agreement, code)


@register.filter
def code_words(code: str, agreement: Agreement | None) -> str:
    """The words of the agreement for one of its codes; the code itself where there is none."""
    return agreement.label(code).lang(language()) if agreement else code
