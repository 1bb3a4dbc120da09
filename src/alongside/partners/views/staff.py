"""Staff give a page to a partner, tell the code by another way, and read what came back."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.held_forms import held_values
from alongside.people.step_up import ask_who_it_is
from alongside.privacy import consent_queries
from alongside.privacy.actions import NotDisclosed, note_opened
from alongside.privacy.consent_words import row as consent_row
from alongside.privacy.models import Consent
from alongside.rules.partner_links import LONGEST_DAYS

from .. import actions, queries
from ..forms import SendForm
from ..models import PartnerLink
from ..wording import whole_row


@require_safe
def partner_links(request: HttpRequest) -> HttpResponse:
    """Pages that were given out, and what partners answered."""
    found = queries.list_visible_to(request.actor)
    for person_id in dict.fromkeys(link.person_id for link in found):
        note_opened(participant_id=person_id, by=request.actor, page="sharing")
    return render(request, "partners/links.html", {"rows": [whole_row(link) for link in found]})


@require_http_methods(["GET", "HEAD", "POST"])
def partner_link_new(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Give what one consent covers as a page: the link goes by mail, the code is shown here once."""
    consent = consent_queries.get_visible_to(request.actor, consent_id)
    if consent is None or consent.status == "draft":
        raise Http404
    note_opened(participant_id=consent.person_id, by=request.actor, page="sharing")
    form = SendForm(
        request.POST or None, consent=consent, addresses=[consent.recipient_address], days=settings.PARTNER_LINK_DAYS,
        longest=LONGEST_DAYS, held=held_values(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return ask_who_it_is(request) or _send(request, consent, form)
    rows = [whole_row(link) for link in queries.list_of_consent(consent.pk)]
    context = {"form": form, "consent": consent, "row": consent_row(consent), "rows": rows}
    return render(request, "partners/link_new.html", context)


def _send(request: HttpRequest, consent: Consent, form: SendForm) -> HttpResponse:
    values = form.cleaned_data
    try:
        link, code = actions.make_link(
            consent=consent, address=values["address"], days=values["days"],
            submit_key=values["submit_key"] or uuid4(), by=request.actor, to=form.to(),
        )  # fmt: skip
    except NotDisclosed:
        messages.warning(request, _("Nothing leaves under this permission now."))
        return redirect("sharing_one", consent_id=consent.pk)
    if not code:
        messages.info(request, _("It is on its way already. If you need the code again, make a new one."))
        return redirect("partner_link_new", consent_id=consent.pk)
    return _show_code(request, link, code)


def _show_code(request: HttpRequest, link: PartnerLink, code: str) -> HttpResponse:
    spoken = f"{code[:4]} {code[4:]}"
    return render(request, "partners/code_slip.html", {"code": spoken, "link": link, "consent": link.consent})


def _get(request: HttpRequest, link_id: UUID) -> PartnerLink:
    link = queries.get_visible_to(request.actor, link_id)
    if link is None:
        raise Http404
    return link


@require_POST
def partner_link_code(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Another code, when the first one was lost or is too old."""
    link = _get(request, link_id)
    if code := actions.new_code(link=link, by=request.actor):
        link.refresh_from_db()
        return _show_code(request, link, code)
    messages.info(request, _("This page is closed."))
    return redirect("partner_link_new", consent_id=link.consent_id)


@require_POST
def partner_link_stop(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Close one page; the permission itself stays."""
    link = _get(request, link_id)
    actions.stop_link(link=link, by=request.actor)
    messages.success(request, _("Closed. Nobody can open it any more."))
    return redirect("partner_link_new", consent_id=link.consent_id)
