"""Pages of privacy, each beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [
    route("me/privacy/", views.me_privacy, name="me_privacy", act="see_own_pages"),
    route("me/privacy/<uuid:grant_id>/stop/", views.stop_history, name="stop_history", act="write_as_participant"),
    route("open/", views.open_find, name="open_find", act="give_reason_to_open"),
    route("open/<uuid:person_id>/", views.open_with_reason, name="open_with_reason", act="give_reason_to_open"),
]
