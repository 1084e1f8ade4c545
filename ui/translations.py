"""Words and their translations: found in code and templates, kept in one ``django.po`` an app, compiled by Babel.

English is the source, so only French has catalogues. GNU gettext is not needed: Babel reads, writes and compiles.
"""

import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ui.api_words import api_words, speaks_for_the_api
from ui.typography import faults_anywhere, faults_in_french

APPS = ("config", "ui", "people", "notifications", "policies", "telework")
LANGUAGE = "fr"
HEADER = """\
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}|%([sd])")
Key = tuple[object, str | None]


def po_path(root: Path, app: str) -> Path:
    return root / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def _sources(root: Path, app: str) -> Iterator[Path]:
    for path in sorted((root / app).rglob("*")):
        inside = path.relative_to(root).parts
        # The pure core speaks from its own table of sentences; migrations repeat what models say.
        if path.is_file() and "migrations" not in inside and inside[:2] != ("policies", "core"):
            yield path


def _as_python(path: Path) -> bytes:
    """The file as Python that Babel can read; a template becomes the gettext calls that it stands for."""
    if path.suffix == ".py":
        return path.read_bytes()
    from django.utils.translation.template import templatize

    # A template's indentation would be an error to Python's tokenizer.
    lines = templatize(path.read_text("utf-8"), origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines).encode()


def found(root: Path, app: str) -> Catalog:
    """Every message that the code and templates of ``app`` ask to be translated."""
    catalog = Catalog()
    for path in _sources(root, app):
        if path.suffix not in {".py", ".html", ".txt"}:
            continue
        source = io.BytesIO(_as_python(path))
        for _line, message, comments, context in extract("python", source, KEYWORDS, ("Translators",)):
            catalog.add(message, auto_comments=comments, context=context)
    for words, context in api_words(filter(speaks_for_the_api, _sources(root, app))):
        catalog.add(words, context=context)
    return catalog


def known(path: Path) -> Catalog:
    """The catalogue as it lies on disk, an empty one if there is none."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def _key(message: Message) -> Key:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id, message.context


def merged(old: Catalog, new: Catalog, *, prune: bool) -> Catalog:
    """``new`` with the translations of ``old``; what nobody asks for any more is kept aside unless ``prune``."""
    translations = {_key(message): message for message in [*old.obsolete.values(), *old] if message.id}
    catalog = Catalog(locale=LANGUAGE)
    for message in new:
        if not message.id:
            continue
        before = translations.pop(_key(message), None)
        plural = isinstance(message.id, tuple | list)
        string = before.string if before and isinstance(before.string, tuple | list) == plural else None
        flags = set() if plural or not before else set(before.flags)
        catalog.add(message.id, string, flags=flags, auto_comments=message.auto_comments, context=message.context)
    if not prune:
        catalog.obsolete = {_key(left): left for left in translations.values() if _forms(left.string)[0]}
    return catalog


def written(catalog: Catalog) -> bytes:
    """The catalogue as bytes that change only when words do: sorted, without line numbers and dates."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + buffer.getvalue().lstrip()


def update(root: Path, app: str, *, prune: bool = False) -> None:
    """Bring the catalogue of ``app`` up to date with its code and templates."""
    path = po_path(root, app)
    catalog = merged(known(path), found(root, app), prune=prune)
    if not path.exists() and not len(catalog):
        return
    words = written(catalog)
    if not path.exists() or path.read_bytes() != words:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words)


def compile_all(root: Path) -> None:
    """Compile catalogues that are newer than what was compiled of them; safe beside another process that does so."""
    for app in APPS:
        source = po_path(root, app)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".tmp", delete=False) as file:
            write_mo(file, known(source))
        os.chmod(file.name, 0o644)  # whoever installs is not who serves
        os.replace(file.name, target)


def faults(root: Path, app: str) -> list[str]:
    """A sentence for each message of ``app`` that is not translated, or not well."""
    translated = {_key(message): message for message in known(po_path(root, app)) if message.id}
    sentences = []
    for message in found(root, app):
        if message.id:
            sentences += [f"{app}: {_key(message)[0]!r} {why}" for why in _why(message, translated.get(_key(message)))]
    return sentences


def _forms(words) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, tuple | list) else (words or "",)


def _why(message: Message, translation: Message | None) -> Iterator[str]:
    if translation is None:
        yield "is not in the French catalogue; run `manage.py messages` and translate it."
        return
    if translation.fuzzy:
        yield "is marked fuzzy; check its French words and remove the mark."
    asked, given = _forms(message.id), _forms(translation.string)
    if len(asked) != len(given) or not all(given):
        yield "has no French words (each plural form needs its own)."
        return
    for source, words in zip(asked, given, strict=True):
        if _placeholders(source) != _placeholders(words):
            yield f"names other placeholders in French: {words!r}."
        yield from faults_anywhere(source)
        yield from _typography(words)


def _placeholders(words: str) -> set[str]:
    return {"".join(match) for match in PLACEHOLDER.findall(words.replace("%%", ""))}


def _typography(words: str) -> Iterator[str]:
    yield from faults_in_french(words)
    if "!" in words:
        yield f"must not shout: {words!r}."
