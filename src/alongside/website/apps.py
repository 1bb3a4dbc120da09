"""The public site."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """Says how its pages are called to whoever reads words of visitors beneath them."""

    name = "alongside.website"

    def ready(self) -> None:
        from alongside.stories.beneath import declare_names

        from .queries import list_names

        declare_names(list_names)
