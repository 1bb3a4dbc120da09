"""The contact note: written in a minute, kept while it is written, added to later. What is asked is a policy."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.audit.keys import draft_keys
from alongside.mentoring import actions, queries
from alongside.mentoring.contact_form import REFUSALS, ContactForm
from alongside.mentoring.forms import AdditionForm, SeenForm
from alongside.mentoring.showing import with_labels
from alongside.people.held_forms import take_held_form
from alongside.privacy.actions import note_opened
from alongside.privacy.notice_queries import list_never_offered
from alongside.rules.note_modes import keeps_words
from alongside.rules.plain_words import suggest

from .peer import get_own_walk, get_record_person

MANY = frozenset({"kinds_of_support", "also"})
"""Fields with several values."""


@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The 60-second note. Its draft is kept on this device and on the server until it is saved."""
    mentorship = get_own_walk(request, person_id)
    others = [each for each in queries.list_names_of_open(request.actor) if each.id != mentorship.pk]
    name, policy = f"note-{person_id}", queries.get_note_policy()
    note_mode = policy.values["mode"]
    goals = queries.list_goals_for(mentorship.participant_id) if note_mode == "billable" else ()
    asks_notice = bool(list_never_offered([mentorship.participant_id]))
    asked = {"note_mode": note_mode, "others": others, "goals": goals, "asks_notice": asks_notice}
    plainer = []
    if request.method == "POST":
        form = ContactForm(request.POST, **asked)
        plainer = _plainer(request, "note", "next_step")
        if plainer or request.POST.get("action") == "words":
            form = ContactForm(initial=_initial(request.POST, request), **asked)
        elif form.is_valid() and _save(request, form, mentorship, name):
            return redirect("today")
    else:
        held = take_held_form(request) or actions.read_draft(by=request.actor, name=name)
        form = ContactForm(initial=_initial(held, request), **asked)
    key = draft_keys(request.actor.user_id)
    context = {
        "form": form, "mentorship": mentorship, "person": mentorship.participant, "draft_name": name, "key": key,
        "note_mode": note_mode, "since": policy.adopted_at, "plainer": plainer,
        "looked": request.POST.get("action") == "words" or bool(plainer), "has_words": keeps_words(note_mode),
    }  # fmt: skip
    return render(request, "mentoring/contact_new.html", context)


def _save(request: HttpRequest, form: ContactForm, mentorship, name: str) -> bool:
    """Keep the note; whether it was. Words that both have not read yet wait as a draft beside it."""
    also = form.cleaned_data.get("also")
    chosen = queries.list_own_mentorships(request.actor).filter(pk__in=also) if also else []
    try:
        contacts = actions.record_contact(
            mentorships=[mentorship, *chosen], note=form.as_note(), by=request.actor, draft_name=name,
            notice=form.cleaned_data.get("notice", ""),
        )  # fmt: skip
    except actions.NoteForNobody:
        form.add_error(None, _("Not saved: meanwhile you no longer walk with everybody named here."))
        return False
    except actions.NoteNotInMode as error:  # decided anew while this was being sent
        form.add_error(None, REFUSALS[error.code][1])
        return False
    if words := form.waiting_words():
        for contact in contacts:
            actions.save_draft(by=request.actor, name=_waiting(contact.pk), fields={"words": [words]})
        messages.success(
            request, _("The talk is saved. Your words wait in that note until you have read them together.")
        )
    else:
        messages.success(request, _("Saved. %(name)s can read it.") % {"name": mentorship.participant.goes_by})
    request.session["draft_saved"] = name
    return True


def _waiting(contact_id: UUID) -> str:
    return f"words-{contact_id}"


def _plainer(request: HttpRequest, *names: str) -> list:
    """Plainer words to offer before something is kept that cannot be changed: once, and never twice.

    Where the page itself shows them while somebody types (`words.js`, whose requests say so), nothing is held up.
    """
    if request.POST.get("action") != "words" and ("words_shown" in request.POST or "X-Draft" in request.headers):
        return []
    return suggest("\n".join(request.POST.get(name, "") for name in names))


@require_POST
def words(request: HttpRequest) -> HttpResponse:
    """Plainer words for what is being typed, as a part of the page. Nothing is kept."""
    return render(request, "mentoring/_plainer.html", {"plainer": suggest(request.POST.get("text", "")[:4000])})


def _initial(held, request: HttpRequest) -> dict:
    """What was typed before, or the way of contact that the pressed button named."""
    if held is None:
        mode = request.GET.get("by", "")
        return {"mode": mode, "happened": "now", "submit_key": uuid4()}
    lists = held.lists() if isinstance(held, QueryDict) else held.items()
    return {name: values if name in MANY else (values[-1] if values else "") for name, values in lists}


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keeps what is being typed. The name of the draft is the form's own; only its author ever reads it."""
    person_id = request.POST.get("about", "")
    try:
        mentorship = get_own_walk(request, UUID(person_id))
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
    person = get_record_person(request, person_id)
    found = queries.list_contacts_visible_to(request.actor, person.pk).filter(pk=contact_id).first()
    if found is None:
        raise Http404
    is_author = found.author_id == request.actor.person_id
    if request.method == "POST" and not is_author:
        raise Http404
    context = _adding(request, found) if is_author else {}
    if context.get("added"):
        return redirect("contact", person_id=person.pk, contact_id=found.pk)
    note_opened(participant_id=person.pk, by=request.actor, page="contact")
    if is_author:
        actions.mark_answers_read(contact=found, by=request.actor)
    context |= {"contact": found, "contacts": with_labels([found]), "person": person, "is_author": is_author}
    if request.actor.has("supervisor") and not is_author and found.seen_at is None:
        context["seen_form"] = SeenForm()
    return render(request, "mentoring/contact.html", context)


def _adding(request: HttpRequest, note) -> dict:
    """What the author's own form needs; `added` when something was."""
    note_mode, name = queries.get_note_mode(), _waiting(note.pk)
    waiting = (actions.read_draft(by=request.actor, name=name) or {}).get("words", [""])[-1]
    if not keeps_words(note_mode):
        return {"keeps_words": False, "waiting": waiting}
    plainer, form = [], AdditionForm(note_mode=note_mode, initial={"words": waiting})
    if request.method == "POST":
        form, plainer = AdditionForm(request.POST, note_mode=note_mode), _plainer(request, "words")
        if plainer:
            form = AdditionForm(note_mode=note_mode, initial=_initial(request.POST, request))
        elif form.is_valid():
            cleaned = form.cleaned_data
            actions.add_to_note(
                contact=note,
                words=cleaned["words"],
                submit_key=cleaned["submit_key"],
                by=request.actor,
                is_answer=False,
            )
            actions.erase_draft(author_id=request.actor.person_id, name=name)
            messages.success(request, _("Added. Nothing that stood there before was changed."))
            return {"added": True}
        elif typed := request.POST.get("words", ""):
            actions.save_draft(by=request.actor, name=name, fields={"words": [typed]})
    return {"keeps_words": True, "form": form, "plainer": plainer, "looked": bool(plainer), "waiting": waiting}
