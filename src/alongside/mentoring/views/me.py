"""The participant's own first page, and the notes that were written about them."""

from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.assessments.queries import list_due
from alongside.mentoring import actions, queries
from alongside.mentoring.home import get_state
from alongside.mentoring.me_forms import AnswerForm
from alongside.mentoring.models import Contact
from alongside.mentoring.showing import with_labels
from alongside.people.acting import as_participant
from alongside.people.held_forms import held_values
from alongside.privacy.notice_queries import is_to_offer

PER_PAGE = 50


@require_safe
def me_home(request: HttpRequest) -> HttpResponse:
    """Where things stand, who is beside me, what is new, and help."""
    me = as_participant(request.actor)
    walk = queries.get_own_mentorship(me)
    episode = queries.get_own_episode(me)
    handover = queries.get_own_handover(me) if walk or episode else None
    next_time = queries.get_next_time(walk) if walk else None
    state = get_state(episode, walk, handover)
    context = {
        "state": state,
        "state_template": f"mentoring/me/_{state}.html",
        "episode": episode,
        "walk": walk,
        "handover": handover,
        "next_time": next_time,
        "new_notes": queries.count_new_notes(me),
        "new_messages": queries.count_new_messages(me),
        "asked_peer": queries.get_asked_peer(episode) if episode and episode.status == "offered" else None,
        "today": timezone.localdate(),
        "offers_notice": is_to_offer(me.person_id),
        "questions_due": _count_questions_due(me.person_id, episode.kind, request.program) if walk else 0,
    }
    return render(request, "mentoring/me/home.html", context)


def _count_questions_due(person_id: UUID, kind: str, program) -> int:
    """How many questionnaires may be filled in today: said quietly beside their page, and nowhere counted."""
    return len(list_due(person_id, kind, timezone.localdate(), ZoneInfo(program.time_zone)))


@require_POST
def me_call(request: HttpRequest) -> HttpResponse:
    """One tap: please call me."""
    me = as_participant(request.actor)
    walk = queries.get_own_mentorship(me)
    if walk is None:
        raise Http404
    actions.ask_for_call(mentorship=walk, by=me)
    messages.success(request, _("Asked. %(name)s sees it first on their list.") % {"name": walk.peer.person.goes_by})
    return redirect("me_home")


@require_POST
def me_go_on(request: HttpRequest) -> HttpResponse:
    """The rest is over."""
    me = as_participant(request.actor)
    episode = queries.get_own_episode(me)
    if episode is None or episode.status != "paused":
        raise Http404
    actions.go_on(episode=episode, by=me)
    messages.success(request, _("Good to have you back."))
    return redirect("me_home")


@require_safe
def me_notes(request: HttpRequest) -> HttpResponse:
    """Every note about me, in full, newest first. What is shown counts as read from now on."""
    me = as_participant(request.actor)
    page = Paginator(queries.list_own_notes(me), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_labels(page.object_list)
    if request.method == "GET":
        actions.mark_notes_read(contacts=page.object_list, by=me)
    return render(request, "mentoring/me/notes.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def me_note(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """One note about me, and my answer to it."""
    me = as_participant(request.actor)
    note = _own_note(me, contact_id)
    form = AnswerForm(request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        actions.add_to_note(
            contact=note,
            words=form.cleaned_data["words"],
            submit_key=form.cleaned_data["submit_key"] or uuid4(),
            by=me,
            is_answer=True,
        )
        messages.success(request, _("Saved. %(name)s can read it.") % {"name": note.author.goes_by})
        return redirect("me_note", contact_id=note.pk)
    actions.mark_notes_read(contacts=[note], by=me)
    return render(request, "mentoring/me/note.html", {"contact": note, "form": form})


def _own_note(me, contact_id: UUID) -> Contact:
    found = queries.list_own_notes(me).filter(pk=contact_id).first()
    if found is None:
        raise Http404
    return with_labels([found])[0]
