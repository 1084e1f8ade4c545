from django.urls import path

from notifications import views

urlpatterns = [
    path("messages/", views.outbox, name="messages"),
    path("messages/release/", views.release, name="release_messages"),
]
