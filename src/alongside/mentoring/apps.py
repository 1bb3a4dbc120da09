"""What mentoring does when something below it happens."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """An episode that closes takes its mentorship and an open change of peer with it."""

    name = "alongside.mentoring"

    def ready(self) -> None:
        from alongside.people.events import subscribe
        from alongside.people.joining import declare
        from alongside.recovery.queries.reaching import provide_on_duty
        from alongside.safety.queries import is_anybody_on_duty

        from .actions import ask_for_call_in_check_in, end_wish_of_check_in, end_with_episode
        from .merged_rows import RULES, check, settle
        from .shared_items import provide_items

        subscribe("call_wanted", ask_for_call_in_check_in)
        subscribe("call_reached", end_wish_of_check_in)
        subscribe("episode_closed", end_with_episode)
        declare(RULES)
        provide_items()
        provide_on_duty(is_anybody_on_duty)
        subscribe("persons_to_merge", check)
        subscribe("persons_merged", settle)
