"""Threads of messages, from both sides. Opening a thread reads it; looking for news in the background does not."""

from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.keys import draft_keys
from alongside.mentoring import actions, queries
from alongside.mentoring.me_forms import MessageForm
from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship
from alongside.mentoring.place_words import as_message, place_in
from alongside.people.acting import as_participant, as_peer
from alongside.people.held_forms import held_values
from alongside.privacy.actions import note_opened_today

PER_PAGE = 50


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """The peer's threads, unread first."""
    page = Paginator(queries.list_threads(as_peer(request.actor)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/messages.html", {"page": page, "place": place_in(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, mentorship_id: UUID) -> HttpResponse:
    """One thread, as the peer or as who covers while the peer is away."""
    actor = as_peer(request.actor)
    walk = queries.get_thread_of_peer(actor, mentorship_id)
    if walk is None:
        raise Http404
    if request.method != "HEAD":
        note_opened_today(participant_id=walk.participant_id, by=actor, page="thread", object_id=walk.pk)
    return _thread(request, walk, actor, "mentoring/thread.html", as_message(request))


@require_safe
def me_messages(request: HttpRequest) -> HttpResponse:
    """The participant's thread with the person they walk with; earlier threads are linked from it."""
    walk = queries.list_own_walks(as_participant(request.actor)).first()
    if walk is not None:
        return redirect("me_thread", mentorship_id=walk.pk)
    return render(request, "mentoring/me/no_thread.html")


@require_http_methods(["GET", "HEAD", "POST"])
def me_thread(request: HttpRequest, mentorship_id: UUID) -> HttpResponse:
    """One thread of the participant's own, open or closed."""
    me = as_participant(request.actor)
    walk = queries.get_thread_of_participant(me, mentorship_id)
    if walk is None:
        raise Http404
    others = [other for other in queries.list_own_walks(me) if other.pk != walk.pk]
    return _thread(request, walk, me, "mentoring/me/thread.html", others=others)


def _thread(
    request: HttpRequest, walk: Mentorship, actor, template: str, begun: dict[str, str] | None = None, **more
) -> HttpResponse:
    if request.htmx and "seen" in request.GET:
        return _news(request, walk, actor)
    draft_name = f"message-{walk.pk}"
    form = MessageForm(request.POST or None, initial={**(begun or {}), **held_values(request)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_message(
                mentorship=walk,
                body=form.cleaned_data["body"],
                submit_key=form.cleaned_data["submit_key"] or uuid4(),
                by=actor,
            )
        except actions.ThreadClosed:
            walk.refresh_from_db(fields=["status"])
            context = _context(request, walk, actor) | more | {"unsent": form.cleaned_data["body"]}
            if actor.person_id != walk.participant_id:
                context["shown"] = []  # what the peer typed stays theirs; the thread is no longer open to them (D4)
            return render(request, template, context, status=409)
        request.session["draft_saved"] = draft_name
        return redirect(request.path)
    context = _context(request, walk, actor) | more | {"form": form, "draft_name": draft_name}
    if request.method != "HEAD":
        actions.mark_read(mentorship=walk, by=actor)
    return render(request, template, context)


def _context(request: HttpRequest, walk: Mentorship, actor) -> dict:
    page = Paginator(queries.list_messages(walk), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(reversed(page.object_list))
    own = [message for message in shown if message.author_id == actor.person_id]
    return {
        "walk": walk,
        "page": page,
        "shown": shown,
        "latest": shown[-1] if shown else None,
        "latest_own": own[-1] if own else None,
        "is_open": walk.status in OPEN_MENTORSHIPS,
        "is_away": walk.peer.status == "unavailable",
        "key": draft_keys(actor.user_id),
        "draft_saved": request.session.pop("draft_saved", None),
    }


def _news(request: HttpRequest, walk: Mentorship, actor) -> HttpResponse:
    """What came since the page was opened, or 204. It stays unread until somebody opens the page: marks are honest."""
    context = _context(request, walk, actor)
    latest = context["latest"]
    if latest is None or str(latest.pk) == request.GET["seen"]:
        return HttpResponse(status=204)
    return render(request, "mentoring/_thread_list.html", context)
