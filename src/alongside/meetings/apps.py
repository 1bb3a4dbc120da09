"""Meetings hold nothing of persons, so nothing happens when two of them become one."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Feeds and what was read of them."""

    name = "alongside.meetings"

    def ready(self) -> None:
        from alongside.people.waiting import declare_waiting

        from .to_do import WAITING

        declare_waiting(*WAITING)
