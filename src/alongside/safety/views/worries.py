"""Raising a worry, the list, one worry, and what those on duty do with it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.context import list_help
from alongside.people.labels import label
from alongside.people.speaking import list_reach_facts, speak_phone
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_participant_visible_to, list_participants_visible_to
from alongside.rules.escalation import SOURCES, is_overdue
from alongside.safety import actions, queries
from alongside.safety.forms import (
    CONFIRMED,
    MEASURES,
    DebriefForm,
    HandForm,
    MeasureForm,
    ResolveForm,
    WordsForm,
    WorryForm,
)
from alongside.safety.models import Escalation
from alongside.safety.showing import show_happenings, show_row

MOST_PEOPLE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def worry_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What did you notice? The page says the program's own path, who is on duty now, and what to do if nobody is."""
    person = get_participant_visible_to(request.actor, person_id)
    if person is None or request.actor.person_id is None:
        raise Http404
    source = request.GET.get("from", "")
    form = WorryForm(request.POST or None, initial={"source": source if source in SOURCES else "worry"})
    if request.method == "POST" and form.is_valid():
        worry = actions.raise_escalation(
            person=person, words=form.cleaned_data["words"], source=form.cleaned_data["source"],
            submit_key=form.cleaned_data["submit_key"] or uuid4(), by=request.actor,
        )  # fmt: skip
        messages.success(request, _("Told. You are not alone with it: this page shows who has it."))
        return redirect("worry", worry_id=worry.pk)
    context = _path(request) | {"form": form, "person": person}
    return render(request, "safety/worry_new.html", context)


def _path(request: HttpRequest) -> dict:
    """The program's own path, who is on duty now and who is next: the same on every page."""
    policy = queries.get_safety_policy()
    duty = queries.get_duty(request.program, timezone.now())
    return {
        "path": policy.path_es if (get_language() or "").startswith("es") else policy.path_en,
        "minutes": policy.acknowledge_minutes,
        "duty": duty,
        "duty_phone": speak_phone(duty.person.phone) if duty.person else "",
        "help": list_help(request.program),
    }


@require_safe
def worry_about(request: HttpRequest) -> HttpResponse:
    """Whom is it about? The people whose record I may open."""
    people = list_participants_visible_to(request.actor).order_by("goes_by_search").values("pk", "goes_by")
    return render(request, "safety/worry_about.html", {"people": list(people[:MOST_PEOPLE])})


@require_safe
def worries(request: HttpRequest) -> HttpResponse:
    """Worries that I may read: what waits first."""
    now = timezone.now()
    context = {
        "rows": [show_row(one, now) for one in queries.list_unfinished(request.actor)],
        "finished": [show_row(one, now) for one in queries.list_finished(request.actor)],
        "may_choose_texts": actions.may_choose_texts(request.actor),
    }
    return render(request, "safety/worries.html", context | _path(request))


