"""What a court ordered goes out: seen by two, agreed to by the second, printed by the one who asked (D5)."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from alongside.audit.actions import record

from .. import actions, queries, wording
from ..forms import list_item_words
from ..models import Release
from ..showing import show_paper, show_release


def _get(request: HttpRequest, release_id: UUID) -> Release:
    found = queries.get_release(request.actor, release_id)
    if found is None:
        raise Http404
    return found


@require_safe
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Under which papers what goes to whom; the question for the second, the paper for the one who asked."""
    found, now = _get(request, release_id), timezone.now()
    record(
        act="demand.read", by=request.actor, subject=found.person_id, view=True, object_kind="release",
        object_id=found.pk,
    )  # fmt: skip
    names = queries.names_of([found.asked_by_id, found.decided_by_id])
    context = {
        "row": show_release(found, request.actor, now, names), "order": show_paper(found.order, now),
        "mandate": show_paper(found.mandate, now), "is_director": request.actor.has("director"),
    }  # fmt: skip
    return render(request, "legal/release.html", context)


@require_POST
def release_answer(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The second person agrees or declines."""
    found = _get(request, release_id)
    if found.asked_by_id == request.actor.user_id:
        raise Http404
    agree = request.POST.get("action") == "agree"
    return _agree(request, found) if agree else _answer(request, found, agree=False)


@reauthentication_required
def _agree(request: HttpRequest, found: Release) -> HttpResponse:
    return _answer(request, found, agree=True)


def _answer(request: HttpRequest, found: Release, *, agree: bool) -> HttpResponse:
    try:
        actions.answer_release(release=found, agree=agree, by=request.actor)
    except actions.NotReleased:
        messages.info(request, _("Nothing is waiting for an answer here any more."))
    else:
        messages.success(request, _("You agreed. It can go out now.") if agree else _("You declined."))
    return redirect("release", release_id=found.pk)


@require_POST
def release_withdraw(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The one who asked needs it no more."""
    found = _get(request, release_id)
    try:
        actions.withdraw_release(release=found, by=request.actor)
    except actions.NotReleased:
        messages.info(request, _("This was over already."))
    return redirect("release", release_id=found.pk)


@require_POST
def release_paper(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The paper with what the order names, and what must go with it."""
    return _print(request, _get(request, release_id))


@reauthentication_required
def _print(request: HttpRequest, found: Release) -> HttpResponse:
    try:
        released = actions.release_records(release=found, language="en", by=request.actor)
    except actions.NotReleased as refused:
        messages.error(request, wording.REASON_WORDS.get(refused.reason, _("Nothing went out.")))
        return redirect("release", release_id=found.pk)
    with override("en"):  # as its rows: the court reads English
        titles = list_item_words([item for item, _rows in released.content])
    content = [{"title": titles[item], "rows": rows} for item, rows in released.content]
    context = {"released": released, "release": released.release, "content": content, "person": found.person}
    return render(request, "legal/release_paper.html", context)
