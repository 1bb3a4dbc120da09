"""What questionnaires do when two records become one."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """They move with the record; of two open ones of a kind the later goes on."""

    name = "alongside.assessments"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .merged_rows import RULES, settle

        declare(RULES)
        subscribe("persons_merged", settle)
