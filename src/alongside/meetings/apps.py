"""Meetings hold nothing of persons, so nothing happens when two of them become one."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Feeds and what was read of them."""

    name = "alongside.meetings"
