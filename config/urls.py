from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from config.problems import not_found

urlpatterns = [
    path("accounts/", include("config.accounts")),
    path("account/security/", include("config.security")),
    path("", include("ui.urls")),
    path("", include("people.urls")),
    path("", include("notifications.urls")),
    path("", include("policies.urls")),
    path("", include("telework.urls")),
    path("api/v1/", include("config.api")),
    path("api", csrf_exempt(not_found), name="api_bare"),
    re_path("^api/", csrf_exempt(not_found), name="api_elsewhere"),
    path("health/", include("config.health")),
]

handler500 = "config.errors.server_error"
handler429 = "people.limits.too_many"
