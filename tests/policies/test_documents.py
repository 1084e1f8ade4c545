"""HR writes agreements: drafts, the editor and its faults, the form, the test book, two side by side, publication."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from people.models import AuditEvent, Role
from policies.core.agreement import AgreementError
from policies.models import AgreementVersion, CaseSignature, VersionState
from policies.services import documents, publish_version
from policies.services.documents import StaleEdition
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 3, 6, tzinfo=UTC)
CASES = """[defaults]
today = 2026-06-03

[[cases]]
name = "The hundredth day"
taken = 99
request = { day = 2026-11-12 }
expect = { verdict = "possible", left = 0 }
"""


@pytest.fixture(autouse=True)
def _june(clock):
    clock("2026-06-03T08:00+02:00")


@pytest.fixture
def hr():
    person = factories.eligible_person()
    factories.grant(person, Role.HR)
    return person


@pytest.fixture
def pages(hr) -> Client:
    client = Client()
    client.force_login(hr.account)
    return client


@pytest.fixture
def draft(hr) -> AgreementVersion:
    held = factories.agreement_in_force(hr.entity, approval=False)
    return documents.begin_draft(held.agreement, text=held.text, cases=CASES, actor=hr, now=NOW)


def _save(draft, hr, **changes):
    typed = {"text": draft.text, "cases": draft.cases, "edition": draft.edition} | changes
    return documents.save_draft(draft, **typed, actor=hr, now=NOW)


def test_a_draft_is_kept_faults_and_all(draft, hr):
    kept = _save(draft, hr, text="title = ")
    assert (kept.text, kept.edition, kept.state) == ("title = ", 2, VersionState.DRAFT)


def test_two_people_do_not_overwrite_each_other(draft, hr):
    _save(draft, hr, text=draft.text + "\n# one")
    with pytest.raises(StaleEdition) as stale:
        _save(draft, hr, text=draft.text + "\n# two")
    draft.refresh_from_db()
    assert stale.value.version.edition == draft.edition == 2 and draft.text.endswith("# one")


def test_what_is_in_force_can_neither_be_edited_nor_taken_away(draft, hr):
    held = publish_version(draft, date(2026, 7, 1), now=NOW, actor=hr)
    with pytest.raises(AgreementError):
        _save(held, hr, text="other")
    with pytest.raises(AgreementError):
        documents.remove_draft(held, actor=hr, now=NOW)
    assert AgreementVersion.objects.get(pk=held.pk).text == draft.text


def test_an_agreement_goes_with_its_only_draft_and_leaves_a_trace(hr):
    version = documents.begin_agreement(hr.entity, title="Été", text="", cases="", actor=hr, now=NOW)
    assert version.agreement.slug == "ete"
    documents.remove_draft(version, actor=hr, now=NOW)
    assert not hr.entity.agreements.filter(slug="ete").exists()
    assert AuditEvent.objects.filter(verb="agreement_draft_removed").exists()


def test_two_agreements_of_one_title_have_two_names(hr):
    begun = [documents.begin_agreement(hr.entity, title="T", text="", cases="", actor=hr, now=NOW) for _ in "ab"]
    assert [version.agreement.slug for version in begun] == ["t", "t-2"]


def test_a_signature_stands_until_the_case_or_its_answer_changes(draft, hr, pages):
    documents.sign_cases(draft, ["The hundredth day"], capacity="Works council", signer=hr, now=NOW)
    assert "Works council" in _book(pages, draft)
    _save(
        draft,
        hr,
        text=draft.text.replace("limit = 100", "limit = 101"),
        cases=draft.cases.replace("left = 0", "left = 1"),
    )
    said = _book(pages, draft)
    assert "Works council" not in said and "Signed before, but changed since." in said


def test_only_what_passes_can_be_signed(draft, hr):
    _save(draft, hr, cases=draft.cases.replace("left = 0", "left = 7"))
    with pytest.raises(AgreementError):
        documents.sign_cases(draft, ["The hundredth day"], capacity="HR", signer=hr, now=NOW)
    assert not CaseSignature.objects.exists()


def _book(pages, version) -> str:
    return pages.get(reverse("agreement_cases", args=[version.uid])).content.decode()


def test_the_page_signs_all_that_pass_and_asks_in_what_capacity(draft, pages):
    address = reverse("agreement_sign", args=[draft.uid])
    refused = pages.post(address, {"all": "1", "capacity": " "})
    assert refused.status_code == 422 and "In what capacity" in refused.content.decode()
    pages.post(address, {"all": "1", "capacity": "HR director"})
    assert CaseSignature.objects.get().capacity == "HR director"


def test_the_list_shows_every_version_and_what_holds_today(draft, pages):
    said = pages.get(reverse("agreements")).content.decode()
    assert "Version 1" in said and "Version 2" in said and "in force" in said and "draft" in said


def test_somebody_who_is_not_hr_finds_no_such_page(draft):
    client = Client()
    client.force_login(factories.eligible_person(entity=draft.agreement.entity).account)
    for name in ("agreement_version", "agreement_edit", "agreement_cases", "agreement_compare", "agreement_form"):
        assert client.get(reverse(name, args=[draft.uid])).status_code == 404
    assert client.get(reverse("agreements")).status_code == 404


def test_the_editor_names_the_line_of_a_fault_and_keeps_what_was_typed(draft, pages):
    typed = draft.text.replace('kind = "half_days"', 'kind = "half_dais"')
    line = typed.split("\n").index('kind = "half_dais"') + 1
    said = pages.post(reverse("agreement_lint", args=[draft.uid]), {"text": typed, "cases": ""}).content.decode()
    assert f"line {line}" in said and "half_days" in said
    answer = pages.post(reverse("agreement_edit", args=[draft.uid]), {"text": typed, "cases": "", "edition": "1"})
    assert answer.status_code == 302
    assert AgreementVersion.objects.get(pk=draft.pk).text == typed


def test_a_stale_editor_loses_nothing(draft, hr, pages):
    _save(draft, hr, text=draft.text + "\n# theirs")
    answer = pages.post(reverse("agreement_edit", args=[draft.uid]), {"text": "mine", "cases": "", "edition": "1"})
    said = answer.content.decode()
    assert answer.status_code == 409 and ">mine</textarea>" in said and "# theirs" in said


@pytest.mark.parametrize("text", ["", "\x00", "title = " * 9, "[" * 5000, "ü" * 400_000, "a = 1\n" * 60_000])
def test_nothing_typed_into_the_editor_breaks_it(draft, pages, text):
    form = {"text": text, "cases": text, "edition": "1"}
    assert pages.post(reverse("agreement_lint", args=[draft.uid]), form).status_code == 200


def test_publishing_puts_a_version_in_force_from_its_day(draft, pages):
    pages.post(reverse("agreement_publish", args=[draft.uid]), {"from": "2026-09-01"})
    draft.refresh_from_db()
    assert (draft.state, draft.effective_from) == (VersionState.IN_FORCE, date(2026, 9, 1))


@pytest.mark.parametrize("day", ["", "31/12/2026", "2019-01-01"])
def test_a_day_that_cannot_be_is_told_and_nothing_changes(draft, pages, day):
    answer = pages.post(reverse("agreement_publish", args=[draft.uid]), {"from": day})
    draft.refresh_from_db()
    assert answer.status_code == 422 and draft.state == VersionState.DRAFT


def test_a_failing_case_keeps_a_version_from_being_published(draft, hr, pages):
    _save(draft, hr, cases=draft.cases.replace("left = 0", "left = 7"))
    answer = pages.post(reverse("agreement_publish", args=[draft.uid]), {"from": "2026-09-01"})
    assert answer.status_code == 422 and "The hundredth day" in answer.content.decode()


def test_the_form_writes_a_value_from_a_day_on_and_keeps_the_comments(draft, hr, pages):
    _save(draft, hr, text="# what we agreed\n" + draft.text)
    page = pages.get(reverse("agreement_form", args=[draft.uid])).content.decode()
    name = next(part for part in page.split('"') if part == "rules.0.0.limit")
    typed = {"edition": "2", "since": "2027-01-01", f"{name}?": "1", name: "90"}
    pages.post(reverse("agreement_form", args=[draft.uid]), typed)
    draft.refresh_from_db()
    assert draft.text.startswith("# what we agreed") and "from = 2027-01-01\nlimit = 90" in draft.text
    assert "limit = 100" in draft.text


@pytest.mark.parametrize("typed", [{"limit": "many"}, {"since": "tomorrow"}])
def test_the_form_says_what_it_cannot_read(draft, pages, typed):
    name = "rules.0.0.limit"
    form = {"edition": "1", "since": typed.get("since", ""), f"{name}?": "1", name: typed.get("limit", "90")}
    answer = pages.post(reverse("agreement_form", args=[draft.uid]), form)
    draft.refresh_from_db()
    assert answer.status_code == 422 and draft.edition == 1


def test_two_versions_stand_side_by_side(draft, hr, pages):
    _save(draft, hr, text=draft.text.replace("limit = 100", "limit = 90"))
    said = pages.get(reverse("agreement_compare", args=[draft.uid])).content.decode()
    assert "narrowed" in said and "90 days a year" in said and "100 days a year" in said


def test_a_version_of_somebody_else_is_not_compared_with(draft, pages):
    other = factories.agreement_in_force(factories.eligible_person().entity)
    for uid in (other.uid, uuid4()):
        assert pages.get(reverse("agreement_compare", args=[draft.uid]), {"with": uid}).status_code == 404


def test_a_new_agreement_begins_on_a_page_without_fault(hr, pages):
    factories.agreement_in_force(hr.entity)
    answer = pages.post(reverse("agreement_new"), {"entity": hr.entity.uid, "from": ""}, follow=True)
    assert "No fault." in answer.content.decode()


def test_everybody_reads_the_agreement_in_force_for_them(draft):
    reader = factories.eligible_person(entity=draft.agreement.entity)
    client = Client()
    client.force_login(reader.account)
    said = client.get(reverse("agreement")).content.decode()
    assert "The only article." in said and "For you" in said and "100 days" in said


def test_without_an_agreement_the_page_says_so(hr, pages):
    assert "No telework agreement is in force" in pages.get(reverse("agreement")).content.decode()


def test_pages_ask_the_same_of_the_database_whatever_the_number_of_cases(
    draft, hr, pages, django_assert_max_num_queries
):
    case = CASES.split("[[cases]]")[1]
    many = CASES + "".join("[[cases]]" + case.replace("hundredth day", f"day {number}") for number in range(60))
    _save(draft, hr, cases=many)
    names = ["The hundredth day", *(f"The day {number}" for number in range(60))]
    documents.sign_cases(draft, names, capacity="HR", signer=hr, now=NOW)
    with django_assert_max_num_queries(10):
        _book(pages, draft)
    with django_assert_max_num_queries(10):
        pages.get(reverse("agreement_version", args=[draft.uid]))


def test_an_upgrade_that_answers_otherwise_is_told_by_name(draft, hr, capsys):
    documents.sign_cases(draft, ["The hundredth day"], capacity="HR", signer=hr, now=NOW)
    publish_version(draft, date(2026, 7, 1), now=NOW, actor=hr)
    call_command("check_agreements")
    assert "every case answers as it was signed" in capsys.readouterr().out
    CaseSignature.objects.update(fingerprint="of another engine")
    with pytest.raises(CommandError):
        call_command("check_agreements")
    assert "“The hundredth day” was signed with another answer" in capsys.readouterr().out
