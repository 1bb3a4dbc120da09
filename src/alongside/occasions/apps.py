"""What events do when something below happens."""

from django.apps import AppConfig


class OccasionsConfig(AppConfig):
    """Who is not served any more has no place at what is for the program alone; joined records have one place each."""

    name = "alongside.occasions"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import end_with_episode
        from .merged_rows import RULES, settle

        declare(RULES)
        subscribe("episode_closed", end_with_episode)
        subscribe("persons_merged", settle)
