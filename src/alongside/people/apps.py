"""What people does when two records become one."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The person's own rows: safe contact, boundaries, pairs, links."""

    name = "alongside.people"

    def ready(self) -> None:
        from .events import subscribe
        from .merged_rows import check, settle

        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
