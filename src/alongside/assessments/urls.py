"""Questionnaires, each page beside its access rule. The person's own paths are neutral (E3)."""

from alongside.recovery.whose import own
from alongside.web.routing import route

from . import views

urlpatterns = [
    route("me/questions/", own(views.questions), name="me_questions", act="see_own_pages"),
    route("me/questions/<slug:code>/", own(views.fill_in), name="me_questions_one", act="write_as_participant"),
    route("me/questions/<slug:code>/talk/", own(views.talk), name="me_questions_talk", act="see_own_pages"),
    route("people/<uuid:person_id>/questions/", views.questions, name="questions_of", act="open_record"),
    route(
        "people/<uuid:person_id>/questions/<slug:code>/", views.fill_in, name="questions_one_of",
        act="write_plan_together",
    ),
    route(
        "people/<uuid:person_id>/questions/<slug:code>/talk/", views.talk, name="questions_talk_of", act="open_record"
    ),
]  # fmt: skip
