"""Events, each page beside its access rule. Whose events somebody may see is part of the query.

The path of a visitor's own page stands apart, so that logs know a secret when they see one (`web.logs`).
"""

from alongside.web.routing import route

from .views import me, public, staff

urlpatterns = [
    route("events/", public.events, name="events", act="see_public"),
    route("events/all.ics", public.events_calendar, name="events_calendar", act="see_public"),
    route("events/<uuid:occasion_id>/", public.event, name="event", act="see_public"),
    route("events/<uuid:occasion_id>/time.ics", public.event_time, name="event_time", act="see_public"),
    route("coming/<str:secret>/", public.coming, name="coming", act="see_public"),
    route("me/events/", me.me_events, name="me_events", act="go_to_events"),
    route("me/events/<uuid:occasion_id>/", me.me_event, name="me_event", act="go_to_events"),
    route("me/events/<uuid:occasion_id>/time.ics", me.me_event_time, name="me_event_time", act="go_to_events"),
    route("events/plan/", staff.plan, name="event_plan", act="arrange_events"),
    route("events/plan/new/", staff.plan_new, name="event_new", act="arrange_events"),
    route("events/plan/<uuid:occasion_id>/", staff.plan_one, name="event_one", act="arrange_events"),
    route("events/plan/<uuid:occasion_id>/change/", staff.plan_change, name="event_change", act="arrange_events"),
    route("events/plan/<uuid:occasion_id>/paper/", staff.plan_paper, name="event_paper", act="arrange_events"),
]