def _visible(request: HttpRequest, worry_id: UUID) -> Escalation:
    found = queries.get_escalation_visible_to(request.actor, worry_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """One worry with its clock and history. Whoever may read it may add words."""
    found = _visible(request, worry_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_words(escalation=found, words=form.cleaned_data["words"], by=request.actor)
        messages.success(request, _("Added."))
        return redirect("worry", worry_id=worry_id)
    note_opened(participant_id=found.person_id, by=request.actor, page="escalation")
    return _show(request, found, {"form": form})


def _show(request: HttpRequest, found: Escalation, forms: dict) -> HttpResponse:
    happenings, now, me = queries.list_happenings(found), timezone.now(), request.actor.person_id
    names = queries.names_of({one for each in happenings for one in (each.by_person, each.to_person)})
    safe = found.person.safe_contact
    late = is_overdue(found.status, now, acknowledge_by=found.acknowledge_by, resolve_by=found.resolve_by)
    answers = request.actor.has(*queries.OWNERS)
    is_owner = answers and found.owner_id == me
    others = queries.list_others(found, request.program, found.owner_id) if is_owner else []
    measures = queries.list_measures(found)
    taken = [one.what for one in measures]
    reach = {name: getattr(safe, name) for name in REACH}
    context = forms | {
        "worry": found,
        "row": show_row(found, now),
        "state": label("escalation", found.status),
        "confirmed": CONFIRMED.get(found.confirmed, ""),
        "events": show_happenings(happenings, names),
        "told": queries.list_told(found),
        "answers": answers,
        "reach": list_reach_facts(reach, phone=found.person.phone, email=found.person.email) if answers else [],
        "may_call": answers and found.person.phone and safe.may_call,
        "may_open": get_participant_visible_to(request.actor, found.person_id) is not None,
        "may_take": answers and found.owner_id != me and (found.status == "open" or late),
        "is_handed": answers and found.handed_to_id == me,
        "is_owner": is_owner and found.status == "owned",
        "is_mine": found.raised_by_id == me,
        "may_debrief": answers and found.status == "resolved",
        "hand": forms.get("hand") or HandForm(others=others, auto_id="hand_%s"),
        "resolve": forms.get("resolve") or ResolveForm(taken=taken, auto_id="resolve_%s"),
        "measure": forms.get("measure") or MeasureForm(taken=taken, auto_id="measure_%s"),
        "measures": [(MEASURES[one.what], one) for one in measures],
        "may_measure": answers and found.status in ("open", "owned"),
        "debrief": forms.get("debrief") or DebriefForm(auto_id="debrief_%s"),
        "wrong": next((one for one in forms.values() if one.is_bound and one.errors), None),
        "form": forms.get("form") or WordsForm(),
    }
    return render(request, "safety/worry.html", context)


REACH = (
    "channel", "may_call", "may_text", "may_voicemail", "may_email", "from_hour", "until_hour", "name_to_use",
    "texts_stopped_at",
)  # fmt: skip


def _late(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    messages.error(request, _("Meanwhile somebody else has it. This page shows who."))
    return redirect("worry", worry_id=worry_id)


@require_POST
def worry_take(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """ "I have it", also when it was handed to me."""
    found = _visible(request, worry_id)
    try:
        if found.handed_to_id == request.actor.person_id:
            actions.take_handed(escalation=found, by=request.actor)
        else:
            actions.take(escalation=found, by=request.actor)
    except actions.NotTheirs:
        return _late(request, worry_id)
    messages.success(request, _("You have it. Whoever raised it is told."))
    return redirect("worry", worry_id=worry_id)


@require_POST
def worry_hand(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """Ask another to take it. Until they say so, it stays with me."""
    found = _visible(request, worry_id)
    others = queries.list_others(found, request.program, found.owner_id)
    form = HandForm(request.POST, others=others, auto_id="hand_%s")
    if not form.is_valid():
        return _show(request, found, {"hand": form})
    other = next(one for one in others if str(one.pk) == form.cleaned_data["other"])
    try:
        actions.hand_to(escalation=found, other=other, words=form.cleaned_data["words"], by=request.actor)
    except actions.NotTheirs:
        return _late(request, worry_id)
    messages.success(request, _("Asked. Until %(name)s has it, it stays with you.") % {"name": other.goes_by})
    return redirect("worry", worry_id=worry_id)


@require_POST
def worry_measure(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """What was done toward the person; where something smaller was left out, why."""
    found = _visible(request, worry_id)
    form = MeasureForm(request.POST, taken=_taken(found), auto_id="measure_%s")
    if not form.is_valid():
        return _show(request, found, {"measure": form})
    try:
        actions.note_measure(escalation=found, by=request.actor, **form.cleaned_data)
    except actions.NotTheirs:
        return _late(request, worry_id)
    messages.success(request, _("Written down."))
    return redirect("worry", worry_id=worry_id)


def _taken(found: Escalation) -> list[str]:
    return [one.what for one in queries.list_measures(found)]


@require_POST
def worry_resolve(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """Contact is confirmed, and something was agreed."""
    found = _visible(request, worry_id)
    form = ResolveForm(request.POST, taken=_taken(found), auto_id="resolve_%s")
    if not form.is_valid():
        return _show(request, found, {"resolve": form})
    try:
        actions.resolve(escalation=found, by=request.actor, **form.cleaned_data)
    except actions.NotTheirs:
        return _late(request, worry_id)
    messages.success(request, _("Resolved. Now look after whoever raised it."))
    return redirect("worry", worry_id=worry_id)


@require_POST
def worry_talk(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """Whoever raised it would like to talk about how it was."""
    found = _visible(request, worry_id)
    try:
        actions.ask_to_talk(escalation=found, words=_("I would like to talk about it."), by=request.actor)
    except actions.NotTheirs as error:
        raise Http404 from error
    messages.success(request, _("Asked. Whoever has the worry and whoever supports you are told."))
    return redirect("worry", worry_id=worry_id)


@require_POST
def worry_debrief(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """Somebody sat down with the one who raised it."""
    found = _visible(request, worry_id)
    form = DebriefForm(request.POST, auto_id="debrief_%s")
    if found.status not in ("resolved", "debriefed"):
        raise Http404
    if not form.is_valid():
        return _show(request, found, {"debrief": form})
    try:
        actions.debrief(escalation=found, words=form.cleaned_data["words"], by=request.actor)
    except actions.NotTheirs:
        return _late(request, worry_id)
    messages.success(request, _("Saved. Thank you for looking after each other."))
    return redirect("worry", worry_id=worry_id)
