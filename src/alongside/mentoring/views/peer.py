"""The peer's day: Today, the people they walk with, the record, the contact note."""

import base64
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.audit.keys import draft_key
from alongside.mentoring import actions, queries
from alongside.mentoring.forms import AdditionForm, ContactForm, SeenForm, SupportRaisedForm
from alongside.mentoring.models import Mentorship
from alongside.mentoring.reasons import speak_need
from alongside.mentoring.showing import mentorship_facts, wish_facts, with_labels
from alongside.people.actions import note_return_to_use
from alongside.people.held_forms import take_held_form
from alongside.people.labels import label
from alongside.people.models import Episode
from alongside.people.speaking import speak_phone
from alongside.privacy.actions import note_opened
from alongside.privacy.queries import get_own_reason, get_participant_visible_to, show_participant

NEEDED_TO_WRITE = ("program_id", "participant_id", "episode_id", "peer_id", "backup_peer_id", "status")
RECENT = 30
"""Notes on the record page; a record of years opens as fast as one of weeks."""


def today(request: HttpRequest) -> HttpResponse:
    """Who needs me, in order, each with a spoken reason."""
    day = timezone.localdate()
    needs, walked_with = queries.look_at_today(request.actor, request.program)
    rows = [
        {"need": need, "mentorship": mentorship, "reasons": speak_need(need, day)[:3], "person": mentorship.participant}
        for need, mentorship in needs
    ]
    context = {
        "rows": rows,
        "caseload": walked_with,
        "asked": queries.count_who_asked(request.actor),
        "draft_saved": request.session.pop("draft_saved", ""),
    }
    return render(request, "mentoring/today.html", context)


def caseload(request: HttpRequest) -> HttpResponse:
    """Everybody I walk with."""
    rows = queries.list_caseload(request.actor, timezone.localdate())
    return render(request, "mentoring/caseload.html", {"rows": rows})


def _participant(request: HttpRequest, person_id: UUID):
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    return person


def _own_mentorship(request: HttpRequest, person_id: UUID) -> Mentorship:
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
        "is_coordinator": request.actor.has("coordinator"),
        "may_help_sharing": request.actor.has("coordinator", "peer"),
        "may_change": request.actor.has("coordinator") or (is_own and open_one.peer_id == request.actor.person_id),
        "safe_contact": person.safe_contact,
        "support_form": SupportRaisedForm(initial={"on_day": timezone.localdate()}),
    }
    return render(request, "mentoring/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The 60-second note. Its draft is kept on this device and on the server until it is saved."""
    mentorship = _own_mentorship(request, person_id)
    others = [each for each in queries.list_names_of_open(request.actor) if each.id != mentorship.pk]
    name = f"note-{person_id}"
    if request.method == "POST":
        form = ContactForm(request.POST, others=others)
        if form.is_valid():
            also = form.cleaned_data.get("also")
            chosen = queries.list_own_mentorships(request.actor).filter(pk__in=also) if also else []
            try:
                actions.record_contact(
                    mentorships=[mentorship, *chosen], note=form.as_note(), by=request.actor, draft_name=name
                )
            except actions.NoteForNobody:
                form.add_error(None, _("Not saved: meanwhile you no longer walk with everybody named here."))
            else:
                messages.success(request, _("Saved. %(name)s can read it.") % {"name": mentorship.participant.goes_by})
                request.session["draft_saved"] = name
                return redirect("today")
    else:
        held = take_held_form(request) or actions.read_draft(by=request.actor, name=name)
        form = ContactForm(initial=_initial(held, request), others=others)
    key = base64.b64encode(draft_key(request.actor.user_id)).decode()
    context = {"form": form, "mentorship": mentorship, "person": mentorship.participant, "draft_name": name, "key": key}
    return render(request, "mentoring/contact_new.html", context)


def _initial(held, request: HttpRequest) -> dict:
    """What was typed before, or the way of contact that the pressed button named."""
    if held is None:
        mode = request.GET.get("by", "")
        return {"mode": mode, "happened": "now", "submit_key": uuid4()}
    lists = held.lists() if hasattr(held, "lists") else held.items()
    many = {"kinds_of_support", "also"}
    return {name: values if name in many else (values[-1] if values else "") for name, values in lists}


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keeps what is being typed. The name of the draft is the form's own; only its author ever reads it."""
    person_id = request.POST.get("about", "")
    try:
        mentorship = _own_mentorship(request, UUID(person_id))
    except ValueError as error:
        raise Http404 from error
    name = f"note-{mentorship.participant_id}"
    fields = {key: values for key, values in request.POST.lists() if key not in ("csrfmiddlewaretoken", "about")}
    if sum(len(value) for values in fields.values() for value in values) > 20_000:
        return HttpResponse(status=413)
    actions.save_draft(by=request.actor, name=name, fields=fields)
    return HttpResponse(status=204, headers={"X-Draft-Saved": name})


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, contact_id: UUID, person_id: UUID) -> HttpResponse:
    """One note with everything added to it; its author may add, never change."""
    person = _participant(request, person_id)
    found = queries.list_contacts_visible_to(request.actor, person.pk).filter(pk=contact_id).first()
    if found is None:
        raise Http404
    is_author = found.author_id == request.actor.person_id
    form = AdditionForm(request.POST or None)
    if request.method == "POST":
        if not is_author:
            raise Http404
        if form.is_valid():
            actions.add_to_note(
                contact=found,
                words=form.cleaned_data["words"],
                submit_key=form.cleaned_data["submit_key"],
                by=request.actor,
                is_answer=False,
            )
            messages.success(request, _("Added. Nothing that stood there before was changed."))
            return redirect("contact", person_id=person.pk, contact_id=found.pk)
    note_opened(participant_id=person.pk, by=request.actor, page="contact")
    if is_author:
        actions.mark_answers_read(contact=found, by=request.actor)
    contacts = with_labels([found])
    context = {"contact": found, "contacts": contacts, "person": person, "form": form, "is_author": is_author}
    if request.actor.has("supervisor") and not is_author and found.seen_at is None:
        context["seen_form"] = SeenForm()
    return render(request, "mentoring/contact.html", context)


@require_POST
def support_raised(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note a return to use, told by the person: raises the cadence, closes nothing, resets nothing."""
    mentorship = _own_mentorship(request, person_id)
    form = SupportRaisedForm(request.POST)
    if form.is_valid():
        note_return_to_use(episode=mentorship.episode, on_day=form.cleaned_data["on_day"], by=request.actor)
        messages.success(request, _("Noted. They stay near the top of your Today for a while. Nothing else changed."))
    else:
        messages.error(request, _("Choose the day, and press the button again."))
    return redirect("record", person_id=person_id)
