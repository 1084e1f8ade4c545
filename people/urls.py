from django.urls import path

from .views import keys, language, my_data, places, retention, security

urlpatterns = [
    path("account/keys/", keys.keys, name="keys"),
    path("account/keys/<uuid:uid>/revoke/", keys.revoke_key, name="revoke_key"),
    path("language/", language.set_language, name="set_language"),
    path("places/", places.places, name="places"),
    path("places/declare/", places.declare_place, name="declare_place"),
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/download/", my_data.my_data_file, name="my_data_file"),
    path("my-data/people/", my_data.data_people, name="data_people"),
    path("people/<uuid:uid>/my-data/", my_data.person_data_file, name="person_data_file"),
    path("retention/", retention.retention, name="retention"),
    path("people/<uuid:uid>/places/", places.person_places, name="person_places"),
    path("places/<uuid:uid>/agree/", places.agree_place, name="agree_place"),
    path("places/<uuid:uid>/end/", places.end_place, name="end_place"),
]
