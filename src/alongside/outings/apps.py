"""What outings do when something below happens."""

from django.apps import AppConfig


class OutingsConfig(AppConfig):
    """A mentorship that ends takes its open asks with it; joined records have what both saved."""

    name = "alongside.outings"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import end_with_mentorship
        from .merged_rows import RULES, settle

        declare(RULES)
        subscribe("mentorship_ended", end_with_mentorship)
        subscribe("persons_merged", settle)
