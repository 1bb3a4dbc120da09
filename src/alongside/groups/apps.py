"""What groups do when something below happens."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """An episode that closes frees its places; coordinators are told where two who are kept apart meet; joined records
    have one place in each group."""

    name = "alongside.groups"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import end_with_episode, tell_coordinators
        from .merged_rows import RULES, check, settle

        declare(RULES)
        subscribe("boundary_recorded", tell_coordinators)
        subscribe("episode_closed", end_with_episode)
        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
