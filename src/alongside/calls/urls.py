"""Calls, each page beside its access rule. Which call somebody may see is part of the query."""

from alongside.web.routing import route

from .views import calling, me, staff

urlpatterns = [
    route("calls/", calling.calls, name="calls", act="call_people"),
    route("calls/list/", staff.call_list, name="call_list", act="see_call_list"),
    route("calls/callers/", staff.callers, name="callers", act="mark_callers"),
    route("calls/callers/<uuid:peer_id>/", staff.caller, name="caller", act="mark_callers"),
    route("calls/<uuid:agreement_id>/", calling.call, name="call", act="call_people"),
    route("calls/take/", calling.call_take, name="call_take", act="call_people"),
    route("calls/<uuid:agreement_id>/keep/", calling.call_keep, name="call_keep", act="call_people"),
    route("calls/<uuid:agreement_id>/back/", calling.call_give_back, name="call_give_back", act="call_people"),
    route("people/<uuid:person_id>/calls/", staff.calls_of, name="calls_of", act="open_record"),
    route("me/calls/", me.me_calls, name="me_calls", act="write_as_participant"),
    route("me/calls/pause/", me.me_calls_pause, name="me_calls_pause", act="write_as_participant"),
    route("me/calls/go-on/", me.me_calls_go_on, name="me_calls_go_on", act="write_as_participant"),
    route("me/calls/soon/", me.me_calls_soon, name="me_calls_soon", act="write_as_participant"),
    route("me/calls/stop/", me.me_calls_stop, name="me_calls_stop", act="write_as_participant"),
]
