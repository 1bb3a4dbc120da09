"""What outings do when something below happens."""

from django.apps import AppConfig


class OutingsConfig(AppConfig):
    """A mentorship that ends takes its open asks with it; joined records have what both saved.

    A group that everybody may find carries its changes into the finder.
    """

    name = "alongside.outings"

    def ready(self) -> None:
        from alongside.groups.beneath import declare_follower
        from alongside.meetings.changes import declare_changes
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import end_with_mentorship, follow
        from .listed_changes import list_listed_changes
        from .merged_rows import RULES, settle

        declare(RULES)
        declare_follower(follow)
        declare_changes(list_listed_changes)
        subscribe("mentorship_ended", end_with_mentorship)
        subscribe("persons_merged", settle)
