"""What people does when two records become one, and when a second step is refused."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The person's own rows: safe contact, boundaries, pairs, links."""

    name = "alongside.people"

    def ready(self) -> None:
        from allauth.mfa.signals import authentication_failed

        from .accounts.adapters import note_refused_factor
        from .events import subscribe
        from .merged_rows import check, settle

        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
        authentication_failed.connect(note_refused_factor)
