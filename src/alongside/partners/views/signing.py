"""A parent or guardian signs by a page of their own: asked by the person or staff, opened with link and code (B9)."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from alongside.people.held_forms import held_values
from alongside.people.queries import hash_token
from alongside.people.short_codes import in_parts
from alongside.people.step_up import ask_who_it_is
from alongside.privacy import consent_queries
from alongside.privacy.actions import ConsentNotActive, ShownChanged, note_opened, say_no_donations
from alongside.privacy.consent_words import preview, row, say_items
from alongside.privacy.donation_queries import get_no
from alongside.privacy.models import Consent
from alongside.privacy.views.sharing import seen_of
from alongside.privacy.writing import get_posture, show, signer_of, terms_of
from alongside.rules.consent import KINDS, MINOR_AND_PARENT, list_missing
from alongside.rules.consent.signing import BY_LINK
from alongside.rules.partner_links import ANSWER_MINUTES

from .. import actions, queries
from ..actions import ToSign
from ..forms import AskSignerForm, CodeForm, SignerForm
from ..wording import signer_row

SALT = "alongside.partners.signing"

# --- whoever signs -----------------------------------------------------------------------------------------------


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def signer_page(request: HttpRequest, token: str) -> HttpResponse:
    """The question for the code; with the right one, what is to be signed. A GET looks nothing up (E5, A1)."""
    if request.method != "POST":
        return render(request, "partners/signer_code.html", {"form": CodeForm()})
    if not ratelimit.consume(request, action="partner_code", key=hash_token(token)):
        return ratelimit.respond_429(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "partners/signer_code.html", {"form": form})
    found = actions.open_signer(token=token, code=form.cleaned_data["code"])
    if found is None:
        return _no(request)
    proof = signing.dumps({"link": str(found.link.pk), "shown": found.digests}, salt=SALT)
    with override(found.link.language):  # in the language of whoever signs, whatever the phone speaks
        context = {"parts": _parts(found), "form": SignerForm(initial={"proof": proof}), "token": token,
                   "link": found.link, "language": found.link.language}  # fmt: skip
        return render(request, "partners/signer_page.html", context)


def _parts(found: ToSign) -> list[dict]:
    language = found.link.language
    return [{"shown": shown, "preview": preview(shown, consent.items, language), "recipient": consent.recipient}
            for consent, shown in found.parts]  # fmt: skip


@require_POST
def signer_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The signature, or a no. Whoever answers has opened it within the hour."""
    if not ratelimit.consume(request, action="partner_code", key=hash_token(token)):
        return ratelimit.respond_429(request)
    form, proved = SignerForm(request.POST), _proved(request)
    if proved is None:
        return _no(request)
    if not form.is_valid():
        return render(request, "partners/signer_again.html", {"form": form, "token": token})
    cleaned = form.cleaned_data
    try:
        answered = actions.answer_signer(
            token=token, link_id=proved[0], signs=cleaned["answer"] == "yes", name=cleaned["name"],
            relation=cleaned["relation"], shown=proved[1],
        )  # fmt: skip
    except (ConsentNotActive, ShownChanged):  # its day is over by now, or the law was entered anew
        answered = None
    return _no(request) if answered is None else render(request, "partners/signer_thanks.html", {"link": answered})


def _proved(request: HttpRequest) -> tuple[UUID, dict[str, str]] | None:
    """The page that this browser opened within the hour, and what stood on it."""
    try:
        proof = signing.loads(request.POST.get("proof", ""), salt=SALT, max_age=ANSWER_MINUTES * 60)
        return UUID(proof["link"]), proof["shown"]
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None


def _no(request: HttpRequest) -> HttpResponse:
    """One answer for every no: wrong code, wrong link, too late, used up, taken back, changed (A1)."""
    return render(request, "partners/signer_code.html", {"form": CodeForm(), "refused": _(
        "That did not open. The code may be wrong, or the page is closed by now. Please call whoever gave it to you."
    )})  # fmt: skip


# --- the person --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def me_signer(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The person signs first, and says who else must. Nothing is in force before the other has signed."""
    consent = consent_queries.get_own(request.actor.person_id, consent_id)
    if consent is None or consent.status != "draft" or _signer(consent) != MINOR_AND_PARENT:
        raise Http404
    return _ask(request, consent, "partners/me_signer.html", "me_signer")


