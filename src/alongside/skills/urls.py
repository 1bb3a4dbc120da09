"""Skills, each page beside its access rule. The person's own paths are neutral (E3)."""

from alongside.recovery.whose import own
from alongside.web.routing import route

from . import views

urlpatterns = [
    route("me/learn/", own(views.learn_all), name="me_learn_all", act="see_own_pages"),
    route("me/learn/<str:unit>/", own(views.learn_one), name="me_learn_one", act="write_as_participant"),
    route(
        "me/learn/tried/<uuid:practice_id>/off/", own(views.practice_aside), name="me_practice_aside",
        act="write_as_participant",
    ),
    route("people/<uuid:person_id>/learn/", views.learn_all, name="learn_all_of", act="open_record"),
    route("people/<uuid:person_id>/learn/<str:unit>/", views.learn_one, name="learn_one_of", act="open_record"),
    route(
        "people/<uuid:person_id>/learn/tried/<uuid:practice_id>/off/", views.practice_aside, name="practice_aside_of",
        act="write_plan_together",
    ),
    route("units/", views.units, name="units", act="arrange_skills"),
    route("units/new/", views.unit_new, name="unit_new", act="arrange_skills"),
    route("units/<uuid:unit_id>/", views.unit_edit, name="unit_edit", act="arrange_skills"),
]  # fmt: skip
