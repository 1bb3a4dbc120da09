"""Pages of walking alongside, each beside its access rule."""

from alongside.web.routing import route

from .views import change, changes, feed, me, messages, notes, peer, team, times

urlpatterns = [
    # The peer's day
    route("today/", peer.today, name="today", act="see_today"),
    route("caseload/", peer.caseload, name="caseload", act="see_today"),
    route("people/<uuid:person_id>/", peer.record, name="record", act="open_record"),
    route("people/<uuid:person_id>/note/", notes.contact_new, name="contact_new", act="write_contact"),
    route("people/<uuid:person_id>/support/", peer.support_raised, name="support_raised", act="write_contact"),
    route("people/<uuid:person_id>/notes/<uuid:contact_id>/", notes.contact, name="contact", act="open_record"),
    route("notes/words/", notes.words, name="contact_words", act="write_contact"),
    route("notes/draft/", notes.draft, name="contact_draft", act="write_contact"),
    # The supervisor's page
    route("team/", team.team, name="team", act="see_team"),
    route("team/notes/", team.seen_all, name="seen_all", act="acknowledge_note"),
    route("team/notes/<uuid:contact_id>/", team.seen, name="seen", act="acknowledge_note"),
    # Both sides: messages, times, a private calendar address
    route("messages/", messages.messages, name="messages", act="message_participant"),
    route("messages/<uuid:mentorship_id>/", messages.thread, name="thread", act="message_participant"),
    route("times/", times.times, name="times", act="see_today"),
    route("times/new/", times.time_new, name="time_new", act="write_contact"),
    route("times/feed/", feed.feed_new, name="feed_new", act="see_today"),
    route("times/feed/end/", feed.feed_end, name="feed_end", act="see_today"),
    route("times/<uuid:appointment_id>/", times.time, name="time", act="write_contact"),
    route("times/<uuid:appointment_id>/went/", times.time_went, name="time_went", act="write_contact"),
    route("c/<str:secret>.ics", feed.calendar_feed, name="calendar_feed", act="read_calendar_feed"),
    # The participant's own pages
    route("me/", me.me_home, name="me_home", act="see_own_pages"),
    route("me/call/", me.me_call, name="me_call", act="write_as_participant"),
    route("me/go-on/", me.me_go_on, name="me_go_on", act="write_as_participant"),
    route("me/messages/", messages.me_messages, name="me_messages", act="see_own_pages"),
    route("me/messages/<uuid:mentorship_id>/", messages.me_thread, name="me_thread", act="see_own_pages"),
    route("me/notes/", me.me_notes, name="me_notes", act="see_own_pages"),
    route("me/notes/<uuid:contact_id>/", me.me_note, name="me_note", act="see_own_pages"),
    route("me/times/", times.me_times, name="me_times", act="see_own_pages"),
    route("me/times/new/", times.me_time_new, name="me_time_new", act="write_as_participant"),
    route("me/times/feed/", feed.me_feed_new, name="me_feed_new", act="write_as_participant"),
    route("me/times/feed/end/", feed.me_feed_end, name="me_feed_end", act="write_as_participant"),
    route("me/times/<uuid:appointment_id>/", times.me_time, name="me_time", act="write_as_participant"),
    route("me/change/", change.me_change, name="me_change", act="see_own_pages"),
    # Changing peer, resting, ending: the staff side
    route("mentorships/<uuid:mentorship_id>/change/", changes.mentorship_change, name="mentorship_change",
          act="change_mentorship"),
    route("handovers/", changes.handovers, name="handovers", act="change_episode"),
    route("handovers/next/<uuid:episode_id>/", changes.after_parting, name="after_parting", act="change_episode"),
    route("handovers/<uuid:handover_id>/", changes.handover, name="handover", act="change_episode"),
]  # fmt: skip
