"""Pages of taking along, keeping and erasing, each beside its access rule. The person's own tell nothing (E3)."""

from alongside.web.routing import route

from . import views

OWN, ERASE, KEEP = "write_as_participant", "erase_people", "set_retention"

urlpatterns = [
    route("me/copy/", views.me_copy, name="me_copy", act="see_own_pages"),
    route("me/copy/file/", views.me_copy_file, name="me_copy_file", act="see_own_pages"),
    route("me/copy/erase/", views.me_erase, name="me_erase", act=OWN),
    route("me/copy/erase/back/", views.me_erase_back, name="me_erase_back", act=OWN),
    route("people/<uuid:person_id>/copy/", views.copy_for, name="copy_for", act="give_out"),
    route("people/<uuid:person_id>/erase/", views.erase_for, name="erase_for", act=ERASE),
    route("erasing/", views.erasures, name="erasures", act=ERASE),
    route("erasing/<uuid:request_id>/", views.erasure, name="erasure", act=ERASE),
    route("erasing/<uuid:request_id>/agree/", views.erasure_agree, name="erasure_agree", act=ERASE),
    route("erasing/<uuid:request_id>/decline/", views.erasure_decline, name="erasure_decline", act=ERASE),
    route("erasing/<uuid:request_id>/back/", views.erasure_back, name="erasure_back", act=ERASE),
    route("keeping/", views.keeping, name="keeping", act=KEEP),
    route("keeping/sealed/<uuid:erasure_id>/", views.sealed, name="sealed", act=KEEP),
]
