"""Nasty sheets: archives that unpack to more than a machine holds, and books that say what is not so."""

import io
import zipfile
from collections.abc import Iterable

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.worksheet+xml"/></Types>'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/%s" Target="%s"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_REL}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_TITLE = '<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>'
HEAD = f'<row r="1">{_TITLE % ("A", "matricule")}{_TITLE % ("B", "remarque")}</row>'


def book(rows: str = "", *, before: str = "", after: str = "", extra: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """A workbook of one sheet with these rows as XML."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("[Content_Types].xml", TYPES)
        written.writestr("_rels/.rels", RELS % ("officeDocument", "xl/workbook.xml"))
        written.writestr("xl/workbook.xml", BOOK)
        written.writestr("xl/_rels/workbook.xml.rels", RELS % ("worksheet", "worksheets/sheet1.xml"))
        sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{HEAD}{rows}</sheetData>{after}</worksheet>'
        written.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in extra:
            written.writestr(name, content)
    return packed.getvalue()


def cell(place: str, value: str, kind: str = "inlineStr") -> str:
    inside = f"<is><t>{value}</t></is>" if kind == "inlineStr" else f"<v>{value}</v>"
    return f'<c r="{place}" t="{kind}">{inside}</c>'


def _zeros(size: int) -> bytes:
    """An archive of a member that unpacks to so many noughts, written piece by piece."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written,
        written.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _piece in range(size // 1_000_000):
            member.write(b"\0" * 1_000_000)
    return packed.getvalue()


def _many_members(count: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        for number in range(count):
            written.writestr(str(number), b"")
    return packed.getvalue()


def _with_password() -> bytes:
    content = bytearray(book())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def _lying() -> bytes:
    """A member that announces a small size and holds a big one."""
    content = bytearray(_zeros(40_000_000))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


BOMB = "<!DOCTYPE x [" + "<!ENTITY a0 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"  # fmt: skip
SHEETS = {
    "zip bomb of 300 MB": lambda: _zeros(300_000_000),
    "zip that lies about its size": _lying,
    "archive of many members": lambda: _many_members(20_000),
    "nested archives": lambda: book(extra=[("xl/inside.xlsx", _zeros(20_000_000))]),
    "a zip that is no sheet": lambda: _many_members(3),
    "half an archive": lambda: book()[:200],
    "password": _with_password,
    "1e9 rows announced": lambda: book(before='<dimension ref="A1:XFD1000000000"/>'),
    "a row numbered 1e9": lambda: book(f'<row r="1000000000">{cell("A1000000000", "1")}</row>'),
    "the last row of Excel": lambda: book(f'<row r="1048576">{cell("A1048576", "1")}</row>'),
    "a million columns": lambda: book(f'<row r="2">{cell("XFD2", "1")}{cell("ZZZZ2", "1")}</row>'),
    "200 000 rows": lambda: book("".join(f'<row r="{n}">{cell(f"A{n}", "1")}</row>' for n in range(2, 200_000))),
    "formula": lambda: book('<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'),
    "error cell": lambda: book(f'<row r="2">{cell("A2", "#REF!", "e")}</row>'),
    "shared string that is not there": lambda: book(f'<row r="2">{cell("A2", "999999", "s")}</row>'),
    "huge shared strings": lambda: book(
        extra=[("xl/sharedStrings.xml", b"<sst>" + b"<si><t>x</t></si>" * 900_000 + b"</sst>")]
    ),
    "merged cells in a circle": lambda: book(
        after='<mergeCells count="2"><mergeCell ref="A1:B9"/><mergeCell ref="B9:A1"/></mergeCells>'
    ),
    "negative serial": lambda: book(f'<row r="2">{cell("A2", "-5", "n")}{cell("B2", "1e400", "n")}</row>'),
    "a cell of a million": lambda: book(f'<row r="2">{cell("A2", "x" * 1_000_000)}</row>'),
    "broken xml": lambda: book("<row><c></row>"),
    "social security number as a number": lambda: book(f'<row r="2">{cell("A2", "185057800608491", "n")}</row>'),
}  # fmt: skip


def _bombed() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("[Content_Types].xml", TYPES)
        written.writestr("_rels/.rels", RELS % ("officeDocument", "xl/workbook.xml"))
        written.writestr("xl/workbook.xml", BOMB + BOOK)
        written.writestr("xl/_rels/workbook.xml.rels", RELS % ("worksheet", "worksheets/sheet1.xml"))
        written.writestr("xl/worksheets/sheet1.xml", f"{BOMB}<x>&a9;</x>")
    return packed.getvalue()


SHEETS["entity bomb"] = _bombed


def _with(name: str, content: str) -> bytes:
    """A workbook of two lines of which one part is another."""
    whole, packed = zipfile.ZipFile(io.BytesIO(book(f'<row r="2">{cell("A2", "1")}</row>'))), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for member in whole.namelist():
            if member != name:
                written.writestr(member, whole.read(member))
        written.writestr(name, content)
    return packed.getvalue()


def _styles(inside: str) -> bytes:
    return _with("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{inside}</styleSheet>')


_NAMES = "".join(f'<sheet name="A{number}" sheetId="{number}" r:id="rId1"/>' for number in range(40_000))
SHEETS |= {
    "millions of formats": lambda: _styles("<cellXfs>" + "<xf/>" * 4_000_000 + "</cellXfs>"),
    "as many formats as are read": lambda: _styles("<cellXfs>" + "<xf/>" * 95_000 + "</cellXfs>"),
    "thousands of sheets": lambda: _with(
        "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{_REL}"><sheets>{_NAMES}</sheets></workbook>'
    ),
    "a line of millions of cells": lambda: book('<row r="2">' + "<c/>" * 5_000_000 + "</row>"),
    "a line of millions of depths": lambda: book('<row r="2">' + "<x>" * 3_000_000 + "</x>" * 3_000_000 + "</row>"),
    "a line of many attributes": lambda: book("<row " + " ".join(f'a{n}=""' for n in range(180_000)) + "/>"),
    "millions of elements that are no line": lambda: book(before="<x/>" * 5_000_000),
    "millions of empty lines": lambda: book("<row/>" * 3_800_000),
    "lines of empty cells": lambda: book(("<row>" + '<c s="1"/>' * 150 + "</row>") * 13_000),
    "as many empty texts as are read": lambda: book(
        extra=[("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"<si/>" * 499_000}</sst>'.encode())]
    ),
    "a file of LibreOffice": lambda: _with("content.xml", "<office:document-content/>"),
    "strict": lambda: _with(
        "xl/workbook.xml", BOOK.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    ),
    "no sheet to be seen": lambda: _with("xl/workbook.xml", BOOK.replace("<sheet ", '<sheet state="hidden" ')),
}  # fmt: skip
