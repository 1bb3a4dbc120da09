"""What becomes of legal matters when two records become one, and what a person reads of them in their list."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """What names a person moves with the record: a hold holds the joined one."""

    name = "alongside.legal"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare
        from alongside.privacy.accounting import add_source

        from .accounting import list_left
        from .merged_rows import RULES, settle

        declare(RULES)
        subscribe("persons_merged", settle)
        add_source(list_left)
