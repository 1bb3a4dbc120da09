"""Pages of walking alongside, each beside its access rule."""

from alongside.web.routing import route

from .views import peer, team

urlpatterns = [
    # The peer's day
    route("today/", peer.today, name="today", act="see_today"),
    route("caseload/", peer.caseload, name="caseload", act="see_today"),
    route("people/<uuid:person_id>/", peer.record, name="record", act="open_record"),
    route("people/<uuid:person_id>/note/", peer.contact_new, name="contact_new", act="write_contact"),
    route("people/<uuid:person_id>/support/", peer.support_raised, name="support_raised", act="write_contact"),
    route("people/<uuid:person_id>/notes/<uuid:contact_id>/", peer.contact, name="contact", act="open_record"),
    route("notes/draft/", peer.draft, name="contact_draft", act="write_contact"),
    # The supervisor's page
    route("team/", team.team, name="team", act="see_team"),
    route("team/notes/<uuid:contact_id>/", team.seen, name="seen", act="acknowledge_note"),
]
