"""The person's own permissions: begin one, look at exactly what would leave, sign, stop in one step."""

from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.people.held_forms import held_values
from alongside.people.models import Person
from alongside.people.step_up import ask_who_it_is
from alongside.rules.consent import KINDS, MINOR_AND_PARENT, list_missing
from alongside.rules.consent.signing import BY_ANOTHER
from alongside.rules.lifecycles import MoveNotAllowed

from .. import actions, consent_queries
from ..consent_words import preview, row, say_items
from ..donation_queries import get_no
from ..models import Consent
from ..queries import list_beside
from ..restriction_queries import list_kept_back
from ..sharing_forms import AnotherForm, KindForm, SignForm, TermsForm, initial_terms
from ..writing import Shown, get_posture, show, shown_then, signer_of, terms_of


@require_http_methods(["GET", "HEAD", "POST"])
def share_new(request: HttpRequest) -> HttpResponse:
    """Which kind of permission: the first of three small steps."""
    form = KindForm(request.POST or None, posture=get_posture())
    if request.method == "POST" and form.is_valid():
        me = Person.objects.select_related("program").get(pk=request.actor.person_id)
        consent = actions.draft_consent(person=me, kind=form.cleaned_data["kind"], by=request.actor)
        return redirect("me_share_edit", consent_id=consent.pk)
    return render(request, "privacy/me_share_new.html", {"form": form})


def _own(request: HttpRequest, consent_id: UUID) -> Consent:
    consent = consent_queries.get_own(request.actor.person_id, consent_id)
    if consent is None:
        raise Http404
    return consent


