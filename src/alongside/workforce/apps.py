"""What becomes of a peer's profile when two records become one."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """The record of the peer is the one that stays, so their profile never moves; two peers are not joined."""

    name = "alongside.workforce"

    def ready(self) -> None:
        from alongside.people.joining import OWN, declare

        declare({"workforce.PeerProfile.person": OWN})
