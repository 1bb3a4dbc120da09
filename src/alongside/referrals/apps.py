"""What referrals do when something below happens."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """A partner answers, a permission ends, an episode closes, records are joined."""

    name = "alongside.referrals"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare
        from alongside.people.waiting import declare_waiting

        from .actions import end_with_episode, hear_partner, look_after_consent, look_after_page
        from .merged_rows import RULES, check
        from .to_do import WAITING

        declare(RULES)
        declare_waiting(*WAITING)
        subscribe("partner_answered", hear_partner)
        subscribe("partner_page_over", look_after_page)
        subscribe("consent_ended", look_after_consent)
        subscribe("episode_closed", end_with_episode)
        subscribe("persons_to_merge", check)
