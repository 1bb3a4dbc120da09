"""What pages of groups do when something below happens."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Joined records have one chosen name on each page; a group's own page leads to the page on which it writes."""

    name = "alongside.community"

    def ready(self) -> None:
        from alongside.groups.beneath import declare_page
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .merged_rows import RULES, settle
        from .queries import has_page

        declare(RULES)
        declare_page(has_page)
        subscribe("persons_merged", settle)
