from django.urls import path
from django.views.generic import TemplateView

from ui import accessibility, offline

robots = TemplateView.as_view(template_name="robots.txt", content_type="text/plain; charset=utf-8")
urlpatterns = [
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    path("robots.txt", robots, name="robots"),
]
