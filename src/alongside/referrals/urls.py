"""Referrals, each page beside its access rule. Whose somebody may see is part of the query; own paths tell nothing."""

from alongside.web.light import light
from alongside.web.routing import route

from .views import incoming, me, outside, staff

REFER, OWN, TAKE = "refer", "write_as_participant", "run_intake"

urlpatterns = [
    route("refer/", light(outside.refer), name="refer", act="refer_somebody"),
    route("refer/<str:token>/", outside.reference, name="reference", act="refer_somebody"),
    route("referrals/", staff.referrals, name="referrals", act="see_referrals"),
    route("referrals/in/", incoming.incoming_list, name="incoming_list", act=TAKE),
    route("referrals/in/<uuid:incoming_id>/", incoming.incoming, name="incoming", act=TAKE),
    route("referrals/in/<uuid:incoming_id>/show/", incoming.incoming_show, name="incoming_show", act="give_out"),
    route("referrals/<uuid:referral_id>/", staff.referral, name="referral", act=REFER),
    route("referrals/<uuid:referral_id>/permission/", staff.referral_permission, name="referral_permission", act=REFER),
    route("referrals/<uuid:referral_id>/tell/", staff.referral_tell, name="referral_tell", act="give_out"),
    route("referrals/<uuid:referral_id>/paper/", staff.referral_paper, name="referral_paper", act=REFER),
    route("people/<uuid:person_id>/referrals/", staff.referrals_of, name="referrals_of", act=REFER),
    route("people/<uuid:person_id>/referrals/new/", staff.referral_new, name="referral_new", act=REFER),
    route("me/places/", me.me_referrals, name="me_referrals", act="see_own_pages"),
    route("me/places/new/", me.me_referral_new, name="me_referral_new", act=OWN),
    route("me/places/<uuid:referral_id>/", me.me_referral, name="me_referral", act=OWN),
    route(
        "me/places/<uuid:referral_id>/permission/", me.me_referral_permission, name="me_referral_permission", act=OWN
    ),
]