@require_http_methods(["GET", "HEAD", "POST"])
def share_edit(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """To whom, what, what for, until when."""
    consent = _own(request, consent_id)
    if consent.status != "draft":
        return redirect("me_share", consent_id=consent.pk)
    form = terms_form(request, consent)
    if request.method == "POST" and form.is_valid():
        _or_404(lambda: actions.change_together(consent=consent, by=request.actor, **form.terms()))
        return redirect("me_share", consent_id=consent.pk)
    context = {"form": form, "consent": consent, "row": row(consent), "beside": list_beside(consent.person_id)}
    return render(request, "privacy/me_share_edit.html", context)


def terms_form(request: HttpRequest, consent: Consent) -> TermsForm:
    """The form of a draft, for the person and for staff who help."""
    zone = consent.person.program.time_zone
    return TermsForm(request.POST or None, kind=consent.kind, time_zone=zone, initial=initial_terms(consent, zone))


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Before signing: exactly what they would see, and the text. Afterwards: what was signed, and what left."""
    consent = _own(request, consent_id)
    if consent.status == "draft":
        return _sign(request, consent)
    if request.method == "POST":
        return redirect("me_share", consent_id=consent.pk)
    then = shown_then(consent) if consent.shown else None
    others = [row(one) for one in consent_queries.list_together(consent, "active") if one.pk != consent.pk]
    context = {
        "consent": consent, "row": row(consent), "then": then, "others": others if consent.status == "active" else [],
        "preview": preview(then, consent.items, consent.language) if then else [],
        "left": consent_queries.list_disclosures(consent), "received": consent_queries.has_received(consent),
        "kept_back": say_items(list_kept_back(consent)) if consent.status == "active" else [],
    }  # fmt: skip
    return render(request, "privacy/me_share.html", context)


def _sign(request: HttpRequest, consent: Consent, another: AnotherForm | None = None) -> HttpResponse:
    posture, person, drafts = get_posture(), consent.person, consent_queries.list_together(consent)
    for draft in drafts:
        if list_missing(terms_of(draft, posture), unsigned=True):
            return redirect("me_share_edit", consent_id=draft.pk)
    signer = signer_of(consent, posture, person)
    ask_age = posture.majority_age if person.birth_date is None and signer not in BY_ANOTHER else None
    asks = {
        "held": KINDS[consent.kind].is_held, "ask_age": ask_age,
        "ask_donations": posture.fundraises and get_no(person.pk) is None,
    }  # fmt: skip
    another_signs = signer in BY_ANOTHER or signer == MINOR_AND_PARENT
    shown = {draft.pk: show(draft, posture, person) for draft in drafts}
    signs = request.method == "POST" and another is None
    form = SignForm(request.POST if signs else None, initial=held_values(request), **asks)
    if signs and form.is_valid() and not another_signs:
        return ask_who_it_is(request) or _signed(request, consent, form.cleaned_data, shown, held=asks["held"])
    parts = [{"consent": draft, "row": row(draft), "shown": shown[draft.pk], "strike_url": _strike_url(draft),
              "preview": preview(shown[draft.pk], draft.items, draft.language),
              "kept_back": say_items(shown[draft.pk].kept_back)} for draft in drafts]  # fmt: skip
    context = {
        "form": form, "consent": consent, "row": row(consent), "by_another": signer in BY_ANOTHER,
        "both": signer == MINOR_AND_PARENT, "parts": parts,
        "seen": seen_of(shown), "joins": KINDS[consent.kind].joins, "another": another or AnotherForm(prefix="more"),
    }  # fmt: skip
    return render(request, "privacy/me_share_sign.html", context)


def _strike_url(draft: Consent) -> str:
    return reverse("me_share_strike", args=[draft.pk])


def seen_of(shown: dict[UUID, Shown]) -> str:
    """What stood on the page as 64 hex digits: the digest of the one, or one over those of all who are named."""
    digests = [f"{pk}:{one.digest}" for pk, one in sorted(shown.items())]
    return digests[0].partition(":")[2] if len(digests) == 1 else sha256("\n".join(digests).encode()).hexdigest()


def _signed(
    request: HttpRequest, consent: Consent, cleaned: dict, shown: dict[UUID, Shown], *, held: bool
) -> HttpResponse:
    try:
        if cleaned["seen"] != seen_of(shown):
            raise actions.ShownChanged
        actions.sign_together(
            consent=consent, seen={pk: one.digest for pk, one in shown.items()}, signed_name=cleaned["signed_name"],
            by=request.actor, said_of_age=bool(cleaned.get("of_age")),
        )  # fmt: skip
    except actions.ShownChanged:
        messages.warning(request, _("Something changed meanwhile. Please look once more before you sign."))
        return redirect("me_share", consent_id=consent.pk)
    except MoveNotAllowed:  # pressed twice: it is signed
        return redirect("me_share", consent_id=consent.pk)
    except actions.ConsentNotActive:
        messages.warning(request, _("Something is still missing, or its last day is over. Please look once more."))
        return redirect("me_share_edit", consent_id=consent.pk)
    if cleaned.get("no_donations"):
        actions.say_no_donations(person=consent.person, by=request.actor, how="signing")
    messages.success(request, _("Signed. You can stop it here whenever you like.") if not held else
                     _("Signed. From the day named in it, you can stop it here."))  # fmt: skip
    return redirect("me_privacy")


@require_POST
def share_another(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Somebody else gets the same, for the same purpose, with the same signature."""
    consent = _own(request, consent_id)
    if consent.status != "draft":
        raise Http404
    form = AnotherForm(request.POST, prefix="more")
    if not form.is_valid():
        return _sign(request, consent, form)
    add_another(request, consent, form.cleaned_data)
    return redirect("me_share", consent_id=consent.pk)


def add_another(request: HttpRequest, consent: Consent, cleaned: dict) -> None:
    """The same for the person and for staff who help."""
    try:
        actions.add_recipient(
            consent=consent, recipient=cleaned["recipient"], recipient_address=cleaned["recipient_address"],
            recipient_is_covered=cleaned["recipient_is_covered"] == "yes", by=request.actor,
        )  # fmt: skip
    except actions.CannotJoin:
        messages.warning(request, _("Nobody more can be added here. Please begin another permission."))


@require_POST
def share_strike(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take one thing out before signing."""
    consent = _own(request, consent_id)
    _or_404(lambda: actions.strike_item(consent=consent, item=request.POST.get("item", ""), by=request.actor))
    return redirect("me_share", consent_id=consent.pk)


@require_POST
def share_discard(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    consent = _own(request, consent_id)
    others = [one for one in consent_queries.list_together(consent) if one.pk != consent.pk]
    _or_404(lambda: actions.withdraw_draft(consent=consent, by=request.actor))
    if others:
        return redirect("me_share", consent_id=others[0].pk)
    messages.success(request, _("Thrown away. Nothing was shared."))
    return redirect("me_privacy")


@require_POST
def share_stop(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One step: from this moment nothing more leaves under it."""
    consent = _own(request, consent_id)
    stop = actions.stop_together if request.POST.get("action") == "all" else actions.stop_sharing
    try:
        _or_404(lambda: stop(consent=consent, by=request.actor))
    except actions.CannotStopYet:
        messages.warning(
            request, _("This one can be stopped only from the day named in it, as you read before signing.")
        )
        return redirect("me_share", consent_id=consent.pk)
    messages.success(request, _("Stopped. From now on they get nothing more. We tell those who got something before."))
    return redirect("me_privacy")


def _or_404(act: Callable[[], object]) -> None:
    """What its state does not allow is not there."""
    try:
        act()
    except MoveNotAllowed:
        raise Http404 from None
