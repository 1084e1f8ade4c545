from django.apps import AppConfig


class HouseConfig(AppConfig):
    """The roof as an app, for its checks only."""

    name = "config"
    label = "house"

    def ready(self) -> None:
        from config import checks  # noqa: F401
