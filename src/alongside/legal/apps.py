"""What becomes of legal matters when two records become one."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """What names a person moves with the record: a hold holds the joined one."""

    name = "alongside.legal"

    def ready(self) -> None:
        from alongside.people.joining import declare

        from .merged_rows import RULES

        declare(RULES)
