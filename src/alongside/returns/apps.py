"""What was told moves with the record."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Nothing is decided when two records become one: what was told stays told."""

    name = "alongside.returns"

    def ready(self) -> None:
        from alongside.people.joining import declare

        from .merged_rows import RULES

        declare(RULES)
