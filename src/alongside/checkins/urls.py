"""Check-ins, each page beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [
    route("me/check-in/", views.me_check_in, name="me_check_in", act="write_as_participant"),
    route("me/check-in/skip/", views.me_check_in_skip, name="me_check_in_skip", act="write_as_participant"),
    route("me/check-in/earlier/", views.me_check_ins, name="me_check_ins", act="see_own_pages"),
    route("me/check-in/wishes/", views.me_check_in_wishes, name="me_check_in_wishes", act="write_as_participant"),
    route("texts/", views.text_in, name="text_in", act="bring_text", is_signed=True),
    route("people/<uuid:person_id>/check-ins/", views.check_ins_of, name="check_ins_of", act="open_record"),
]
