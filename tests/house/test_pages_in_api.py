"""Everything the pages do, the API does: each page names its counterpart, or the reason why it needs none."""

import tomllib
from pathlib import Path

import pytest

from tests.house.doors import doors

API = "api-v1:"
TABLE = tomllib.loads(Path(__file__).with_name("pages_in_api.toml").read_text("utf-8"))
NEED_NONE = [page for pages in TABLE["none"].values() for page in pages]
PAGES = sorted(name for name in doors() if not name.startswith(API))


def test_every_page_has_its_counterpart_or_a_reason():
    told = [*TABLE["api"], *NEED_NONE]
    assert sorted(set(PAGES) - set(told)) == [], "pages are missing in tests/house/pages_in_api.toml"
    assert sorted(set(told) - set(PAGES)) == [], "rows of tests/house/pages_in_api.toml are about no page"
    assert sorted(page for page in set(told) if told.count(page) > 1) == [], "pages stand there twice"


@pytest.mark.parametrize("page", TABLE["api"])
def test_every_counterpart_is_an_operation_that_the_same_people_may_use(page):
    operations = TABLE["api"][page]
    assert operations and [name for name in operations if API + name not in doors()] == []
    decides = {doors()[API + name].operation or doors()[API + name].list for name in operations}
    wanted = doors()[page].operation or doors()[page].list
    differs = bool(wanted) and wanted not in decides
    assert differs == (page in TABLE["apart"]), f"{page} asks “{wanted}”, its counterparts {sorted(decides)}"
