"""The resource directory."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Nothing below causes anything here: the directory knows no person."""

    name = "alongside.resources"
