"""A company's month: one line of letters a person. A thousand lines must stay light, so each cell is one letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ui import words
from ui.drawing.month import letters


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A person's name, cells, and the sums that say the same without the letters."""

    name: str
    cells: Sequence[str]
    sums: Sequence[str]


@dataclass(frozen=True, slots=True)
class CompanyGroup:
    """A team: name, where it leads, a few words, sums, people."""

    name: str
    href: str
    note: str
    sums: Sequence[str]
    rows: Iterable[CompanyRow]


def company_table(
    *, label: str, days: Sequence[date], heads: Sequence[str], groups: Iterable[CompanyGroup]
) -> SafeString:
    """``heads`` name the columns of sums. The letters are aligned by the width of a character, not by cells."""
    person = escape(_("Person"))
    parts = [
        f'<table class="company d{len(days)} w{days[0].weekday()}"><caption class="visually-hidden">{escape(label)}'
        f'</caption><thead><tr><th scope="col">{person}</th>'
        f'<th scope="col" class="ruler">{ruler(days)}</th>'
    ]
    parts += [f'<th scope="col">{escape(head)}</th>' for head in heads]
    parts.append("</tr></thead>")
    for group in groups:
        parts.append(_group(group))
        parts += [
            f"<tr><th>{escape(row.name)}<td>{letters(row.cells)}<td>{'<td>'.join(row.sums)}\n" for row in group.rows
        ]
    parts.append("</table>")
    return mark_safe("".join(parts))


def ruler(days: Sequence[date]) -> str:
    """Weekday letters above day numbers, one a character wide; read out as one sentence."""
    lang = words.language(get_language())
    said = _("One letter a day, from %(first)s to %(last)s") % {
        "first": words.long_day(days[0], lang),
        "last": words.long_day(days[-1], lang),
    }
    marks = "".join(f"<i>{words.INITIALS[lang][day.weekday()]}<b>{day.day}</b></i>" for day in days)
    return f'<span class="visually-hidden">{escape(said)}</span><span aria-hidden="true">{marks}</span>'


def _group(group: CompanyGroup) -> str:
    name = f'<a href="{escape(group.href)}">{escape(group.name)}</a>' if group.href else escape(group.name)
    sums = "".join(f"<td>{value}</td>" for value in group.sums)
    note = f'<td class="words">{escape(group.note)}</td>'
    return f'<tbody><tr class="team"><th scope="rowgroup">{name}</th>{note}{sums}</tr>\n'
