"""A director signs for somebody who cannot act now because of a medical condition, for payment alone (§2.15(a)(2))."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.people.held_forms import held_values
from alongside.people.step_up import ask_who_it_is
from alongside.rules.consent import DIRECTOR, list_missing

from .. import actions, consent_queries, queries
from ..consent_words import preview, row, say_items
from ..models import Consent
from ..sharing_forms import DirectorForm
from ..writing import get_posture, show, signer_of, terms_of
from .helping import do_or_404, get_or_404


@require_safe
def sharing_director(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Drafts of one person that wait for the director."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    actions.note_opened(participant_id=person.pk, by=request.actor, page="sharing")
    rows = [row(consent) for consent in consent_queries.list_for_director(person.pk)]
    return render(request, "privacy/sharing_director.html", {"person": person, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_sign(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The text, what they would see, and the director's judgment and name under it."""
    consent = get_or_404(request, consent_id)
    if consent.status != "draft" or consent.signer != DIRECTOR:
        return redirect("sharing_director", person_id=consent.person_id)
    form = DirectorForm(request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        return ask_who_it_is(request) or _signed(request, consent, form.cleaned_data)
    actions.note_opened(participant_id=consent.person_id, by=request.actor, page="sharing")
    posture, person = get_posture(), consent.person
    is_ready = signer_of(consent, posture, person) == DIRECTOR and not list_missing(
        terms_of(consent, posture), unsigned=True
    )
    shown = show(consent, posture, person) if is_ready else None
    context = {
        "consent": consent, "row": row(consent), "shown": shown, "form": form, "name": person.goes_by,
        "preview": preview(shown, consent.items, consent.language) if shown else [],
        "kept_back": say_items(shown.kept_back) if shown else [],
    }  # fmt: skip
    return render(request, "privacy/sharing_sign.html", context)


def _signed(request: HttpRequest, consent: Consent, cleaned: dict) -> HttpResponse:
    try:
        do_or_404(lambda: actions.sign_consent(
            consent=consent, seen=cleaned["seen"], by=request.actor, other_name=cleaned["signed_name"],
            other_basis=cleaned["condition"], as_director=True,
        ))  # fmt: skip
    except actions.ShownChanged:
        messages.warning(request, _("Something changed meanwhile. Please look once more before you sign."))
        return redirect("sharing_sign", consent_id=consent.pk)
    except actions.ConsentNotActive:
        messages.warning(request, _("You cannot sign this one for them. Nothing is shared."))
        return redirect("sharing_sign", consent_id=consent.pk)
    messages.success(request, _("Signed, and in force. When they can act again, say so, and it ends."))
    return redirect("sharing_director", person_id=consent.person_id)
