from django.urls import include, path

urlpatterns = [
    path("accounts/", include("config.accounts")),
    path("account/security/", include("config.security")),
    path("", include("ui.urls")),
    path("", include("people.urls")),
    path("", include("notifications.urls")),
    path("", include("policies.urls")),
    path("", include("telework.urls")),
    path("api/v1/", include("config.api")),
    path("health/", include("config.health")),
]

handler500 = "config.errors.server_error"
handler429 = "people.limits.too_many"
