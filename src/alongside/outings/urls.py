"""Outings, each page beside its access rule. What is whose is part of the query."""

from alongside.web.routing import route

from .views import day, listing, me, peer, week

urlpatterns = [
    route("me/week/", week.me_week, name="me_week", act="see_own_pages"),
    route("me/week/time.ics", week.me_week_file, name="me_week_file", act="see_own_pages"),
    route("me/saved/", me.me_saved, name="me_saved", act="see_own_pages"),
    route("me/saved/new/", me.me_saved_new, name="me_saved_new", act="write_as_participant"),
    route("me/saved/keep/<uuid:meeting_id>/", me.me_saved_keep, name="me_saved_keep", act="write_as_participant"),
    route("me/saved/<uuid:saved_id>/", me.me_saved_one, name="me_saved_one", act="write_as_participant"),
    route("me/saved/<uuid:saved_id>/change/", me.me_saved_change, name="me_saved_change", act="write_as_participant"),
    route("me/saved/<uuid:saved_id>/<str:day>/", day.me_saved_day, name="me_saved_day", act="write_as_participant"),
    route("me/saved/<uuid:saved_id>/<str:day>/how/", day.me_saved_how, name="me_saved_how",
          act="write_as_participant"),
    route("groups/<uuid:group_id>/shown/", listing.group_shown, name="group_shown", act="arrange_groups"),
    route("along/<uuid:ask_id>/", peer.along, name="along", act="come_along"),
]  # fmt: skip
