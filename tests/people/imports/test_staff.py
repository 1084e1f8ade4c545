"""Files of human resources: what lines say of people, contracts, teams and managers, held against what is there."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.imports import Unreadable
from people.models import Contract, Entity, Membership, Person, Place, Team
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 2)
HEAD = "Matricule;Nom;Prénom;Courriel;Date d'entrée;Taux;Équipe;Manager\n"


def sentences(plan) -> str:
    return "\n".join(f"{fault.line}: {fault.sentence}" for fault in plan.faults)


def line(
    number="7", last="Martin", first="Léa", mail="lea@example.org", hired="15/09/2025", rate="80", team="", boss=""
):
    return ";".join((number, last, first, mail, hired, rate, team, boss)) + "\n"


def test_somebody_new_comes_with_contract_and_team(office, team):
    plan = office.load(HEAD + line(team=team.name))
    lea = Person.objects.get(number="7")
    assert (lea.name, lea.hired_on, lea.site) == ("Léa Martin", date(2025, 9, 15), team.site)
    contract = lea.contracts.get()
    assert (contract.start, contract.rate, contract.status) == (date(2025, 9, 15), Decimal(80), "permanent")
    assert lea.memberships.get().team == team
    assert plan.counts["new"] == 1 and plan.counts["lines"] == 1


def test_the_same_file_again_changes_nothing(office, team):
    content = HEAD + line(team=team.name)
    office.load(content)
    plan = office.look(content)
    assert (plan.changes, plan.unchanged, plan.faults) == ([], 1, [])


def test_another_rate_is_a_new_contract_from_the_day_chosen(office):
    person = factories.eligible_person(number="8", entity=Entity.objects.first())
    Membership.objects.filter(person=person).delete()
    office.load("matricule;taux\n8;50 %\n", kind="contracts")
    old, new = person.contracts.order_by("start")
    assert (old.rate, old.end, new.rate, new.start, new.pattern) == (
        100, date(2026, 2, 1), 50, TODAY, old.pattern)  # fmt: skip


def test_an_empty_cell_leaves_what_is_there(office, team):
    person = factories.eligible_person(team=team, number="9", job_title="Clerk")
    plan = office.look("matricule;emploi\n9;\n")
    assert plan.unchanged == 1 and person.job_title == "Clerk"


def test_every_fault_of_every_line_is_told(office, team):
    plan = office.look(HEAD + line(mail="lea", hired="31/02/2025") + line("8", "", "Jo", "jo@example.org", rate="140"))
    assert "2: “lea” is no mail address" in sentences(plan)
    assert "2: 31/02/2025 does not exist" in sentences(plan)
    assert "3: 140 is no rate" in sentences(plan)


def test_managers_lead_the_team_of_the_line(office, team):
    office.load(HEAD + line("1", "Chef", "Ana", "ana@example.org") + line("2", team=team.name, boss="1"))
    assert Membership.objects.get(team=team, role="manager").person.number == "1"


def test_a_circle_of_managers_is_named(office, team):
    second = factories.TeamFactory(entity=team.entity, site=team.site)
    plan = office.look(
        HEAD + line("1", "A", "Ana", "a@example.org", team=team.name, boss="2")
        + line("2", "B", "Ben", "b@example.org", team=second.name, boss="1")
    )  # fmt: skip
    assert "Ana A → Ben B → Ana A" in sentences(plan)
    assert plan.fault_count == 1


def test_managers_no_longer_named_stop_leading_when_the_file_names_one_for_everybody(office, team, hr):
    old = factories.PersonFactory(entity=team.entity, site=team.site, number="O")
    factories.MembershipFactory(person=old, team=team, role="manager")
    new = factories.PersonFactory(entity=team.entity, site=team.site, number="N")
    office.load("matricule;manager\nHR1;N\n")
    roles = {row.person_id: row.last_day for row in Membership.objects.filter(team=team, role="manager")}
    assert roles == {old.pk: date(2026, 2, 1), new.pk: None}


def test_nobody_changes_their_own_line(office):
    assert "your own data" in sentences(office.look("matricule;emploi\nHR1;Director\n"))


def test_a_leaver_loses_contract_team_and_access(office, team):
    gone = factories.eligible_person(team=team, number="L")
    office.load("matricule;date de sortie\nL;31/01/2026\n")
    gone.refresh_from_db()
    assert gone.contracts.get().end == gone.memberships.get().last_day == date(2026, 1, 31)
    assert not gone.account.is_active


def test_nobody_leaves_by_omission_beyond_five_percent(office, team):
    numbers = [f"P{number}" for number in range(38)]
    for number in numbers:
        factories.eligible_person(team=team, number=number)
    rows = "matricule\nHR1\n"
    whole = rows + "".join(f"{number}\n" for number in numbers)
    assert office.look(whole, whole=True).counts["leaves"] == 0
    one = office.look(rows + "".join(f"{number}\n" for number in numbers[1:]), whole=True)
    assert one.counts["leaves"] == 1 and not one.faults
    two = office.look(rows + "".join(f"{number}\n" for number in numbers[2:]), whole=True)
    assert "2 of 39 people are not in the file (5.2 %)" in sentences(two)
    assert office.look(rows).counts["leaves"] == 0


@pytest.mark.parametrize(
    "column", ["Rôle", "Admin", "NIR", "N° de sécurité sociale", "RQTH", "Visite médicale", "Droits d’accès"]
)
def test_columns_that_no_file_may_hold_are_refused(office, column):
    with pytest.raises(Unreadable, match="Take it out"):
        office.look(f"matricule;nom;{column}\n1;Martin;x\n")


@pytest.mark.parametrize("number", ["1 85 05 78 006 084 91", "185057800608491", "n° 2 69 05 2A 588 157 17 (copie)"])
def test_a_social_security_number_is_found_in_any_column_by_its_key(office, number):
    with pytest.raises(Unreadable, match="social security number") as refused:
        office.look(f"matricule;nom;remarque\n1;Martin;{number}\n")
    assert "05" not in str(refused.value)
    other = re.sub(r"(91|17)(?=\D*$)", "90", number)
    assert office.look(f"matricule;nom;remarque\n1;Martin;{other}\n").fault_count == 1  # the first name is missing


def test_dates_say_their_order_by_the_column(office, team):
    office.load("matricule;nom;prénom;date d'entrée;site\n"
                f"1;A;A;03/25/2024;{team.site.name}\n2;B;B;04/02/2024;{team.site.name}\n")  # fmt: skip
    assert Person.objects.get(number="2").hired_on == date(2024, 4, 2)


def test_dates_that_may_be_read_in_two_ways_are_asked_about(office, team):
    content = f"matricule;nom;prénom;date d'entrée;site\n2;B;B;04/02/2024;{team.site.name}\n"
    assert "in two ways" in sentences(office.look(content))
    office.load(content, order="dmy")
    assert Person.objects.get(number="2").hired_on == date(2024, 2, 4)


def test_another_entity_is_unknown_and_untouched(office):
    stranger = factories.PersonFactory(number="X", email="x@else.example")
    plan = office.look("matricule;entité;nom;prénom\nX;" + stranger.entity.name + ";N;P\n")
    assert "not known as entity" in sentences(plan)
    assert "nobody in these entities" in sentences(office.look("matricule;taux\nX;50\n", kind="contracts"))


def test_duplicates_inside_the_file_and_against_today_are_named(office, team):
    factories.PersonFactory(entity=team.entity, site=team.site, number="5", email="taken@example.org", last_name="Roy")
    plan = office.look(HEAD + line("1") + line("1") + line("6", mail="taken@example.org"))
    assert "3: Léa Martin stands on line 2 already" in sentences(plan)
    assert "4: The address taken@example.org belongs to" in sentences(plan)


def test_invited_people_have_an_account_and_a_letter(office, team):
    office.load(HEAD + line(team=team.name), invite=True)
    lea = Person.objects.get(number="7")
    assert lea.account.email == "lea@example.org" and not lea.account.has_usable_password()


def test_teams_and_their_leaders_and_places(office, team, hr):
    site = team.site.name
    office.load(f"équipe;site;codes\nNord;{site};branch field\n", kind="teams")
    assert Team.objects.get(name="Nord").codes == ["branch", "field"]
    chief = factories.PersonFactory(entity=team.entity, site=team.site, number="C")
    office.load("équipe;responsable;adjoint;depuis\nNord;C;;2026-03-01\n", kind="managers")
    assert chief.memberships.get(role="manager").first_day == date(2026, 3, 1)
    office.load("matricule;libellé;type;depuis\nC;maison;domicile;2026-01-01\n", kind="places")
    assert Place.objects.get(person=chief).commune == ""
    with pytest.raises(Unreadable, match="for its person to declare"):
        office.look("matricule;libellé;commune\nC;maison;Niort\n", kind="places")


def test_new_teams_are_made_only_where_that_was_chosen(office, team):
    content = HEAD + line(team="Sud")
    assert "“Sud” is not known" in sentences(office.look(content))
    office.load(content, create_teams=True)
    assert Team.objects.get(name="Sud").memberships.get().person.number == "7"


def test_a_refused_file_writes_nothing(office, team):
    before = [list(model.objects.order_by("pk").values()) for model in (Person, Contract, Membership, Team)]
    assert office.look(HEAD + line(team=team.name) + line("8", mail="?")).faults
    assert before == [list(model.objects.order_by("pk").values()) for model in (Person, Contract, Membership, Team)]


def test_planning_asks_the_same_number_of_queries_for_more_lines(office, team):
    for number in range(20):
        factories.eligible_person(team=team, number=str(number), email=f"p{number}@example.org")

    def asked(count):
        rows = "".join(line(str(n), mail=f"p{n}@example.org", team=team.name, rate="100") for n in range(count))
        with CaptureQueriesContext(connection) as told:
            office.look(HEAD + rows)
        return [query["sql"][:120] for query in told]

    asked(1)
    assert len(asked(40)) == len(asked(1)) <= 11, "\n".join(asked(40))


def test_commas_in_remarks_do_not_divide_a_file_of_semicolons(office, team):
    remark = "one, two, three, four, five, six, seven"
    content = f"Liste, au 1er février\nmatricule;nom;prénom;site;remarque\n1;A;B;{team.site.name};{remark}\n"
    office.load(content + f"2;C;D;{team.site.name};\n")
    assert Person.objects.filter(number__in="12").count() == 2
