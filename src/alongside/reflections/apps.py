"""Private reflections listen to nothing: they belong to an account, and end with it or by themselves."""

from django.apps import AppConfig


class ReflectionsConfig(AppConfig):
    """No event reaches them."""

    name = "alongside.reflections"
