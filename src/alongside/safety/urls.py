"""Worries and the rota, each page beside its access rule. Which worry somebody may read is part of the query."""

from alongside.web.routing import route

from .views import rota, worries

urlpatterns = [
    route("people/<uuid:person_id>/worry/", worries.worry_new, name="worry_new", act="raise_worry"),
    route("worries/", worries.worries, name="worries", act="see_worries"),
    route("worries/about/", worries.worry_about, name="worry_about", act="raise_worry"),
    route("worries/<uuid:worry_id>/", worries.worry, name="worry", act="see_worries"),
    route("worries/<uuid:worry_id>/take/", worries.worry_take, name="worry_take", act="answer_worry"),
    route("worries/<uuid:worry_id>/hand/", worries.worry_hand, name="worry_hand", act="answer_worry"),
    route("worries/<uuid:worry_id>/done/", worries.worry_measure, name="worry_measure", act="answer_worry"),
    route("worries/<uuid:worry_id>/resolve/", worries.worry_resolve, name="worry_resolve", act="answer_worry"),
    route("worries/<uuid:worry_id>/talk/", worries.worry_talk, name="worry_talk", act="see_worries"),
    route("worries/<uuid:worry_id>/debrief/", worries.worry_debrief, name="worry_debrief", act="answer_worry"),
    route("worries/texts/", rota.duty_texts, name="duty_texts", act="answer_worry"),
    route("on-call/rota/", rota.rota, name="rota", act="set_rota"),
]
