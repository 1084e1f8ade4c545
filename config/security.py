"""The pages of one's own security: password, app, passkeys, recovery codes."""

from django.urls import path

from config.later import later
from people.views import security

urlpatterns = [
    path("", security.overview, name="mfa_index"),
    path("password/", security.change_password, name="account_change_password"),
    path("password/none/", security.first_password, name="account_set_password"),
    path("app/", later("allauth.mfa.totp.views.activate_totp"), name="mfa_activate_totp"),
    path("app/remove/", security.remove_app, name="mfa_deactivate_totp"),
    path("passkeys/", security.passkeys, name="mfa_list_webauthn"),
    path("passkeys/add/", security.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<uuid:uid>/remove/", security.remove_passkey, name="mfa_remove_webauthn"),
    path("codes/", security.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codes/new/",
        later("allauth.mfa.recovery_codes.views.generate_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
]
