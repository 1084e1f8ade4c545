"""Places and autonomy as scripts meet them: declared, ended, agreed; validated and taken back."""

from datetime import date
from uuid import uuid4

import pytest

from people.models import AuditEvent, Place
from tests import factories
from tests.telework.test_api import Script, at_nine, key_of

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db
CABIN = {"label": "Cabin", "commune": "Melle", "secure_internet": True, "insured_until": "2027-06-30"}


@pytest.fixture
def api(at_nine):
    return Script(at_nine.person)


@pytest.fixture
def manager_api(at_nine):
    return Script(at_nine.manager)


class TestPlaces:
    def test_one_is_declared_listed_and_ended(self, api):
        made = api("POST", "/places", CABIN)
        assert (made.status_code, made.json()["declared_on"], made.json()["commune"]) == (201, "2026-06-08", "Melle")
        uid = made.json()["uid"]
        ended = api("POST", f"/places/{uid}/end", {"last_day": "2026-12-31"}).json()
        assert ended["until"] == "2026-12-31"
        assert ended in api("GET", "/places").json()["items"]

    def test_what_cannot_be_kept_names_its_field_and_writes_nothing(self, api):
        before = Place.objects.count()
        insured = api("POST", "/places", CABIN | {"insured_until": "2026-06-01"})
        assert (insured.status_code, insured.json()["field"]) == (422, "insured_until")
        assert api("POST", "/places", CABIN | {"country": "Spain"}).json()["field"] == "country"
        assert api("POST", "/places", CABIN | {"gps": "46.2,-0.1"}).json()["field"] == "gps"
        assert Place.objects.count() == before

    def test_a_place_cannot_end_before_it_began(self, api):
        uid = api("POST", "/places", CABIN).json()["uid"]
        answer = api("POST", f"/places/{uid}/end", {"last_day": "2026-06-01"})
        assert (answer.status_code, answer.json()["field"]) == (422, "last_day")
        assert Place.objects.get(uid=uid).until is None

    def test_the_manager_reads_and_agrees_and_hr_does_so_without_the_commune(self, api, manager_api, at_nine):
        uid = api("POST", "/places", CABIN).json()["uid"]
        hr = factories.PersonFactory(entity=at_nine.team.entity, site=at_nine.team.site)
        factories.grant(hr, "hr")
        path = f"/people/{at_nine.person.uid}/places"
        assert manager_api("GET", path).json()["items"][-1]["commune"] == "Melle"
        assert Script(hr)("GET", path).json()["items"][-1]["commune"] is None
        agreed = Script(hr)("POST", f"/places/{uid}/agree", {"agreed": True}).json()
        assert (agreed["agreed"], agreed["commune"]) == (True, None)
        assert manager_api("POST", f"/places/{uid}/agree", {"agreed": False}).json()["agreed"] is False

    def test_foreign_and_unknown_places_answer_alike(self, manager_api, at_nine):
        foreign = factories.eligible_person().places.get()
        for path, body in (("end", {}), ("agree", {"agreed": True})):
            answers = {manager_api("POST", f"/places/{uid}/{path}", body).content for uid in (foreign.uid, uuid4())}
            assert len(answers) == 1 and b"not_found" in answers.pop()
        own = at_nine.person.places.get()
        assert manager_api("POST", f"/places/{own.uid}/end", {}).status_code == 404

    def test_a_key_opens_it_within_its_scope(self, at_nine, capsys):
        reads = Script(key=key_of(at_nine.person, "places:read", capsys=capsys))
        assert reads("GET", "/places").status_code == 200
        assert reads("POST", "/places", CABIN).status_code == 403


class TestAutonomy:
    @pytest.fixture
    def newcomer(self, at_nine):
        return factories.eligible_person(team=at_nine.team, autonomy_validated_on=None, hired_on=date(2026, 6, 1))

    def test_whoever_leads_the_person_says_it_and_takes_it_back(self, manager_api, newcomer):
        waiting = manager_api("GET", "/autonomy?validated=false").json()
        assert (waiting["count"], waiting["items"][0]["person"]["uid"]) == (1, str(newcomer.uid))
        path = f"/people/{newcomer.uid}/autonomy"
        assert manager_api("POST", path, {"on": "2026-06-03"}).json()["validated_on"] == "2026-06-03"
        assert manager_api("GET", "/autonomy?validated=false").json()["count"] == 0
        assert manager_api("DELETE", path).json()["validated_on"] is None
        verbs = AuditEvent.objects.filter(verb__startswith="autonomy").values_list("verb", flat=True)
        assert sorted(verbs) == ["autonomy.validated", "autonomy.withdrawn"]

    def test_twice_or_before_the_hiring_is_refused(self, manager_api, newcomer):
        path = f"/people/{newcomer.uid}/autonomy"
        early = manager_api("POST", path, {"on": "2026-05-31"})
        assert (early.status_code, early.json()["field"]) == (422, "on")
        manager_api("POST", path)
        assert manager_api("POST", path).status_code == 422

    def test_nobody_says_it_of_themselves_or_of_strangers(self, api, manager_api, at_nine):
        for script, uid in ((api, at_nine.person.uid), (manager_api, factories.PersonFactory().uid),
                            (manager_api, uuid4())):  # fmt: skip
            assert script("POST", f"/people/{uid}/autonomy").status_code == 404
        assert api("GET", "/autonomy").json() == {"count": 0, "items": []}

    def test_a_misspelt_filter_is_refused(self, manager_api):
        answer = manager_api("GET", "/autonomy?valid=false")
        assert (answer.status_code, answer.json()["field"]) == (422, "valid")
