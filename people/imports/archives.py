"""What an XLSX file would unpack to, known before any of it is made into cells: a small archive may hold a huge one."""

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from people.imports.faults import Unreadable

MOST_UNPACKED = 24_000_000
MOST_SHARED = 8_000_000  # texts that cells point at are all held at once
MOST_MEMBERS = 400
MOST_PARTS = 100_000  # elements held at once: of a row, or of all that is no row (an element takes about 0.5 kB)
MOST_TOGETHER = 2_000_000  # bytes of such a part
MOST_ROWS = 1_048_576  # of Excel
MOST_TEXTS = 500_000
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW = re.compile(rb"<(?:\w+:)?row(?=[ />\t\r\n])")
_TEXT = re.compile(rb"<(?:\w+:)?si(?=[ />\t\r\n])")


def weigh(content: bytes) -> None:
    """``Unreadable`` for what would not fit, by the sizes announced (no more is ever read) and by its elements."""
    if content.count(b"PK\x01\x02") > MOST_MEMBERS:
        raise Unreadable(_("This archive holds far too many files for a sheet. Save it again as .xlsx, or as .csv."))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
        unpacked = sum(member.file_size for member in members)
        if unpacked > MOST_UNPACKED:
            sentence = _("This sheet unpacks to %(size)s MB; %(most)s MB are possible. Save only the cells needed.")
            raise Unreadable(sentence % {"size": unpacked // 1_000_000, "most": MOST_UNPACKED // 1_000_000})
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable(_("This file is protected by a password. Save it without one."))
        if "content.xml" in packed.namelist():
            raise Unreadable(_("This is a file of LibreOffice (.ods). Save it as .xlsx or .csv."))
        for member in members:
            _check_member(packed, member)


def _check_member(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    name = member.filename.lower()
    shared = name.endswith("sharedstrings.xml")
    if shared and member.file_size > MOST_SHARED:
        sentence = _("The texts of this sheet unpack to %(size)s MB; %(most)s MB are possible. Save it as .csv.")
        raise Unreadable(sentence % {"size": member.file_size // 1_000_000, "most": MOST_SHARED // 1_000_000})
    with packed.open(member) as opened:
        if b"<" not in (head := opened.read(4096).replace(b"\0", b"")):
            return  # a picture; nothing that is read as XML
        if _DECLARED.search(head):
            raise Unreadable(_("This Excel file declares entities, which none needs. Save it again as .xlsx."))
    text = packed.read(member)
    if "purl.oclc.org/ooxml/spreadsheetml" in head.decode("latin-1"):
        raise Unreadable(_("This is a “Strict Open XML” sheet. Save it as an ordinary .xlsx, or as .csv."))
    if shared:
        _check_parts(text, _TEXT, MOST_TEXTS)
    else:
        _check_parts(text, _ROW if "worksheets/" in name else None, MOST_ROWS)


def _check_parts(text: bytes, divider: re.Pattern | None, most: int) -> None:
    """Rows and texts are let go one after the other; all else stays in memory until the end."""
    start = 0
    for count, end in enumerate(_ends(text, divider)):
        parts = text.count(b"<", start, end) - text.count(b"</", start, end) if end - start > MOST_PARTS else 0
        if count > most or end - start > MOST_TOGETHER or parts > MOST_PARTS:
            sentence = _("This Excel file holds far more formats or parts than its cells need. Save it as .csv.")
            raise Unreadable(sentence)
        start = end


def _ends(text: bytes, divider: re.Pattern | None) -> Iterator[int]:
    if divider:
        yield from (found.start() for found in divider.finditer(text))
    yield len(text)
