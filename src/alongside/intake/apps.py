"""What becomes of asks, applications and lines of rosters when two records become one."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """How somebody came here goes with them."""

    name = "alongside.intake"

    def ready(self) -> None:
        from alongside.people.joining import FOLLOWS, MOVE, declare
        from alongside.privacy.items import provide

        from .shared_items import tell_wishes

        provide("wishes", tell_wishes)
        declare(
            {
                "intake.Inquiry.person": MOVE,
                "intake.Application.person": MOVE,
                "intake.RosterLine.person": MOVE,
                "intake.Wishes.episode": FOLLOWS,
            }
        )
