"""What check-ins do when two records become one."""

from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    """Check-ins move with the record; of two people's wishes the more reserved one holds."""

    name = "alongside.checkins"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .merged_rows import RULES, settle

        declare(RULES)
        subscribe("persons_merged", settle)
