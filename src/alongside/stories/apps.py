"""What stories do when two records become one."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """They move with the record."""

    name = "alongside.stories"

    def ready(self) -> None:
        from alongside.people.joining import declare
        from alongside.people.waiting import declare_waiting

        from .merged_rows import RULES
        from .to_do import WAITING

        declare(RULES)
        declare_waiting(*WAITING)
