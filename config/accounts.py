"""The pages of django-allauth that the house has drawn; the others would be open doors to unfinished rooms.

Addresses belong to HR and are not changed here. What one changes when signed in stands in ``config.security``.
"""

from allauth.account import views
from django.urls import path, re_path

from config.later import later
from people.company import saml_views as saml
from people.company import views as company
from people.company.entering import ways_in
from people.views.security import confirm

urlpatterns = [
    path(
        "login/",
        views.LoginView.as_view(extra_context={"ways_in": ways_in}),
        name="account_login",
    ),
    path("company/", company.enter, name="company_enter"),
    path("company/back/", company.back, name="company_back"),
    path("company/saml/", saml.enter, name="company_saml"),
    path("company/saml/back/", saml.back, name="company_saml_back"),
    path("company/saml/done/<str:ticket>/", saml.done, name="company_saml_done"),
    path("company/saml/metadata/", saml.metadata, name="company_saml_metadata"),
    path("logout/", views.logout, name="account_logout"),
    path("login/passkey/", later("allauth.mfa.webauthn.views.login_webauthn"), name="mfa_login_webauthn"),
    path("login/code/", later("allauth.mfa.base.views.authenticate"), name="mfa_authenticate"),
    path("confirm/", confirm("allauth.account.views.reauthenticate"), name="account_reauthenticate"),
    path("confirm/code/", confirm("allauth.mfa.base.views.reauthenticate"), name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        confirm("allauth.mfa.webauthn.views.reauthenticate_webauthn"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
