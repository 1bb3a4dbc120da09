"""Meetings, each page beside its access rule. The finder is for everybody; sources are for staff."""

from alongside.web.routing import route

from . import staff_views, views

urlpatterns = [
    route("meetings/", views.meetings, name="meetings", act="find_meetings"),
    route("meetings/all.json", views.meetings_json, name="meetings_json", act="find_meetings"),
    route("meetings/<uuid:meeting_id>/", views.meeting, name="meeting", act="find_meetings"),
    route("meetings/<uuid:meeting_id>/time.ics", views.meeting_calendar, name="meeting_calendar", act="find_meetings"),
    route("meetings/sources/", staff_views.feeds, name="sources", act="keep_meetings"),
    route("meetings/sources/new/", staff_views.feed_new, name="source_new", act="keep_meetings"),
    route("meetings/sources/<uuid:feed_id>/", staff_views.feed, name="source", act="keep_meetings"),
    route("meetings/own/new/", staff_views.own_new, name="own_new", act="keep_meetings"),
    route("meetings/own/<uuid:meeting_id>/", staff_views.own_edit, name="own_edit", act="keep_meetings"),
]
