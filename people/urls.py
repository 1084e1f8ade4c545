from django.urls import path

from .views import exports, keys, language, my_data, organisation, people, places, retention, security, staff

urlpatterns = [
    path("account/keys/", keys.keys, name="keys"),
    path("account/keys/<uuid:uid>/revoke/", keys.revoke_key, name="revoke_key"),
    path("language/", language.set_language, name="set_language"),
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/download/", my_data.my_data_file, name="my_data_file"),
    path("my-data/people/", my_data.data_people, name="data_people"),
    path("people/<uuid:uid>/my-data/", my_data.person_data_file, name="person_data_file"),
    path("retention/", retention.retention, name="retention"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="person_new"),
    path("people/teams/", organisation.staff_teams, name="staff_teams"),
    path("people/teams/new/", organisation.team_new, name="team_new"),
    path("people/teams/<uuid:uid>/", organisation.staff_team, name="staff_team"),
    path("people/organisation/", organisation.organisation, name="organisation"),
    path("people/organisation/entities/new/", organisation.entity_new, name="entity_new"),
    path("people/organisation/entities/<uuid:uid>/", organisation.entity_edit, name="entity_edit"),
    path("people/organisation/sites/new/", organisation.site_new, name="site_new"),
    path("people/organisation/sites/<uuid:uid>/", organisation.site_edit, name="site_edit"),
    path("people/<uuid:uid>/account/", staff.person_account, name="person_account"),
    path("people/<uuid:uid>/roles/", staff.person_roles, name="person_roles"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<slug:kind>.<slug:form>", exports.export_file, name="export_file"),
    path("places/", places.places, name="places"),
    path("places/declare/", places.declare_place, name="declare_place"),
    path("people/<uuid:uid>/places/", places.person_places, name="person_places"),
    path("people/<uuid:uid>/second-factor/reset/", security.reset_second_factor, name="reset_second_factor"),
    path("places/<uuid:uid>/agree/", places.agree_place, name="agree_place"),
    path("places/<uuid:uid>/end/", places.end_place, name="end_place"),
]
