"""Pages about a return to use, each beside its access rule. Paths and titles of the person's own are neutral (E3)."""

from alongside.web.routing import route

from . import views

urlpatterns = [
    route("me/hard-day/", views.me_tell, name="me_tell", act="write_as_participant"),
    route("me/hard-day/now/", views.me_told, name="me_told", act="see_own_pages"),
    route("people/<uuid:person_id>/hard-days/", views.tellings_of, name="tellings_of", act="open_record"),
]
