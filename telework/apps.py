from django.apps import AppConfig


class TeleworkConfig(AppConfig):
    name = "telework"
    default_auto_field = "django.db.models.BigAutoField"
