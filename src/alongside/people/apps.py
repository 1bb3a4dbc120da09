"""What people does when two records become one, and when keys change."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The person's own rows: safe contact, boundaries, pairs, links."""

    name = "alongside.people"

    def ready(self) -> None:
        from alongside.audit import reindexing, rotation

        from .accounts import backup_codes
        from .accounts.secrets import renew_all
        from .events import subscribe
        from .match_keys import rebuild_everywhere
        from .merged_rows import check, settle

        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
        backup_codes.install()
        for hooks, hook in ((reindexing.AFTERWARDS, rebuild_everywhere), (rotation.OTHERS, renew_all)):
            if hook not in hooks:
                hooks.append(hook)
