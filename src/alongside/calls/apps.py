"""What calls do when something below happens."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """A return to use or a wish brings the next call nearer; the end of an episode ends it; joined records are one."""

    name = "alongside.calls"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import call_soon_after_return, call_soon_as_wished, end_with_episode
        from .merged_rows import RULES, check, settle

        declare(RULES)
        subscribe("returned_to_use", call_soon_after_return)
        subscribe("call_wanted", call_soon_as_wished)
        subscribe("episode_closed", end_with_episode)
        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