@require_POST
def me_signer_stop(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Take one's own signature back before the other has signed."""
    link = queries.get_own_signer(request.actor.person_id, link_id)
    if link is None:
        raise Http404
    actions.stop_signer(link=link, by=request.actor)
    messages.success(request, _("Taken back. Their page is closed, and nothing is shared."))
    return redirect("me_share", consent_id=link.consent_id)


# --- staff -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def signer_links(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Ask a guardian, or the parent of somebody who signed on paper; see how it stands, and tell the code."""
    consent = consent_queries.get_visible_to(request.actor, consent_id)
    if consent is None:
        raise Http404
    if consent.status != "draft" or _signer(consent) not in BY_LINK:
        messages.info(request, _("Nobody else signs this one now."))
        return redirect("sharing_one", consent_id=consent.pk)
    note_opened(participant_id=consent.person_id, by=request.actor, page="sharing")
    return _ask(request, consent, "partners/signer_links.html", "signer_links")


@require_POST
def signer_code(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """A code to tell, shown once. Whoever tells it has spoken with a parent or guardian, and knows it is them."""
    link = _get(request, link_id)
    if asked := ask_who_it_is(request):
        return asked
    if not (code := actions.make_code(link=link, by=request.actor)):
        messages.info(request, _("This page is closed."))
        return redirect("signer_links", consent_id=link.consent_id)
    link.refresh_from_db()
    return render(request, "partners/signer_slip.html", {"code": in_parts(code), "link": link})


@require_POST
def signer_stop(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Close one page."""
    link = _get(request, link_id)
    actions.stop_signer(link=link, by=request.actor)
    messages.success(request, _("Closed. Nobody can open it any more."))
    return redirect("signer_links", consent_id=link.consent_id)


def _get(request: HttpRequest, link_id: UUID):
    link = queries.get_signer_visible_to(request.actor, link_id)
    if link is None:
        raise Http404
    return link


def _signer(consent: Consent) -> str:
    return signer_of(consent, get_posture(), consent.person)


def _ask(request: HttpRequest, consent: Consent, template: str, page: str) -> HttpResponse:
    """What would be signed, and the form by which somebody else is asked, for the person and for staff."""
    posture, drafts = get_posture(), consent_queries.list_together(consent)
    on_screen = page == "me_signer"
    for draft in drafts:
        if list_missing(terms_of(draft, posture), unsigned=True):
            return redirect("me_share_edit" if on_screen else "sharing_edit", consent_id=draft.pk)
    shown = {draft.pk: show(draft, posture, consent.person) for draft in drafts}
    form = AskSignerForm(
        request.POST if request.method == "POST" else None, initial=held_values(request), on_screen=on_screen,
        person_signs=_signer(consent) == MINOR_AND_PARENT, held=KINDS[consent.kind].is_held,
        ask_donations=on_screen and posture.fundraises and get_no(consent.person_id) is None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return ask_who_it_is(request) or _asked(request, consent, form.cleaned_data, shown, page)
    parts = [{"consent": draft, "row": row(draft), "shown": shown[draft.pk],
              "preview": preview(shown[draft.pk], draft.items, draft.language),
              "kept_back": say_items(shown[draft.pk].kept_back)} for draft in drafts]  # fmt: skip
    rows = [signer_row(link) for link in queries.list_signers(drafts[0].pk)]
    context = {"form": form, "consent": consent, "row": row(consent), "parts": parts, "seen": seen_of(shown),
               "links": rows}  # fmt: skip
    return render(request, template, context)


def _asked(request: HttpRequest, consent: Consent, values: dict, shown: dict, page: str) -> HttpResponse:
    try:
        if values["seen"] != seen_of(shown):
            raise ShownChanged
        link, token = actions.ask_signer(
            consent=consent, by=request.actor, language=values["language"], reach=values["reach"],
            seen={pk: one.digest for pk, one in shown.items()}, own_name=values.get("signed_name", ""),
            address=values["address"], basis=values.get("basis", ""),
        )  # fmt: skip
    except ShownChanged:
        messages.warning(request, _("Something changed meanwhile. Please look once more before you sign."))
        return redirect(page, consent_id=consent.pk)
    except (actions.NobodyElse, ConsentNotActive):
        messages.warning(request, _("Something is still missing, or nobody else signs this one now."))
        return redirect("me_share" if page == "me_signer" else "sharing_one", consent_id=consent.pk)
    if values.get("no_donations"):  # it holds whether the other signs or not: it is theirs alone
        say_no_donations(person=consent.person, by=request.actor, how="signing")
    if values["address"]:
        messages.success(request, _("Their link is on its way by mail. We call them and tell them the code."))
        return redirect(page, consent_id=consent.pk)
    with_link = {"address": actions.link_of(token), "language": link.language, "consent": consent, "page": page}
    return render(request, "partners/signer_hand.html", with_link)
