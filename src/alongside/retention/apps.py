"""What an erasing hangs on: records that are joined, and backups that come back."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """A wish moves with the record; after a restore whoever was erased is erased again."""

    name = "alongside.retention"

    def ready(self) -> None:
        from alongside.audit import backup
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .merged_rows import RULES, settle
        from .restoring import after_restore, before_restore

        declare(RULES)
        subscribe("persons_merged", settle)
        for hooks, hook in ((backup.BEFORE_RESTORE, before_restore), (backup.AFTER_RESTORE, after_restore)):
            if hook not in hooks:
                hooks.append(hook)
