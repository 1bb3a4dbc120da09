"""The weekly list listens to nothing: what it names are ids, which outlive what they name."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """No event reaches it."""

    name = "alongside.oversight"
