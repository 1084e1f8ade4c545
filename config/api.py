from django.urls import path
from ninja import NinjaAPI

api = NinjaAPI(title="Cent Jours", version="1", urls_namespace="api-v1")
urlpatterns = [path("", api.urls)]
