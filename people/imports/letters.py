"""Bytes → text: the encoding by its mark, else by what reads as words. Two encodings in a file are not guessed at."""

import re
import unicodedata

from django.utils.translation import gettext as _

from people.imports.faults import Unreadable

ONE_BYTE = ("cp1252", "iso8859_15", "mac_roman", "cp850")  # Windows, Unix, old Macintosh, DOS
WORDLY = frozenset("àâäáãåçéèêëíìîïñóòôöõøùúûüÿœæßÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÙÚÛÜŸŒÆ’‘«»–—…€°№\u00a0")
# A capital inside a word, or a small letter inside capitals: read with the wrong table.
_MISCAST = re.compile(r"[a-zà-öø-ÿ][À-ÖØ-ÞŒŸŽŠ]|[A-Z][À-ÖØ-ÞŒŸŽŠ][a-z]|[A-ZÀ-Þ][à-öø-ÿ][A-ZÀ-Þ]")
# UTF-8 that was read as Windows letters before it was saved: Ã© for é, â€™ for ’; and what is lost for good.
_TWICE = re.compile(
    "[ÃÂ][\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|â€|Å[“’¸]|\ufffd"
)
_TWO_BYTES = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")  # é, è, œ … as UTF-8 writes them
_MARKS = re.compile(
    "[\u00ad\u202a-\u202e\u2060-\u2069\u200b-\u200f\ufeff]"
)  # invisible, and able to turn a text around


def text_of(content: bytes) -> str:
    """The text of a file, without its byte order mark. ``Unreadable`` with the line and the remedy."""
    text = _by_width(content) or _decoded(content)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        sentence = _("Line %(line)s: a NUL character, which no text holds. Save the file again as “CSV UTF-8”.")
        raise Unreadable(sentence % {"line": line}, value="NUL")
    return text


def without_marks(text: str) -> str:
    """A cell without invisible marks of direction and width, which hide what a text says; é as one letter, not two."""
    return text if text.isascii() else unicodedata.normalize("NFC", _MARKS.sub("", text))


def check_letters(text: str, line: int) -> None:
    """``Unreadable`` for a cell whose letters were lost before the file was saved: they would be kept as they are."""
    if not text.isascii() and _TWICE.search(text):
        sentence = _(
            "Line %(line)s: “%(value)s” was read with the wrong letters before it was saved. "
            "Take the file out again as “CSV UTF-8” or .xlsx."
        )
        raise Unreadable(sentence % {"line": line, "value": text[:40]}, value=text)


def _by_width(content: bytes) -> str:
    """Two bytes a letter, told by their mark or by the noughts between the letters; "" for anything else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content[1::2].count(0) * 4 > len(content):
        encoding = "utf-16-le"
    elif content[::2].count(0) * 4 > len(content):
        encoding = "utf-16-be"
    else:
        return ""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as bad:
        raise _unreadable() from bad


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        twice = _TWO_BYTES.search(content)
        if twice or content.startswith(b"\xef\xbb\xbf"):
            line = content[: max(bad.start, twice.start() if twice else 0)].count(b"\n") + 1
            sentence = _("Line %(line)s: two encodings are mixed in this file. Save it again as “CSV UTF-8”.")
            raise Unreadable(sentence % {"line": line}) from bad
    found = [text for text in (_tried(content, encoding) for encoding in ONE_BYTE) if text]
    if not found:
        raise _unreadable()
    return max(found, key=_likeness)


def _tried(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _likeness(text: str) -> int:
    """How much a text reads as words: letters of Europe count for it, signs and capitals inside words against."""
    sample = text[:200_000]
    odd = sum(1 if char in WORDLY else -2 for char in sample if not char.isascii())
    return odd - 3 * len(_MISCAST.findall(sample))


def _unreadable() -> Unreadable:
    return Unreadable(_("The letters of this file cannot be read. Save it as “CSV UTF-8”."))
