from django.urls import path

from . import views

urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("places/", views.places, name="places"),
    path("places/declare/", views.declare_place, name="declare_place"),
    path("people/<uuid:uid>/places/", views.person_places, name="person_places"),
    path("places/<uuid:uid>/agree/", views.agree_place, name="agree_place"),
    path("places/<uuid:uid>/end/", views.end_place, name="end_place"),
]
