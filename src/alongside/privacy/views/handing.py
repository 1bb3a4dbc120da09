"""Staff hand out what a permission covers as a file, or tell it by voice. Both are booked before anything leaves."""

from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from alongside.people.held_forms import take_held_form
from alongside.people.step_up import ask_who_it_is
from alongside.rules.consent import texts_1

from .. import actions, consent_queries, files
from ..consent_words import row
from ..models import Consent
from ..restriction_queries import list_kept_back
from ..sharing_forms import GiveForm
from ..spoken_forms import SpokenForm
from .helping import preview_of, show_one


def _get(request: HttpRequest, consent_id: UUID) -> Consent:
    consent = consent_queries.get_visible_to(request.actor, consent_id)
    if consent is None or consent.status == "draft":
        raise Http404
    return consent


@require_POST
def sharing_file(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A file for the recipient: PDF, CSV or JSON, with statement and consent inside (§2.32)."""
    consent, form = _get(request, consent_id), request.POST.get("action", "")
    try:
        # One page has one key and three buttons: each form is a disclosure of its own, and pressed twice it is one.
        key = uuid5(UUID(request.POST.get("submit_key", "")), form)
    except ValueError:
        raise Http404 from None
    if form not in files.FORMATS:
        raise Http404
    if asked := ask_who_it_is(request):
        return asked
    if form == "pdf" and not files.can_write_pdf():
        messages.info(request, _("This computer cannot make that file. Please print the page instead."))
        return redirect("sharing_one", consent_id=consent.pk)
    give = GiveForm(request.POST, consent=consent)
    if not give.is_valid():
        return show_one(request, consent, give=give)
    try:
        left = actions.disclose(
            consent=consent, way=files.WAYS[form], submit_key=key, by=request.actor, to=give.to(),
            address=give.where(),
        )  # fmt: skip
    except actions.NotDisclosed:
        return _nothing(request, consent)
    answer = HttpResponse(files.write_file(form, left), content_type=files.FORMATS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{files.name_file(form)}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_spoken(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A phone call, or words in a room: the gate is asked and it is written down; then the page says what to tell."""
    consent = _get(request, consent_id)
    actions.note_opened(participant_id=consent.person_id, by=request.actor, page="sharing")
    form = SpokenForm(
        request.POST or None, consent=consent, kept_back=list_kept_back(consent), held=_held(request)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return ask_who_it_is(request) or _tell(request, consent, form)
    return render(request, "privacy/sharing_spoken.html", {"form": form, "consent": consent, "row": row(consent)})


def _held(request: HttpRequest) -> dict:
    held = take_held_form(request) if request.method == "GET" else None
    return {} if held is None else held.dict() | {"items": held.getlist("items")}


def _tell(request: HttpRequest, consent: Consent, form: SpokenForm) -> HttpResponse:
    cleaned = form.cleaned_data
    try:
        left = actions.disclose(
            consent=consent, way="spoken", items=cleaned["items"], address=cleaned["reached_at"], to=form.to(),
            submit_key=cleaned["submit_key"] or uuid4(), by=request.actor, now=form.told_at(),
        )  # fmt: skip
    except actions.NotDisclosed:
        return _nothing(request, consent)
    with override(consent.language):
        content = preview_of(left.content, [item for item, _rows in left.content], consent.language)
    context = {
        "consent": consent, "row": row(consent), "left": left, "content": content,
        "short": texts_1.ACCOMPANY["short"] if left.statement else "",
        "statement": texts_1.ACCOMPANY[left.statement] if left.statement else "", "then": left.consent,
    }  # fmt: skip
    return render(request, "privacy/sharing_told_now.html", context)


def _nothing(request: HttpRequest, consent: Consent) -> HttpResponse:
    messages.warning(request, _("Nothing leaves under this permission now."))
    return redirect("sharing_one", consent_id=consent.pk)
