"""Complaints: on the person's own page, by staff for them, and for who looks into them. In public: `intake.views`."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.acting import as_participant
from alongside.people.models import Person
from alongside.rules.lifecycles import MoveNotAllowed

from .. import actions, complaint_queries, queries
from ..complaint_forms import AnswerForm, ComplaintForm
from ..complaint_words import say_complaint, say_rights
from ..models import Complaint


@require_http_methods(["GET", "HEAD", "POST"])
def me_complaints(request: HttpRequest) -> HttpResponse:
    """Say that something is not right, and read what was answered."""
    me = Person.objects.select_related("program").get(pk=request.actor.person_id)
    form = ComplaintForm(request.POST or None, whom=complaint_queries.list_whom(me))
    if request.method == "POST" and form.is_valid():
        actions.receive_complaint(
            program=me.program, person=me, via="own", by=as_participant(request.actor),
            submit_key=form.cleaned_data["submit_key"] or uuid4(), **form.values(),
        )  # fmt: skip
        messages.success(request, _("We have it. You read the answer here."))
        return redirect("me_complaints")
    rows = [say_complaint(one) for one in complaint_queries.list_own(me.pk)]
    return render(request, "privacy/me_complaints.html", {"form": form, "rows": rows, "rights": say_rights()})


@require_http_methods(["GET", "HEAD", "POST"])
def complaint_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Somebody said or wrote it to staff, who put it down for them, and read it no more afterwards."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    form = ComplaintForm(request.POST or None, whom=complaint_queries.list_whom(person))
    if request.method == "POST" and form.is_valid():
        actions.receive_complaint(
            program=request.program, person=person, via="staff", by=request.actor,
            submit_key=form.cleaned_data["submit_key"] or uuid4(), **form.values(),
        )  # fmt: skip
        messages.success(request, _("Written down. A director looks into it and answers them."))
        return redirect("record", person_id=person.pk)
    actions.note_opened(participant_id=person.pk, by=request.actor, page="complaint")
    return render(request, "privacy/complaint_new.html", {"form": form, "person": person, "rights": say_rights()})


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """Those that I may look into, what nobody answered first."""
    found = complaint_queries.list_to_look_into(request.actor)
    for person_id in dict.fromkeys(one.person_id for one in found if one.person_id):
        actions.note_opened(participant_id=person_id, by=request.actor, page="complaint")
    return render(request, "privacy/complaints.html", {"rows": [say_complaint(one) for one in found]})


def _get(request: HttpRequest, complaint_id: UUID) -> Complaint:
    found = complaint_queries.get_to_look_into(request.actor, complaint_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def complaint_one(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """One: its words, and the answer of its owner."""
    complaint = _get(request, complaint_id)
    is_mine = complaint.status == "looked_into" and complaint.owner_id == request.actor.user_id
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        _or_404(lambda: actions.answer_complaint(complaint=complaint, words=words, by=request.actor))
        messages.success(request, _("Answered. The person reads it."))
        return redirect("complaints")
    if complaint.person_id:
        actions.note_opened(participant_id=complaint.person_id, by=request.actor, page="complaint")
    context = {"row": say_complaint(complaint), "form": form if is_mine else None, "rights": say_rights()}
    return render(request, "privacy/complaint_one.html", context)


@require_POST
def complaint_move(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """Take it, or give it on: it is about me, or somebody else should look."""
    complaint, action = _get(request, complaint_id), request.POST.get("action")
    if action == "take":
        _or_404(lambda: actions.look_into(complaint=complaint, by=request.actor))
        return redirect("complaint_one", complaint_id=complaint.pk)
    if action not in ("about_me", "give_on"):
        raise Http404
    _or_404(lambda: actions.pass_on(complaint=complaint, by=request.actor, about_me=action == "about_me"))
    messages.success(request, _("Somebody else looks into it."))
    return redirect("complaints")


def _or_404(act: Callable[[], object]) -> None:
    """What its state does not allow, or is not theirs, is not there."""
    try:
        act()
    except (MoveNotAllowed, actions.NotTheirs):
        raise Http404 from None
