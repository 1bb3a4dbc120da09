"""Pages of matching, each beside its access rule. Paths of participants say nothing about why they are here (E3)."""

from alongside.web.routing import route

from .views import answering, board, choosing, comparing, fairness, runs

urlpatterns = [
    route("board/", board.board, name="board", act="see_board"),
    route("board/run/", board.board_run, name="board_run", act="run_matching"),
    route("board/send/", board.board_send, name="board_send", act="send_offers"),
    route("board/runs/", runs.runs, name="runs", act="see_board"),
    route("board/runs/<uuid:run_id>/", runs.run_detail, name="run_detail", act="see_board"),
    route("board/runs/<uuid:run_id>/replay/", runs.run_replay, name="run_replay", act="run_matching"),
    route("board/what-if/", comparing.what_if, name="what_if", act="run_matching"),
    route("board/<uuid:episode_id>/", board.board_person, name="board_person", act="see_board"),
    route("board/<uuid:episode_id>/run/", board.board_person_run, name="board_person_run", act="run_matching"),
    route("board/<uuid:episode_id>/order/", board.board_person_order, name="board_person_order", act="run_matching"),
    route("board/<uuid:episode_id>/send/", board.board_person_send, name="board_person_send", act="send_offers"),
    route(
        "board/<uuid:episode_id>/take-back/",
        board.board_person_take_back,
        name="board_person_take_back",
        act="send_offers",
    ),
    route("board/<uuid:episode_id>/choice/", board.board_person_choice, name="board_person_choice", act="send_offers"),
    route("board/<uuid:episode_id>/answer/", board.board_person_answer, name="board_person_answer", act="send_offers"),
    route("board/<uuid:episode_id>/sheet/", board.board_person_sheet, name="board_person_sheet", act="send_offers"),
    route("fairness/", fairness.fairness, name="fairness", act="see_fairness"),
    route("me/people/", choosing.me_people, name="me_people", act="choose_peer"),
    route("me/people/<uuid:offer_id>/", choosing.me_person_offer, name="me_person_offer", act="choose_peer"),
    route("me/people/<uuid:offer_id>/story/", choosing.me_person_story, name="me_person_story", act="choose_peer"),
    route("me/people/<uuid:offer_id>/sound/", choosing.me_person_sound, name="me_person_sound", act="choose_peer"),
    route("offers/", answering.offers, name="offers", act="answer_offer"),
    route("offers/<uuid:offer_id>/", answering.offer_answer, name="offer_answer", act="answer_offer"),
    route("offers/<uuid:offer_id>/not-now/", answering.offer_not_now, name="offer_not_now", act="answer_offer"),
]
