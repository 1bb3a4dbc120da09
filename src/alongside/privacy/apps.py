"""What privacy does when two records become one."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Grants move with the record; the narrow ones end. Consents that last as long as the support end with it."""

    name = "alongside.privacy"

    def ready(self) -> None:
        from alongside.people import carriers
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import end_with_episode
        from .merged_rows import BELOW, RULES, check, settle
        from .provider_queries import is_agreed

        carriers.ask(is_agreed)
        subscribe("episode_closed", end_with_episode)
        declare(RULES, BELOW)
        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
