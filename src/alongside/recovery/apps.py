"""What recovery does when two records become one."""

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """Pages move with the record; of two of a kind, one stays current and the other stays readable."""

    name = "alongside.recovery"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .merged_rows import RULES, settle

        declare(RULES)
        subscribe("persons_merged", settle)
