"""One note for many: written once, by who leads, for those who came."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.groups import actions, queries, wording
from alongside.groups.forms import GroupNoteForm
from alongside.groups.showing import show_group, show_occasion
from alongside.mentoring.actions import NoteNotInMode
from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship
from alongside.mentoring.queries import get_note_mode
from alongside.people.acting import as_peer
from alongside.people.held_forms import take_held_form
from alongside.rules.plain_words import suggest

from .leading import sheet_names
from .loading import get_group, get_occasion


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, group_id: UUID, day: str) -> HttpResponse:
    """The note. Names of people of the group, and harder words, are shown once before anything is kept."""
    group = get_group(request, group_id)
    if not queries.is_leader(request.actor, group):
        raise Http404
    occasion = get_occasion(request, group, day)
    if occasion.row is None or occasion.row.status != "held":
        return redirect("group_sheet", group_id=group.pk, day=day)
    names, there = sheet_names(occasion)
    walks = Mentorship.objects.filter(participant__in=there, status__in=OPEN_MENTORSHIPS)
    beside = set(walks.values_list("participant_id", flat=True))
    note_mode = get_note_mode()
    # Whoever left has the words for all: of two without a name, nobody could say whose box is whose.
    named = beside & set(queries.list_holding(group))
    asked = {"note_mode": note_mode, "people": {key: name for key, name in names.items() if key in named}}
    found, shown, plainer = (), (), ()
    if request.method == "POST":
        form = GroupNoteForm(request.POST, **asked)
        if form.is_valid():
            is_fine = request.POST.get("action") == "fine"
            plainer = () if is_fine else suggest("\n".join([form.cleaned_data.get("words", ""), *form.own.values()]))
            try:
                # Who said that a harder word is fine saw no names yet: only names that the page showed pass.
                fine_names = request.POST.getlist("fine") if is_fine else []
                if not plainer and (answer := _save(request, form, occasion, fine_names)):
                    return answer
            except actions.NamesSomebody as error:
                found = [
                    {"whose": names.get(one.of, ""), "named": ", ".join(one.named)} for one in error.found
                ]  # fmt: skip
                shown = {name for one in error.found for name in one.named}
    else:
        held = take_held_form(request)
        form = GroupNoteForm(initial=_given_back(held) if held else {"submit_key": uuid4()}, **asked)
    context = show_group(group) | {
        "form": form, "occasion": show_occasion(occasion, timezone.now()), "note_mode": note_mode,
        "found": found, "shown": sorted(shown), "plainer": plainer,
        "alone": [name for key, name in names.items() if key in there and key not in beside], "count": len(beside),
    }  # fmt: skip
    return render(request, "groups/note.html", context)


def _given_back(held) -> dict:
    return held.dict() | {"kinds_of_support": held.getlist("kinds_of_support")}


def _save(
    request: HttpRequest, form: GroupNoteForm, occasion: queries.Occasion, fine_names: list[str]
) -> HttpResponse | None:
    """The way on, or None where the form says why not. Raises `NamesSomebody`."""
    cleaned = form.cleaned_data
    given = actions.GroupNote(
        submit_key=cleaned["submit_key"] or uuid4(), words=cleaned.get("words", ""), own=form.own,
        kinds_of_support=cleaned.get("kinds_of_support", ()), read_together=cleaned.get("read_together", False),
        service=cleaned.get("service", ""), place=cleaned.get("place", ""), fine_names=fine_names,
    )  # fmt: skip
    try:
        count = actions.write_note(occasion=occasion, note=given, by=as_peer(request.actor))
    except NoteNotInMode as error:
        form.add_error(None, wording.REFUSALS[error.code])
        return None
    except actions.NotHeld:
        form.add_error(None, _("The note of this day was written already."))
        return None
    messages.success(
        request,
        ngettext("Saved. %(n)s person has their own copy.", "Saved. %(n)s people have their own copy.", count)
        % {"n": count},
    )
    return redirect("group", group_id=occasion.group.pk)
