"""Whoever works with somebody hears that they want to stop, and stops it for them at once (B4).

The signed text promises it of anybody who works with them. So this is more people than those who prepare permissions:
supervisors and directors who may open the record see here what is in force, to whom it goes and what for: enough to
stop the right one, and nothing more.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.rules.access import may

from .. import actions, consent_queries, queries
from ..consent_words import row
from ..donation_queries import show_choice
from .helping import do_or_404, get_or_404


@require_safe
def stop_heard(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is in force for one person, each with its button."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    actions.note_opened(participant_id=person.pk, by=request.actor, page="sharing")
    rows = [one for one in map(row, consent_queries.list_of(person.pk)) if one["is_active"]]
    return render(request, "privacy/stop_heard.html", {"person": person, "rows": rows} | show_choice(person.pk))


@require_POST
def sharing_stop(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Somebody said or wrote that they want to stop: it stops now (B4)."""
    consent = get_or_404(request, consent_id)
    how = "written" if request.POST.get("action") == "written" else "spoken"
    stop = actions.stop_together if request.POST.get("action") == "all" else actions.stop_sharing
    helps = may("help_with_sharing", request.actor.roles)
    try:
        do_or_404(lambda: stop(consent=consent, by=request.actor, how=how))
    except actions.CannotStopYet:
        messages.warning(request, _("It can be stopped only from the day named in it."))
    else:
        messages.success(
            request,
            _("Stopped for them. Please tell whoever got something before.")
            if helps
            else _("Stopped for them. Coordinators tell whoever got something before."),
        )
    if helps:
        return redirect("sharing_one", consent_id=consent.pk)
    return redirect("stop_heard", person_id=consent.person_id)
