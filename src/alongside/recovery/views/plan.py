"""The recovery plan: hope, strengths, people and places; where somebody stands; goals with small steps; the history."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.people.held_forms import held_values
from alongside.recovery import actions, queries
from alongside.recovery.forms import GoalForm, StagesForm, StepForm
from alongside.recovery.models import Goal, Step
from alongside.recovery.showing import show_areas, show_goal, show_history, show_parts
from alongside.recovery.whose import Whose, whose
from alongside.rules.sheets import AREAS, STAGE_PARTS

from .saving import save, saved

PER_PAGE = 50


@require_safe
def plan(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """The plan as it stands."""
    who = whose(request, person_id, page="plan")
    sheet = queries.get_sheet(who.person.pk, "plan", is_own=who.is_own)
    goals = queries.list_goals(sheet)
    parts = show_parts(sheet, "plan")
    context = {
        "who": who,
        "tabs": who.tabs("plan"),
        "parts": [part for part in parts if part["words"]],
        "empty_parts": [part["name"] for part in parts if not part["words"]],
        "areas": show_areas(sheet, goals, who, timezone.localdate()),
        "is_empty": not any(part["words"] for part in parts) and not goals,
        "may_write": who.may_write("plan"),
        "words_url": who.url("plan_words"),
        "history_url": who.url("history"),
        "draft_saved": request.session.pop("draft_saved", ""),
    }
    return render(request, "recovery/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stages(request: HttpRequest) -> HttpResponse:
    """Where I stand in each area of life. Mine to set, and it opens or closes nothing."""
    who = whose(request, None)
    sheet = queries.get_sheet(who.person.pk, "plan", is_own=True)
    stored = {part: sheet.parts.get(part, "") if sheet else "" for part in STAGE_PARTS}
    anew = partial(StagesForm, stored=stored, of=who.person.pk)
    form = anew(request.POST) if request.method == "POST" else anew(initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.write_parts, person=who.person, kind="plan", wanted=form.wanted, by=who.actor, seen=form.seen
        )
        if (again := save(form, act, partial(_stages_now, who))) is None:
            messages.success(request, _("Saved."))
            return redirect("me_plan")
        form = again
    return render(request, "recovery/stages.html", {"who": who, "form": form})


def _stages_now(who: Whose, **options) -> StagesForm:
    sheet = queries.get_sheet(who.person.pk, "plan", is_own=True)
    return StagesForm(stored=sheet.parts if sheet else {}, of=who.person.pk, **options)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_new(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """One more goal."""
    who = whose(request, person_id, page="plan", write="plan")
    area = request.GET.get("area", "")
    form = GoalForm(request.POST or None, initial=held_values(request) or {"area": area if area in AREAS else ""})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        goal = actions.add_goal(
            person=who.person, area=values["area"], words=values["words"],
            submit_key=values["submit_key"] or uuid4(), by=who.actor,
        )  # fmt: skip
        messages.success(request, _("Saved. A small step makes it easier to begin, if you like."))
        saved(request, who.draft_name("goal"))
        return redirect(who.url("goal", goal.pk))
    context = {"who": who, "form": form, "back_url": who.url("plan"), "draft_name": who.draft_name("goal")}
    return render(request, "recovery/goal_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, goal_id: UUID, person_id: UUID | None) -> HttpResponse:
    """One goal: its steps, other words, done, set aside, taken up again."""
    who = whose(request, person_id, page="plan", write="plan")
    found = queries.get_goal(who.person.pk, goal_id)
    if found is None:
        raise Http404
    pressed = request.POST.get("action", "")
    if pressed in ("done", "set_aside", "open"):
        actions.settle_goal(goal=found, to=pressed, by=who.actor)
        messages.success(request, SETTLED[pressed]())
        return redirect(who.url("plan"))
    step_form = StepForm(
        request.POST if pressed == "step" else None,
        is_own=who.is_own,
        initial={"owner": "person", **held_values(request)},
    )
    goal_form = _goal_form(found, data=request.POST if pressed == "goal" else None)
    if pressed == "step" and step_form.is_valid():
        values = step_form.cleaned_data
        actions.add_step(
            goal=found, words=values["words"], owner=values["owner"], due_on=values["due_on"],
            submit_key=values["submit_key"] or uuid4(), by=who.actor,
        )  # fmt: skip
        messages.success(request, _("Step saved."))
        saved(request, who.draft_name(f"step-{found.pk}"))
        return redirect(who.url("goal", found.pk))
    if pressed == "goal" and goal_form.is_valid():
        values = goal_form.cleaned_data
        act = partial(
            actions.change_goal, goal=found, words=values["words"], area=values["area"], by=who.actor,
            seen=goal_form.seen,
        )  # fmt: skip
        if (again := save(goal_form, act, partial(_goal_now, found.pk))) is None:
            messages.success(request, _("Saved."))
            return redirect(who.url("goal", found.pk))
        goal_form = again
    context = {
        "who": who,
        "row": show_goal(found, who, timezone.localdate()),
        "step_form": step_form,
        "goal_form": goal_form,
        "back_url": who.url("plan"),
        "draft_name": who.draft_name(f"step-{found.pk}"),
        "draft_saved": request.session.pop("draft_saved", ""),
    }
    return render(request, "recovery/goal.html", context)


SETTLED = {
    "done": lambda: _("Well done. It stays in your history."),
    "set_aside": lambda: _("Set aside. You can take it up again any time."),
    "open": lambda: _("Taken up again."),
}


def _goal_form(goal: Goal, *, initial=None, data=None) -> GoalForm:
    stored = {"words": goal.words, "area": goal.area}
    form = GoalForm(data, initial=stored | (initial or {}), auto_id="goal_%s")
    form.remember(stored, of=goal.pk)
    return form


def _goal_now(goal_id: UUID, **options) -> GoalForm:
    return _goal_form(Goal.objects.get(pk=goal_id), **options)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, step_id: UUID, person_id: UUID | None) -> HttpResponse:
    """One small step: done, not done, other words, another day, set aside."""
    who = whose(request, person_id, page="plan", write="plan")
    found = queries.get_step(who.person.pk, step_id)
    if found is None:
        raise Http404
    pressed = request.POST.get("action", "")
    if pressed in ("done", "set_aside", "open"):
        actions.settle_step(step=found, to=pressed, by=who.actor)
        return redirect(f"{who.url('plan')}#goal-{found.goal_id}")
    form = _step_form(who, found, data=request.POST if request.method == "POST" else None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        act = partial(
            actions.change_step, step=found, words=values["words"], owner=values["owner"], due_on=values["due_on"],
            by=who.actor, seen=form.seen,
        )  # fmt: skip
        if (again := save(form, act, partial(_step_now, who, found.pk))) is None:
            messages.success(request, _("Saved."))
            return redirect(who.url("goal", found.goal_id))
        form = again
    context = {"who": who, "form": form, "step": found, "back_url": who.url("goal", found.goal_id)}
    return render(request, "recovery/step.html", context)


def _step_form(who: Whose, step: Step, *, initial=None, data=None) -> StepForm:
    stored = {"words": step.words, "owner": step.owner, "due_on": step.due_on}
    form = StepForm(data, is_own=who.is_own, initial=stored | (initial or {}))
    form.remember(stored, of=step.pk)
    return form


def _step_now(who: Whose, step_id: UUID, **options) -> StepForm:
    return _step_form(who, Step.objects.get(pk=step_id), **options)


@require_safe
def history(request: HttpRequest, person_id: UUID | None) -> HttpResponse:
    """Everything that was ever written on these pages, and by whom, the latest first."""
    who = whose(request, person_id, page="history")
    sheets = queries.list_readable(who.person.pk, is_own=who.is_own)
    page = Paginator(queries.list_changes(sheets), PER_PAGE).get_page(request.GET.get("page"))
    context = {"who": who, "page": page, "events": show_history(page.object_list, who), "back_url": who.url("plan")}
    return render(request, "recovery/history.html", context)
