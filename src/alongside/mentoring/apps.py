"""What mentoring does when something below it happens."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """An episode that closes takes its mentorship and an open change of peer with it."""

    name = "alongside.mentoring"

    def ready(self) -> None:
        from alongside.people.events import subscribe

        from .actions import end_with_episode

        subscribe("episode_closed", end_with_episode)
