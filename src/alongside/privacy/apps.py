"""What privacy does when two records become one."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Grants move with the record; the narrow ones end."""

    name = "alongside.privacy"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .merged_rows import BELOW, RULES, check, settle

        declare(RULES, BELOW)
        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
