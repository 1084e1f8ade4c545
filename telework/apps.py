from django.apps import AppConfig


class TeleworkConfig(AppConfig):
    name = "telework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from telework.mails import register_all

        register_all()
