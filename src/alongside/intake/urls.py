"""Pages of intake, each beside its access rule."""

from alongside.web.routing import route

from .views import about, applications, asks, intake, people, public, roster_undo, roster_words, rosters, twins

urlpatterns = [
    route("", public.public_home, name="public_home", act="see_public"),
    route("at/<slug:slug>/", public.choose_program, name="choose_program", act="see_public"),
    route("ask/", public.ask, name="ask", act="ask_for_someone"),
    route("ask/thanks/", public.ask_thanks, name="ask_thanks", act="ask_for_someone"),
    route("become-a-peer/", public.apply, name="apply", act="apply_as_peer"),
    route("become-a-peer/thanks/", public.apply_thanks, name="apply_thanks", act="apply_as_peer"),
    route("help/", public.help_now, name="help_now", act="see_public"),
    route("what-we-protect/", public.what_we_protect, name="what_we_protect", act="see_public"),
    route("asks/", asks.asks, name="asks", act="run_intake"),
    route("asks/<uuid:ask_id>/", asks.ask_detail, name="ask_detail", act="run_intake"),
    route("intake/new/", intake.intake_new, name="intake_new", act="run_intake"),
    route("intake/<uuid:episode_id>/", intake.intake_edit, name="intake_edit", act="run_intake"),
    route("people/find/", people.people_search, name="people_search", act="search_people"),
    route("people/<uuid:person_id>/back/", people.come_back, name="come_back", act="run_intake"),
    route("same/", twins.twins, name="twins", act="decide_same_person"),
    route("same/<uuid:pair_id>/", twins.twin_pair, name="twin_pair", act="decide_same_person"),
    route("same/<uuid:pair_id>/decide/", twins.twin_decide, name="twin_decide", act="decide_same_person"),
    route("same/<uuid:pair_id>/join/", twins.twin_join, name="twin_join", act="decide_same_person"),
    route("same/joined/<uuid:merge_id>/", twins.twin_apart, name="twin_apart", act="decide_same_person"),
    route("rosters/", rosters.rosters, name="rosters", act="import_rosters"),
    route("rosters/new/", rosters.roster_new, name="roster_new", act="import_rosters"),
    route("rosters/<uuid:roster_id>/", rosters.roster_preview, name="roster_preview", act="import_rosters"),
    route("rosters/<uuid:roster_id>/columns/", rosters.roster_columns, name="roster_columns", act="import_rosters"),
    route("rosters/<uuid:roster_id>/words/", roster_words.roster_words, name="roster_words", act="import_rosters"),
    route("rosters/<uuid:roster_id>/confirm/", rosters.roster_confirm, name="roster_confirm", act="import_rosters"),
    route("rosters/<uuid:roster_id>/cancel/", rosters.roster_cancel, name="roster_cancel", act="import_rosters"),
    route("rosters/<uuid:roster_id>/undo/", roster_undo.roster_undo, name="roster_undo", act="import_rosters"),
    route("rosters/<uuid:roster_id>/rows.csv", rosters.roster_refused, name="roster_refused", act="import_rosters"),
    route("applications/", applications.applications, name="applications", act="see_applications"),
    route("applications/<uuid:application_id>/", applications.application, name="application", act="see_applications"),
    route("me/about/", about.me_about, name="me_about", act="see_own_pages"),
]
