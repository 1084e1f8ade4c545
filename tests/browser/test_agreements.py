"""The pages of agreements in a real browser: a new version, from the fault one types to the article one reads."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from people.models import Role
from policies.models import AgreementVersion, VersionState
from policies.services import documents, shipped_texts
from tests import factories

pytestmark = pytest.mark.browser
NOW = datetime(2026, 6, 3, 6, tzinfo=UTC)
ARTICLE = '\n[articles."77"]\ntitle = "Calme"\ntext = "Une pièce calme pour appeler."\nsorce = "text"'
ENGLISH = {
    "begin": "New version", "at": "Agreement, line {}", "clean": "No fault.", "kept": "Kept as edition 2.",
    "form": "As a form", "cap": "Weekly cap", "keep": "Keep the draft", "book": "Test book",
    "run": "Run all and call it tested", "tested": "Everything passes: this version may be published.",
    "sign": "Sign all that pass", "signed": "are signed.", "compare": "Comparing", "narrowed": "narrowed",
    "reading": "Reading", "publish": "Publish", "published": "in force", "once": "1 day a week",
}  # fmt: skip
FRENCH = {
    "begin": "Nouvelle version", "at": "Accord, ligne {}", "clean": "Aucune faute.", "kept": "Enregistré, édition 2.",
    "form": "Le formulaire", "cap": "Plafond hebdomadaire", "keep": "Enregistrer le brouillon",
    "book": "Cahier de cas", "run": "Tout exécuter et déclarer éprouvé",
    "tested": "Tout réussit : cette version peut être publiée.", "sign": "Signer tous ceux qui réussissent",
    "signed": "cas sont signés.", "compare": "Comparaison", "narrowed": "resserré", "reading": "Lecture",
    "publish": "Publier", "published": "en vigueur", "once": "1 jour par semaine",
}  # fmt: skip


@pytest.fixture
def hr(transactional_db, clock):
    """Somebody of human resources, under two days a week since 2024."""
    clock("2026-06-03T08:00+02:00")
    person = factories.eligible_person()
    factories.grant(person, Role.HR)
    text, cases = shipped_texts("exemple-deux-jours")
    held = factories.agreement_in_force(person.entity, text=text, since=date(2024, 1, 1))
    AgreementVersion.objects.filter(pk=held.pk).update(cases=cases)
    return person


@pytest.fixture
def draft(hr) -> AgreementVersion:
    held = AgreementVersion.objects.get()
    return documents.begin_draft(held.agreement, text=held.text, cases=held.cases, actor=hr, now=NOW)


def reach(page, target) -> None:
    """Press Tab until ``target`` has the focus, as somebody without a mouse does."""
    for _press in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def follow(page, target) -> None:
    reach(page, target)
    page.keyboard.press("Enter")


def place(page, name: str):
    """A place of this version: reading, text, form, test book…"""
    return page.locator("nav.places").get_by_role("link", name=name)


@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("fr", FRENCH)])
def test_a_version_goes_by_keyboard_from_a_fault_to_its_readers(open_page, hr, clock, language, words):
    page = open_page(hr, "/agreements/", language=language)
    follow(page, page.get_by_role("button", name=words["begin"]))
    _mend_a_fault(page, words)
    _change_a_number(page, words)
    _test_and_sign(page, words)
    follow(page, place(page, words["compare"]))
    follow(page, page.locator(".later a").last)
    expect(page.locator(".difference tr", has_text=words["cap"])).to_contain_text(words["narrowed"])
    follow(page, place(page, words["reading"]))
    page.locator("#publish-from").fill("2026-07-01")
    follow(page, page.get_by_role("button", name=words["publish"]))
    expect(page.locator(".head .tag, .table .tag").first).to_be_visible()
    version = AgreementVersion.objects.get(number=2)
    assert (version.state, version.effective_from) == (VersionState.IN_FORCE, date(2026, 7, 1))
    clock("2026-12-08T08:00+01:00")
    read = open_page(factories.eligible_person(entity=hr.entity), "/agreement/", language=language)
    expect(read.get_by_text("Une pièce calme pour appeler.")).to_be_visible()
    expect(read.locator(".rule-shown", has_text=words["cap"])).to_contain_text(words["once"])


def _mend_a_fault(page, words) -> None:
    """A misspelt key is told at its line; Enter leads there, what is typed replaces the line, Ctrl+S keeps."""
    area = page.locator("#text")
    reach(page, area)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(ARTICLE)
    line = area.evaluate("area => area.value.split('\\n').findIndex(line => line.startsWith('sorce')) + 1")
    fault = page.locator("#faults").get_by_role("link", name=words["at"].format(line)).first
    expect(page.locator("#faults")).to_contain_text("sorce")
    follow(page, fault)
    expect(area).to_be_focused()
    page.keyboard.insert_text('source = "text"')
    expect(page.locator("#faults")).to_contain_text(words["clean"])
    page.keyboard.press("Control+s")
    expect(page.get_by_text(words["kept"])).to_be_visible()


def _change_a_number(page, words) -> None:
    follow(page, place(page, words["form"]))
    limit = page.get_by_role("group", name=words["cap"]).get_by_role("textbox").first
    expect(limit).to_have_value("2")
    reach(page, limit)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("1")
    page.locator("#since").fill("2026-12-01")
    follow(page, page.get_by_role("button", name=words["keep"]))
    expect(page.locator("#faults")).to_contain_text(words["clean"])
    expect(page.get_by_role("group", name=words["cap"]).get_by_role("textbox").first).to_have_value("1")


def _test_and_sign(page, words) -> None:
    follow(page, place(page, words["book"]))
    follow(page, page.get_by_role("button", name=words["run"]))
    expect(page.get_by_text(words["tested"])).to_be_visible()
    reach(page, page.locator("#capacity"))
    page.keyboard.insert_text("DRH")
    follow(page, page.get_by_role("button", name=words["sign"]))
    expect(page.get_by_text(words["signed"])).to_be_visible()
    expect(page.locator(".book-names").first).to_contain_text("DRH")


def test_a_second_person_with_a_stale_draft_loses_nothing(open_page, hr, draft):
    other = factories.eligible_person(entity=hr.entity)
    factories.grant(other, Role.HR)
    mine, theirs = (open_page(who, f"/agreements/{draft.uid}/edit/", language="en") for who in (hr, other))
    for page, words in ((theirs, "# theirs"), (mine, "# mine")):
        page.locator("#text").focus()
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(f"\n{words}")
        page.keyboard.press("Control+s")
        expect(page.locator("[role=alert], .toasts").first).to_be_visible()
    alert = mine.locator(".error-summary")
    expect(alert).to_contain_text("This draft was changed while you were writing.")
    expect(alert).to_be_focused()
    expect(mine.locator("#text")).to_have_value(draft.text + "\n# mine")
    alert.get_by_text("What they wrote").click()
    expect(alert.locator("pre")).to_contain_text("# theirs")
    draft.refresh_from_db()
    assert draft.text.endswith("# theirs")
    mine.get_by_role("button", name="Keep the draft").click()
    expect(mine.get_by_text("Kept as edition 3.")).to_be_visible()


def test_without_scripts_a_draft_is_kept_and_its_faults_are_told(open_page, hr, draft):
    page = open_page(hr, f"/agreements/{draft.uid}/edit/", language="en", scripts=False)
    page.locator("#text").fill(draft.text.replace('kind = "weekly_cap"', 'kind = "weekly_cup"'))
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.locator("#faults")).to_contain_text("weekly_cap")


@pytest.mark.parametrize("width", [320, 390, 720])
def test_no_page_of_an_agreement_scrolls_sideways(open_page, hr, draft, width):
    draft.agreement.title = "Accord relatif au télétravail et à l’organisation hybride du travail " * 3
    draft.agreement.save()
    factories.eligible_person(entity=hr.entity)
    page = open_page(hr, "/agreements/", language="fr", width=width)
    pages = ("", "edit/", "form/", "cases/", "compare/", "lab/", "cases/new/")
    addresses = [f"/agreements/{draft.uid}/{name}" for name in pages]
    others = ["/agreements/", "/agreement/", "/exceptional/", "/exceptional/new/", "/terms/", "/terms/people/"]
    wide = []
    for address in addresses + others:
        assert page.goto(address).ok, address
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    assert not wide


def test_on_paper_an_agreement_is_its_articles_alone(open_page, hr, draft):
    page = open_page(hr, f"/agreements/{draft.uid}/", language="en")
    page.emulate_media(media="print")
    expect(page.locator("nav.places")).to_be_hidden()
    expect(page.get_by_role("button", name="Publish")).to_be_hidden()
    expect(page.locator("#article-3")).to_contain_text("Ninety days a year")
