"""What becomes of worries when two records become one."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Worries move with the record; what somebody takes on as staff moves with their person too."""

    name = "alongside.safety"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .merged_rows import RULES, check

        declare(RULES)
        subscribe("persons_to_merge", check)
