"""The resource directory."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Nothing below causes anything here: the directory knows no person."""

    name = "alongside.resources"

    def ready(self) -> None:
        from alongside.people.waiting import declare_waiting

        from .to_do import WAITING

        declare_waiting(*WAITING)
