"""What matching does when something below it happens."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """An episode that closes takes back what was offered in it."""

    name = "alongside.matching"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .closing import take_back_everything
        from .merged_rows import RULES, check, settle

        subscribe("episode_closed", take_back_everything)
        declare(RULES)
        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
