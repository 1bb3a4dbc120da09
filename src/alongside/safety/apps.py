"""What becomes of worries when two records become one."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Worries move with the record, what somebody takes on as staff with their person; where the owner of one is shut
    out of the record, it goes on to others at once.
    """

    name = "alongside.safety"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import hand_on_at_once
        from .merged_rows import RULES, check

        declare(RULES)
        subscribe("kept_from_readers", hand_on_at_once)
        subscribe("persons_to_merge", check)
