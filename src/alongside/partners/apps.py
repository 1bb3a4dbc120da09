"""What pages for partners do when a consent ends or two records become one."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """A consent that ends takes its links and queued mails with it, in the same transaction (B4)."""

    name = "alongside.partners"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare
        from alongside.privacy.consent_queries import provide_unread

        from .actions import end_with_consent
        from .merged_rows import RULES
        from .queries import list_unread

        declare(RULES)
        provide_unread(list_unread)
        subscribe("consent_ended", end_with_consent)
