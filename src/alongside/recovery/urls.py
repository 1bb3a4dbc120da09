"""A person's own pages, each beside its access rule. Paths and titles of the person's own are neutral (E3)."""

from alongside.web.routing import route

from .views import help, pages, plan, pocket, words
from .whose import own

urlpatterns = [
    # The person's own
    route("me/plan/", own(plan.plan), name="me_plan", act="see_own_pages"),
    route("me/plan/words/", own(words.plan_words), name="me_plan_words", act="write_as_participant"),
    route("me/plan/areas/", plan.stages, name="me_stages", act="write_as_participant"),
    route("me/plan/goals/", own(plan.goal_new), name="me_goal_new", act="write_as_participant"),
    route("me/plan/goals/<uuid:goal_id>/", own(plan.goal), name="me_goal", act="write_as_participant"),
    route("me/plan/steps/<uuid:step_id>/", own(plan.step), name="me_step", act="write_as_participant"),
    route("me/plan/history/", own(plan.history), name="me_history", act="see_own_pages"),
    route("me/plan/ways/", own(pages.safe), name="me_safe", act="see_own_pages"),
    route("me/plan/ways/words/", own(words.safe_words), name="me_safe_words", act="write_as_participant"),
    route("me/plan/well/", own(pages.well), name="me_well", act="see_own_pages"),
    route("me/plan/well/words/", words.well_words, name="me_well_words", act="write_as_participant"),
    route("me/plan/hide/", pages.hide, name="me_hide", act="write_as_participant"),
    route("me/plan/days/", pages.days, name="me_days", act="write_as_participant"),
    route(
        "me/plan/days/<uuid:milestone_id>/",
        pages.milestone_aside,
        name="me_milestone_aside",
        act="write_as_participant",
    ),
    route("me/help/", help.me_help, name="me_help", act="see_own_pages"),
    route("me/plan/pocket/", pocket.me_pocket, name="me_pocket", act="see_own_pages"),
    route("me/plan/pocket/file/", pocket.me_pocket_file, name="me_pocket_file", act="see_own_pages"),
    # The same pages for whoever may open the record; their peer writes with them
    route("people/<uuid:person_id>/plan/", plan.plan, name="plan_of", act="open_record"),
    route("people/<uuid:person_id>/plan/words/", words.plan_words, name="plan_words_of", act="write_plan_together"),
    route("people/<uuid:person_id>/plan/goals/", plan.goal_new, name="goal_new_of", act="write_plan_together"),
    route("people/<uuid:person_id>/plan/goals/<uuid:goal_id>/", plan.goal, name="goal_of", act="write_plan_together"),
    route("people/<uuid:person_id>/plan/steps/<uuid:step_id>/", plan.step, name="step_of", act="write_plan_together"),
    route("people/<uuid:person_id>/history/", plan.history, name="history_of", act="open_record"),
    route("people/<uuid:person_id>/safe/", pages.safe, name="safe_of", act="open_record"),
    route("people/<uuid:person_id>/safe/words/", words.safe_words, name="safe_words_of", act="write_plan_together"),
    route("people/<uuid:person_id>/well/", pages.well, name="well_of", act="open_record"),
    route("people/<uuid:person_id>/days/", pages.days_of, name="days_of", act="open_record"),
    # Staff
    route("on-call/", help.on_call, name="on_call", act="set_on_call"),
]
