"""The supervisor's page: support for peers, not surveillance of them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.audit.actions import record_each
from alongside.mentoring import actions
from alongside.mentoring.forms import SeenForm
from alongside.mentoring.queries import team as queries
from alongside.people.models import Person
from alongside.safety.queries import list_unfinished
from alongside.safety.showing import show_row

NOTES_A_PAGE = 12


def team(request: HttpRequest) -> HttpResponse:
    """My peers, their loads, people nobody reached, offers waiting, and notes to say thank you for."""
    actor = request.actor
    notes = Paginator(queries.page_notes_to_acknowledge(actor), NOTES_A_PAGE).get_page(request.GET.get("page"))
    shown = list(notes)
    # Reading a note here is opening a record, and the person can see who did.
    record_each({note.participant_id for note in shown}, act="record.opened", by=actor, object_kind="team", view=True)
    now = timezone.now()
    context = {
        "worries": [show_row(one, now) for one in list_unfinished(actor)],
        "peers": queries.list_team(actor),
        "silent": queries.list_silent(actor),
        "wished": queries.list_wished_calls(actor),
        "notes": notes,
        "shown": shown,
    }
    return render(request, "mentoring/team.html", context)


@require_POST
def seen_all(request: HttpRequest) -> HttpResponse:
    """Thanks for every note that the page showed; what came in meanwhile waits for its own reader."""
    shown = request.POST.getlist("note")[:NOTES_A_PAGE]
    waiting = {
        str(each.pk): each for each in queries.list_notes_to_acknowledge(request.actor).filter(pk__in=_ids(shown))
    }
    supervisor = Person.objects.get(pk=request.actor.person_id)
    for contact in waiting.values():
        actions.say_seen(contact=contact, supervisor=supervisor, by=request.actor)
    messages.success(request, _("Your peers will see your thanks."))
    return redirect("team")


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise Http404 from error


@require_POST
def seen(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """ "Seen, thank you": somebody read it."""
    contact = queries.list_notes_to_acknowledge(request.actor).filter(pk=contact_id).first()
    if contact is None:
        raise Http404
    form = SeenForm(request.POST)
    if form.is_valid():
        supervisor = Person.objects.get(pk=request.actor.person_id)
        actions.say_seen(contact=contact, supervisor=supervisor, by=request.actor, words=form.cleaned_data["words"])
        messages.success(request, _("%(name)s will see your thanks.") % {"name": contact.author.goes_by})
    return redirect("team")
