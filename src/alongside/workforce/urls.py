"""Pages of the workforce, each beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [
    route("profile/", views.peer_profile, name="peer_profile", act="edit_own_peer_profile"),
    route("peers/", views.peers, name="peers", act="see_workforce"),
    route("peers/<uuid:peer_id>/", views.peer_detail, name="peer_detail", act="see_workforce"),
]
