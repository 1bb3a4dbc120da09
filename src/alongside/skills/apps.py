"""What skills do when two records become one."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """Practices move with the record; of two standings with a unit the later one stays."""

    name = "alongside.skills"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .merged_rows import RULES, settle

        declare(RULES)
        subscribe("persons_merged", settle)
