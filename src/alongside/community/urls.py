"""Pages of groups, each beside its access rule. Whose page somebody may read is part of the query."""

from alongside.web.routing import route

from .views import looking, me

urlpatterns = [
    route("me/written/", me.me_written, name="me_written", act="see_own_pages"),
    route("me/written/<uuid:post_id>/back/", me.me_written_back, name="me_written_back", act="write_as_participant"),
    route("me/groups/<uuid:group_id>/page/", me.me_page, name="me_page", act="see_own_pages"),
    route("me/groups/<uuid:group_id>/page/name/", me.me_page_name, name="me_page_name", act="write_as_participant"),
    route("me/groups/<uuid:group_id>/page/write/", me.me_page_write, name="me_page_write", act="write_as_participant"),
    route(
        "me/groups/<uuid:group_id>/page/<uuid:post_id>/answer/", me.me_page_answer, name="me_page_answer",
        act="write_as_participant",
    ),
    route(
        "me/groups/<uuid:group_id>/page/<uuid:post_id>/look/", me.me_page_flag, name="me_page_flag",
        act="write_as_participant",
    ),
    route("groups/<uuid:group_id>/page/", looking.page, name="page", act="look_after_pages"),
    route("groups/<uuid:group_id>/page/set/", looking.page_set, name="page_set", act="look_after_pages"),
    route("groups/<uuid:group_id>/page/name/", looking.page_name, name="page_name", act="look_after_pages"),
    route("groups/<uuid:group_id>/page/write/", looking.page_write, name="page_write", act="look_after_pages"),
    route("groups/<uuid:group_id>/page/<uuid:post_id>/", looking.page_post, name="page_post", act="look_after_pages"),
    route(
        "groups/<uuid:group_id>/page/<uuid:post_id>/answer/", looking.page_answer, name="page_answer",
        act="look_after_pages",
    ),
    route(
        "groups/<uuid:group_id>/page/<uuid:post_id>/back/", looking.page_back, name="page_back", act="look_after_pages"
    ),
]  # fmt: skip
