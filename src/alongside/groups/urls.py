"""Groups, each page beside its access rule. Which group somebody may see is part of the query."""

from alongside.web.routing import route

from .views import leading, me, noting, roster, staff

urlpatterns = [
    route("groups/", roster.groups, name="groups", act="lead_groups"),
    route("groups/new/", staff.group_new, name="group_new", act="arrange_groups"),
    route("groups/<uuid:group_id>/", roster.group, name="group", act="lead_groups"),
    route("groups/<uuid:group_id>/change/", staff.group_change, name="group_change", act="arrange_groups"),
    route("groups/<uuid:group_id>/state/", staff.group_state, name="group_state", act="arrange_groups"),
    route("groups/<uuid:group_id>/leaders/", staff.group_leaders, name="group_leaders", act="arrange_groups"),
    route("groups/<uuid:group_id>/add/", roster.group_add, name="group_add", act="lead_groups"),
    route("groups/<uuid:group_id>/out/<uuid:place_id>/", roster.group_out, name="group_out", act="lead_groups"),
    route("groups/<uuid:group_id>/on/<str:day>/", leading.sheet, name="group_sheet", act="lead_groups"),
    route("groups/<uuid:group_id>/on/<str:day>/paper/", leading.paper, name="group_paper", act="lead_groups"),
    route("groups/<uuid:group_id>/on/<str:day>/change/", leading.change, name="group_session", act="lead_groups"),
    route("groups/<uuid:group_id>/on/<str:day>/note/", noting.note, name="group_note", act="write_contact"),
    route("people/<uuid:person_id>/groups/", roster.groups_of, name="groups_of", act="open_record"),
    route("me/groups/", me.me_groups, name="me_groups", act="see_own_pages"),
    route("me/groups/<uuid:group_id>/", me.me_group, name="me_group", act="write_as_participant"),
    route("me/groups/<uuid:group_id>/<str:day>.ics", me.me_group_time, name="me_group_time", act="see_own_pages"),
]
