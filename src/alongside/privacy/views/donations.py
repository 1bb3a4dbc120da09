"""No messages asking for donations: the person's own choice, told to staff, and the list for whoever writes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.audit.actions import record_each
from alongside.people.models import Person
from alongside.rules.access import may

from .. import actions, donation_queries, queries
from ..writing import get_posture


@require_POST
def me_no_donations(request: HttpRequest) -> HttpResponse:
    """The person says no, or takes it back."""
    me = Person.objects.get(pk=request.actor.person_id)
    if request.POST.get("action") == "allow":
        actions.allow_donations(person=me, by=request.actor)
        messages.success(request, _("Saved. You may say no again at any time."))
    else:
        actions.say_no_donations(person=me, by=request.actor)
        messages.success(request, _("Saved. You get no messages asking for donations."))
    return redirect("me_privacy")


@require_POST
def no_donations_heard(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """They said it to whoever works with them."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    actions.say_no_donations(person=person, by=request.actor, how="told")
    messages.success(request, _("Written down. They get no messages asking for donations."))
    helps = may("help_with_sharing", request.actor.roles)
    return redirect("sharing" if helps else "stop_heard", person_id=person.pk)


@require_safe
def no_donations(request: HttpRequest) -> HttpResponse:
    """Names of who said no, where the program asks for donations: for whoever writes to people, and nothing else."""
    if not get_posture().fundraises:
        raise Http404
    rows = list({one.person_id: one for one in donation_queries.list_no()}.values())
    record_each([one.person_id for one in rows], act="record.listed", by=request.actor, view=True)
    return render(request, "privacy/no_donations.html", {"rows": rows})
