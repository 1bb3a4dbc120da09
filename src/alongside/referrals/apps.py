"""What referrals do when something below happens."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """A partner answers, a permission ends, an episode closes, records are joined."""

    name = "alongside.referrals"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare

        from .actions import end_with_episode, hear_partner, look_after_consent
        from .merged_rows import RULES, check

        declare(RULES)
        subscribe("partner_answered", hear_partner)
        subscribe("consent_ended", look_after_consent)
        subscribe("episode_closed", end_with_episode)
        subscribe("persons_to_merge", check)
