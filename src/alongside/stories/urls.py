"""Pages of stories, each beside its access rule. A writer's own paths are neutral (E3); addresses cannot be guessed."""

from alongside.web.routing import route

from .views import own, public, review

urlpatterns = [
    route("stories/", public.stories, name="stories", act="see_public"),
    route("stories/<uuid:share>/", public.story, name="story", act="see_public"),
    route("stories/<uuid:share>/sound/", public.story_sound, name="story_sound", act="see_public"),
    route("me/stories/", own.me_stories, name="me_stories", act="write_own_story"),
    route("me/stories/new/", own.me_story_new, name="me_story_new", act="write_own_story"),
    route("me/stories/<uuid:story_id>/", own.me_story, name="me_story", act="write_own_story"),
    route("me/stories/<uuid:story_id>/words/", own.me_story_words, name="me_story_words", act="write_own_story"),
    route("me/stories/<uuid:story_id>/sound/", own.me_story_sound, name="me_story_sound", act="write_own_story"),
    route("me/stories/<uuid:story_id>/sound/file/", own.me_story_file, name="me_story_file", act="write_own_story"),
    route("me/stories/<uuid:story_id>/move/", own.me_story_move, name="me_story_move", act="write_own_story"),
    route("stories/to-read/", review.story_reviews, name="story_reviews", act="review_stories"),
    route("stories/to-read/<uuid:story_id>/", review.story_review, name="story_review", act="review_stories"),
    route("stories/to-read/<uuid:story_id>/sound/", review.story_review_file, name="story_review_file",
          act="review_stories"),
    route("stories/to-read/words/<uuid:comment_id>/", review.comment_decide, name="comment_decide",
          act="review_stories"),
]  # fmt: skip
