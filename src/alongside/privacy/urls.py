"""Pages of privacy, each beside its access rule. Paths of the person's own pages tell nothing (E3)."""

from alongside.web.routing import route

from . import views

OWN, HELP, GIVE = "write_as_participant", "help_with_sharing", "give_out"

urlpatterns = [
    route("me/privacy/", views.me_privacy, name="me_privacy", act="see_own_pages"),
    route("me/privacy/<uuid:grant_id>/stop/", views.stop_history, name="stop_history", act="write_as_participant"),
    route("me/privacy/share/", views.share_new, name="me_share_new", act=OWN),
    route("me/privacy/share/<uuid:consent_id>/", views.share, name="me_share", act=OWN),
    route("me/privacy/share/<uuid:consent_id>/edit/", views.share_edit, name="me_share_edit", act=OWN),
    route("me/privacy/share/<uuid:consent_id>/another/", views.share_another, name="me_share_another", act=OWN),
    route("me/privacy/share/<uuid:consent_id>/strike/", views.share_strike, name="me_share_strike", act=OWN),
    route("me/privacy/share/<uuid:consent_id>/discard/", views.share_discard, name="me_share_discard", act=OWN),
    route("me/privacy/share/<uuid:consent_id>/stop/", views.share_stop, name="me_share_stop", act=OWN),
    route("me/privacy/sent/", views.me_sent, name="me_sent", act="see_own_pages"),
    route("me/privacy/sent/<uuid:consent_id>/", views.me_sent_letter, name="me_sent_letter", act="see_own_pages"),
    route("people/<uuid:person_id>/sharing/sent/", views.sharing_sent, name="sharing_sent", act=GIVE),
    route("people/<uuid:person_id>/sharing/", views.sharing, name="sharing", act=HELP),
    route("sharing/", views.sharing_to_tell, name="sharing_to_tell", act=HELP),
    route("sharing/<uuid:consent_id>/", views.sharing_one, name="sharing_one", act=HELP),
    route("sharing/<uuid:consent_id>/edit/", views.sharing_edit, name="sharing_edit", act=HELP),
    route("sharing/<uuid:consent_id>/another/", views.sharing_another, name="sharing_another", act=HELP),
    route("sharing/<uuid:consent_id>/paper/", views.sharing_paper, name="sharing_paper", act=HELP),
    route("sharing/<uuid:consent_id>/stop/", views.sharing_stop, name="sharing_stop", act=HELP),
    route("sharing/<uuid:consent_id>/over/", views.sharing_over, name="sharing_over", act=HELP),
    route("sharing/<uuid:consent_id>/told/", views.sharing_told, name="sharing_told", act=HELP),
    route("sharing/<uuid:consent_id>/give/", views.sharing_give, name="sharing_give", act=GIVE),
    route("people/<uuid:person_id>/emergency/", views.emergency_new, name="emergency_new", act="tell_medical_staff"),
    route("emergencies/", views.emergencies, name="emergencies", act="review_emergency"),
    route("emergencies/<uuid:emergency_id>/", views.emergency_one, name="emergency_one", act="review_emergency"),
    route("law/", views.law, name="law", act="set_law"),
    route("open/", views.open_find, name="open_find", act="give_reason_to_open"),
    route("open/<uuid:person_id>/", views.open_with_reason, name="open_with_reason", act="give_reason_to_open"),
]
