"""Human resources bring a thousand people in a file of their payroll software, mend two lines of it, and take them out.

By keyboard, in either language; the file is in cp1252, with semicolons, French titles and days before months.
"""

import csv
import re

import pytest
from playwright.sync_api import TimeoutError, expect

from people import tasks
from people.models import ImportRun, Membership, Person
from tests import factories
from tests.browser.walk import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MANY = 1000
TITLES = "Matricule;Nom;Prénom;Mail professionnel;Date d'entrée;Type de contrat;Quotité;Service;Matricule N+1"
NAMES = ("Lefèvre", "Nuñez", "Benaïm", "Çelik", "O’Brien", "De La Tour")
FIRST = ("Zoé", "François", "Maëlle", "Loïc", "Hélène")


@pytest.fixture
def hr(transactional_db, clock):
    """Somebody of human resources, in an entity that has one team so far."""
    clock("2026-02-02T09:00+01:00")
    team = factories.TeamFactory(name="Sinistres auto")
    person = factories.eligible_person(team=team, first_name="Hélène", last_name="Vasseur", number="RH1")
    factories.grant(person, "hr")
    return person


def payroll(folder, *, mended: bool):
    """The file, as software from before Unicode writes it; unless it is mended, lines 315 and 778 are wrong."""
    lines = [TITLES]
    for number in range(MANY):
        day = f"{number % 28 + 1:02}/{number % 12 + 1:02}/20{number % 15 + 10}"
        key = f"{number + 1:05}"
        if not mended and number == 313:
            day = "31/02/2019"
        if not mended and number == 776:
            key = "00012"
        name, first = NAMES[number % len(NAMES)], FIRST[number % len(FIRST)]
        service = "Gestion" if number % 2 else "Sinistres auto"
        boss = "" if number < 2 else "00001"
        lines.append(
            f"{key};{name};{first};p{number + 1}@exemple.fr;{day};CDI;{(80, 100)[number % 2]},00;{service};{boss}"
        )
    path = folder / ("salaries_corrige.csv" if mended else "salaries.csv")
    path.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
    return path


def choose(walker: Walker, path) -> None:
    """The file, through the window that the browser opens for it. A busy one may need asking twice."""
    walker.reach(walker.page.locator("#import-file"))
    for patience in (15_000, 60_000):
        try:
            with walker.page.expect_file_chooser(timeout=patience) as window:
                walker.page.keyboard.press("Enter")
            break
        except TimeoutError:
            continue
    window.value.set_files(path)
    expect(walker.page.locator(".pick-name")).to_have_text(path.name)
    walker.look()
    walker.press("Read the columns")
    walker.sees("What the columns mean")


def worked(walker: Walker) -> None:
    """A page says how far the work is; then the worker, which is us, has done it and the page goes on by itself."""
    expect(walker.page.locator("progress")).to_be_visible()
    walker.look()
    assert tasks.work_on_import(str(ImportRun.objects.first().uid))
    expect(walker.page.locator("progress")).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_thousand_people_by_keyboard(open_page, hr, tmp_path, language):
    walker = Walker(open_page(hr, "/people/", language=language), language, "import")
    page, keys = walker.page, walker.page.keyboard
    walker.look()
    walker.follow("Import")
    walker.at("/people/import/")
    walker.look()
    choose(walker, payroll(tmp_path, mended=False))
    confirm(walker)

    faults = page.locator(".import-table tbody tr")
    expect(faults).to_have_count(2)
    expect(faults.first).to_contain_text("31/02/2019")
    assert re.findall(r"^\d+", faults.first.inner_text()) == ["315"]
    assert "778" in faults.last.inner_text()
    walker.look()
    assert Person.objects.count() == 1

    walker.follow("Choose the corrected file")
    walker.at("/people/import/")
    choose(walker, payroll(tmp_path, mended=True))
    confirm(walker)
    walker.sees("Difference to today")
    walker.press("Write these changes")
    worked(walker)
    walker.sees("Written")
    assert Membership.objects.filter(team__name="Gestion", role="member").count() == MANY // 2

    walker.follow("To the people")
    walker.at("/people/")
    walker.look()
    page.goto("/exports/")
    csv_of_people = page.locator("button[formaction*='people.csv']")
    walker.reach(csv_of_people)
    walker.look()
    with page.expect_download() as taken:
        keys.press("Enter")
    with open(taken.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";" if language == "fr" else ","))
    assert len(rows) == MANY + 2
    assert any("François" in row and "Nuñez" in row for row in rows)


def confirm(walker: Walker) -> None:
    """Everything was recognised; the team that is not there yet is to be created."""
    for title in walker.page.locator(".import-columns select").all():
        assert title.input_value(), "a column was not recognised"
    walker.look()
    walker.reach(walker.page.locator("input[name=create_teams]"))
    walker.page.keyboard.press("Space")
    walker.look()
    walker.press("See the difference")
    worked(walker)
