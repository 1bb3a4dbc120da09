"""Pages for partners, each beside its access rule. Outside and for the person, paths are neutral (E3)."""

from alongside.web.routing import route

from . import views

OUTSIDE, GIVE, OWN = "open_partner_page", "give_out", "write_as_participant"

urlpatterns = [
    route("page/<str:token>/", views.partner_page, name="partner_page", act=OUTSIDE),
    route("page/<str:token>/answer/", views.partner_answer, name="partner_answer", act=OUTSIDE),
    route("page/<str:token>/later/", views.partner_later, name="partner_later", act=OUTSIDE),
    route("page/over/<str:token>/", views.page_ended, name="page_ended", act=OUTSIDE),
    route("page/look/<str:token>/", views.signer_page, name="signer_page", act=OUTSIDE),
    route("page/look/<str:token>/answer/", views.signer_answer, name="signer_answer", act=OUTSIDE),
    route("sharing/<uuid:consent_id>/other/", views.signer_links, name="signer_links", act=GIVE),
    route("sharing/other/<uuid:link_id>/code/", views.signer_code, name="signer_code", act=GIVE),
    route("sharing/other/<uuid:link_id>/stop/", views.signer_stop, name="signer_stop", act=GIVE),
    route("me/privacy/share/<uuid:consent_id>/both/", views.me_signer, name="me_signer", act=OWN),
    route("me/privacy/other/<uuid:link_id>/stop/", views.me_signer_stop, name="me_signer_stop", act=OWN),
    route("sharing/pages/", views.partner_links, name="partner_links", act=GIVE),
    route("sharing/<uuid:consent_id>/page/", views.partner_link_new, name="partner_link_new", act=GIVE),
    route("sharing/pages/<uuid:link_id>/code/", views.partner_link_code, name="partner_link_code", act=GIVE),
    route("sharing/pages/<uuid:link_id>/stop/", views.partner_link_stop, name="partner_link_stop", act=GIVE),
    route("me/privacy/pages/", views.me_pages, name="me_pages", act="see_own_pages"),
    route("me/privacy/pages/<uuid:link_id>/stop/", views.me_page_stop, name="me_page_stop", act=OWN),
]
