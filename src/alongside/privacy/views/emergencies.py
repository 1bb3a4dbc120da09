"""Told in a medical emergency, to the FDA, or for a minor in danger: written down by whoever told it, looked at by a
supervisor or a director."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.people.models import Person
from alongside.rules.access import may
from alongside.rules.consent import ITEMS

from .. import actions, emergency_queries, queries
from ..consent_words import say_items_of_them
from ..emergency_forms import EmergencyForm, FactsForm, FdaForm, ParentForm, ReviewForm
from ..emergency_words import list_findings, say_emergency
from ..restriction_queries import list_agreed
from ..writing import get_posture, why_no_minor


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Whom did you tell what, when and why: the facts of §2.51(c)."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    return _write_down(request, person, EmergencyForm, "emergency_new")


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_fda(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same of what was told to medical staff of the FDA about a product: the facts of §2.51(b) and (c)."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    return _write_down(request, person, FdaForm, "emergency_fda")


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_parent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same of what a director told whoever acts for a minor in danger: what §2.14(c) wants judged."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    posture = get_posture()
    # Only what is shown: whether it may be written down is for the action to say, of the day on which it was told.
    barred = "other_law" if posture.part2 == "neither" else why_no_minor(person, posture, timezone.now())
    return _write_down(
        request, person, ParentForm, "emergency_parent", barred=barred, majority_age=posture.majority_age
    )


def _write_down(request: HttpRequest, person: Person, kind: type[FactsForm], page: str, **more) -> HttpResponse:
    form = kind(request.POST or None, time_zone=request.program.time_zone)
    if request.method == "POST" and form.is_valid():
        me = Person.objects.filter(pk=request.actor.person_id).first()
        name = (me.legal_name or me.goes_by) if me else request.user.get_username()
        try:
            actions.tell_in_emergency(
                person=person, facts=form.facts(name), by=request.actor,
                submit_key=form.cleaned_data["submit_key"] or uuid4(),
            )  # fmt: skip
        except actions.NotAnEmergency:
            messages.warning(request, _("Something is missing. Nothing was written down."))
            return redirect(page, person_id=person.pk)
        messages.success(request, _("Written down. The person reads it, and somebody else looks at it with you."))
        return redirect("record", person_id=person.pk)
    actions.note_opened(participant_id=person.pk, by=request.actor, page="emergency")
    kept_back = {item for one in list_agreed(person.pk) for item in one.items}
    context = {
        "form": form, "person": person, "kept_back": say_items_of_them(item for item in ITEMS if item in kept_back),
        "may_tell_fda": may("tell_fda", request.actor.roles),
        "may_tell_parent": may("tell_parent", request.actor.roles), **more,
    }  # fmt: skip
    return render(request, f"privacy/{page}.html", context)


@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """What was told in emergencies, what nobody looked at first."""
    found = emergency_queries.list_all(request.actor)
    for person_id in dict.fromkeys(row.person_id for row in found if row.can_open):
        actions.note_opened(participant_id=person_id, by=request.actor, page="emergency")
    return render(request, "privacy/emergencies.html", {"rows": found})


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_one(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """One with its facts, and what is found about it."""
    emergency = emergency_queries.get_visible_to(request.actor, emergency_id)
    if emergency is None:
        raise Http404
    is_mine = emergency.disclosed_by_id == request.actor.user_id
    form = ReviewForm(request.POST or None, findings=list_findings(emergency))
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_emergency(emergency=emergency, by=request.actor, **form.cleaned_data)
        except actions.CannotReview:
            raise Http404 from None
        messages.success(request, _("Saved. The person reads it."))
        return redirect("emergencies")
    actions.note_opened(participant_id=emergency.person_id, by=request.actor, page="emergency")
    context = {
        "row": say_emergency(emergency), "name": emergency.person.goes_by, "person_id": emergency.person_id,
        "form": None if emergency.reviewed_at or is_mine else form, "is_mine": is_mine,
    }  # fmt: skip
    return render(request, "privacy/emergency_one.html", context)
