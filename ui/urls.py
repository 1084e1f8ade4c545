from django.urls import path
from django.views.generic import TemplateView

robots = TemplateView.as_view(template_name="robots.txt", content_type="text/plain; charset=utf-8")
urlpatterns = [path("robots.txt", robots, name="robots")]
