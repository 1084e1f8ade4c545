"""Every sentence that code and templates show exists in French, with the same placeholders and French typography."""

import ast

import pytest

from tests.house.tree import ROOT, python_files
from ui import translations
from ui.api_words import TAG


@pytest.mark.parametrize("app", translations.APPS)
def test_every_sentence_of_the_app_is_translated(app):
    assert translations.faults(ROOT, app) == []


@pytest.mark.parametrize("app", translations.APPS)
def test_the_catalogue_is_as_the_command_writes_it(app):
    path = translations.po_path(ROOT, app)
    if not path.exists():
        assert not [message for message in translations.found(ROOT, app) if message.id]
        return
    catalog = translations.merged(translations.known(path), translations.found(ROOT, app), prune=True)
    assert path.read_bytes() == translations.written(catalog), "run `manage.py messages --prune`"


MARKS = {"_", "gettext", "ngettext", "pgettext", "gettext_lazy", "ngettext_lazy", "pgettext_lazy"}


def test_no_sentence_hides_in_an_f_string():
    """Before Python 3.12 an f-string is one token, so that the extraction would pass the words inside over."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in python_files()
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS
    ]
    assert hidden == []


@pytest.fixture
def house(tmp_path):
    """A house of one app with one sentence of each kind."""
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "words.py").write_text('_("Good day, %(name)s.")\nngettext("one day", "%(count)s days", n)\n')
    (tmp_path / "ui" / "page.html").write_text(
        "{% load i18n %}\n    {% translate 'Close' %}\n  {% blocktranslate count n=x %}{{ n }} week{% plural %}"
        "{{ n }} weeks{% endblocktranslate %}"
    )
    return tmp_path


def test_words_are_found_in_code_and_in_templates(house):
    ids = {message.id for message in translations.found(house, "ui") if message.id}
    assert ids == {"Good day, %(name)s.", ("one day", "%(count)s days"), "Close", ("%(n)s week", "%(n)s weeks")}


API = '''
router = Router(tags=["bookings"])

class Strict(base.Schema):
    model_config = {}

class Wish(Strict):
    """What one wishes.

    ``day``: which.
    """

class Door(HttpBearer):
    """No shape."""

@router.get("/wishes", summary="List wishes")
def list_wishes(request):
    """Those of today."""

def _helper():
    """No operation."""
'''


@pytest.mark.parametrize("name", ["api.py", "api/wishes.py"])
def test_what_the_api_says_of_itself_is_found_without_marks(house, name):
    path = house / "ui" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(API)
    found = {(message.id, message.context) for message in translations.found(house, "ui") if message.id}
    path.rename(house / "ui" / "other.py")
    elsewhere = {(message.id, message.context) for message in translations.found(house, "ui") if message.id}
    words = {"List wishes", "Those of today.", "What one wishes.\n\n``day``: which."}
    assert found - elsewhere == {(each, None) for each in words} | {("bookings", TAG)}


def translate(house, old: str, new: str) -> None:
    path = translations.po_path(house, "ui")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_translations_survive_an_update_and_the_bytes_stay_the_same(house):
    translations.update(house, "ui")
    translate(house, 'msgid "Close"\nmsgstr ""', 'msgid "Close"\nmsgstr "Fermer"')
    before = translations.po_path(house, "ui").read_bytes()
    translations.update(house, "ui")
    assert translations.po_path(house, "ui").read_bytes() == before


def test_a_sentence_that_comes_back_finds_its_translation_again(house):
    translations.update(house, "ui")
    translate(house, 'msgid "Close"\nmsgstr ""', 'msgid "Close"\nmsgstr "Fermer"')
    page = house / "ui" / "page.html"
    words = page.read_text()
    page.write_text("")
    translations.update(house, "ui")
    page.write_text(words)
    translations.update(house, "ui")
    assert 'msgid "Close"\nmsgstr "Fermer"' in translations.po_path(house, "ui").read_text("utf-8")


@pytest.mark.parametrize(
    ("french", "why"),
    [
        ("", "no French words"),
        ("Bonjour, %(nom)s.", "other placeholders"),
        ("Bonjour, %(name)s : entrez.", "narrow no-break space"),
        ("Bonjour, %(name)s\u202f!", "must not shout"),
    ],
)
def test_a_bad_translation_is_named(house, french, why):
    translations.update(house, "ui")
    translate(house, 'msgid "Good day, %(name)s."\nmsgstr ""', f'msgid "Good day, %(name)s."\nmsgstr "{french}"')
    assert any(why in fault for fault in translations.faults(house, "ui") if "Good day" in fault)


def test_french_counts_zero_as_one(house):
    translations.update(house, "ui")
    assert '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"' in translations.po_path(house, "ui").read_text("utf-8")
