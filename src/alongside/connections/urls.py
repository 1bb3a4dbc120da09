"""Connections, each page beside its access rule. The person's own paths are neutral (E3)."""

from alongside.recovery.whose import own
from alongside.web.routing import route

from . import views

urlpatterns = [
    route("me/circle/", own(views.circle), name="me_circle", act="see_own_pages"),
    route("me/circle/new/", own(views.circle_new), name="me_circle_new", act="write_as_participant"),
    route("me/circle/<uuid:tie_id>/", own(views.circle_one), name="me_circle_one", act="write_as_participant"),
    route("people/<uuid:person_id>/circle/", views.circle, name="circle_of", act="open_record"),
    route("people/<uuid:person_id>/circle/new/", views.circle_new, name="circle_new_of", act="write_plan_together"),
    route(
        "people/<uuid:person_id>/circle/<uuid:tie_id>/", views.circle_one, name="circle_one_of",
        act="write_plan_together",
    ),
]  # fmt: skip
