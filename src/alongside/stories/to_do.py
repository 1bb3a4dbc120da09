"""What of stories waits for a reader, as first pages count it. Never one's own."""

from django.utils.translation import ngettext

from alongside.people.waiting import Waiting

from .queries import list_in_review, list_waiting_comments

WAITING = (
    Waiting("stories", "review_stories", "story_reviews", list_in_review, lambda n: ngettext(
        "%(n)d story waits for a reader", "%(n)d stories wait for a reader", n) % {"n": n}),
    Waiting("words_of_visitors", "review_stories", "story_reviews", list_waiting_comments, lambda n: ngettext(
        "%(n)d comment waits for a reader", "%(n)d comments wait for a reader", n) % {"n": n}),
)  # fmt: skip
