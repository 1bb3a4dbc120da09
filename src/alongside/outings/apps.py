"""What outings do when something below happens."""

from django.apps import AppConfig


class OutingsConfig(AppConfig):
    """A mentorship that ends takes its open asks with it; joined records have what both saved.

    A group that everybody may find carries its changes into the finder.
    """

    name = "alongside.outings"

    def ready(self) -> None:
        from alongside.groups.beneath import declare_follower
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import end_with_mentorship, follow
        from .merged_rows import RULES, settle

        declare(RULES)
        declare_follower(follow)
        subscribe("mentorship_ended", end_with_mentorship)
        subscribe("persons_merged", settle)
