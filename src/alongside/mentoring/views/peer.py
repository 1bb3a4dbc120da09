"""The peer's day: Today, the people they walk with, the record."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.assessments.queries import is_turn
from alongside.calls.queries import get_caller, list_queue
from alongside.calls.wording import WHYS
from alongside.mentoring import queries
from alongside.mentoring.forms import SupportRaisedForm
from alongside.mentoring.models import Mentorship
from alongside.mentoring.reasons import speak_need
from alongside.mentoring.showing import mentorship_facts, wish_facts, with_labels
from alongside.people.labels import label
from alongside.people.models import Episode
from alongside.people.speaking import speak_phone
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_own_reason, get_participant_visible_to, show_participant
from alongside.returns.actions import tell_return
from alongside.web.spoken import one_language

NEEDED_TO_WRITE = ("program_id", "participant_id", "episode_id", "peer_id", "backup_peer_id", "status")
RECENT = 30
"""Notes on the record page; a record of years opens as fast as one of weeks."""


def today(request: HttpRequest) -> HttpResponse:
    """Who needs me, in order, each with a spoken reason."""
    day = timezone.localdate()
    needs, walked_with = queries.look_at_today(request.actor, request.program)
    with one_language():
        rows = [
            {"need": need, "mentorship": row, "reasons": speak_need(need, day, most=3), "person": row.participant}
            for need, row in needs
        ]
    # Only who is trained is asked for calls: others pay one query for it.
    caller = get_caller(request.actor)
    calls = list_queue(caller, timezone.now()) if caller else []
    context = {
        "rows": rows,
        "calls": len(calls),
        "first_call": WHYS[calls[0].why] if calls else "",
        "caseload": walked_with,
        "asked": queries.count_who_asked(request.actor),
        "draft_saved": request.session.pop("draft_saved", ""),
    }
    return render(request, "mentoring/today.html", context)


def caseload(request: HttpRequest) -> HttpResponse:
    """Everybody I walk with."""
    rows = queries.list_caseload(request.actor, timezone.localdate())
    return render(request, "mentoring/caseload.html", {"rows": rows})


def get_record_person(request: HttpRequest, person_id: UUID):
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    return person


def get_own_walk(request: HttpRequest, person_id: UUID) -> Mentorship:
    found = (
        queries.list_own_mentorships(request.actor)
        .filter(participant_id=person_id)
        .select_related("participant")
        # Of the person the name is shown, and nothing else decrypted.
        .only(*NEEDED_TO_WRITE, "participant__goes_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


def record(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One participant's record, for those who walk with them or answer for it. Opening it is written down first."""
    return _show_record(request, person_id, SupportRaisedForm(initial={"on_day": timezone.localdate()}))


def _show_record(request: HttpRequest, person_id: UUID, support_form: SupportRaisedForm) -> HttpResponse:
    person = show_participant(request.actor, person_id)
    if person is None:
        raise Http404
    is_director = request.actor.has("director")
    reason = get_own_reason(request.actor.person_id, person.pk) if is_director else None
    note_opened(participant_id=person.pk, by=request.actor, page="record", words=reason.reason_words if reason else "")
    episodes = list(Episode.objects.filter(person=person.pk).select_related("wishes").order_by("-opened_at"))
    mentorships = queries.list_mentorships_of(person.pk)
    open_one = next((each for each in mentorships if each.status != "ended"), None)
    contacts = with_labels(queries.list_notes_shown(request.actor, person.pk, RECENT))
    wishes = getattr(episodes[0], "wishes", None)
    is_own = bool(open_one and queries.is_own_mentorship(request.actor, open_one))
    context = {
        "person": person,
        "episode": episodes[0],
        "wishes": wishes,
        "wish_facts": wish_facts(wishes) if wishes else [],
        "mentorship_facts": mentorship_facts(open_one) if open_one else [],
        "kind": label("kind", episodes[0].kind),
        "status": label("episode", episodes[0].status),
        "earlier_episodes": episodes[1:],
        "mentorship": open_one,
        "contacts": contacts,
        "more_than": RECENT if len(contacts) == RECENT else 0,
        "is_own": is_own,
        "phone": speak_phone(person.phone),
        "may_tell": request.actor.has("coordinator", "peer", "supervisor"),
        "is_coordinator": request.actor.has("coordinator"),
        "may_sign_for_payment": request.actor.has("director"),
        "may_help_sharing": request.actor.has("coordinator", "peer"),
        "may_change": request.actor.has("coordinator") or (is_own and open_one.peer_id == request.actor.person_id),
        "safe_contact": person.safe_contact,
        "is_turn": open_one is not None and is_turn(person.pk, timezone.localdate()),
        "support_form": support_form,
    }
    return render(request, "mentoring/record.html", context)


@require_POST
def support_raised(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note a return to use, told by the person: raises the cadence, closes nothing, resets nothing."""
    mentorship = get_own_walk(request, person_id)
    form = SupportRaisedForm(request.POST)
    if not form.is_valid():
        return _show_record(request, person_id, form)
    tell_return(
        person=mentorship.participant, on_day=form.cleaned_data["on_day"], words=form.cleaned_data["words"],
        submit_key=form.cleaned_data["submit_key"] or uuid4(), by=request.actor,
    )  # fmt: skip
    messages.success(request, _("Noted. They stay near the top of your Today for a while. Nothing else changed."))
    return redirect("record", person_id=person_id)
