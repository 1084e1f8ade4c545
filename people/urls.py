from django.urls import path

from .views import language, places

urlpatterns = [
    path("language/", language.set_language, name="set_language"),
    path("places/", places.places, name="places"),
    path("places/declare/", places.declare_place, name="declare_place"),
    path("people/<uuid:uid>/places/", places.person_places, name="person_places"),
    path("places/<uuid:uid>/agree/", places.agree_place, name="agree_place"),
    path("places/<uuid:uid>/end/", places.end_place, name="end_place"),
]
