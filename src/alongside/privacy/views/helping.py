"""Staff with the permissions of somebody whose record they may open: prepare, hand over, tell. A stop is in `heard`."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.held_forms import take_held_form
from alongside.people.models import Person
from alongside.people.step_up import ask_who_it_is
from alongside.rules.access import may
from alongside.rules.consent import DIRECTOR, KINDS, list_missing, texts_1
from alongside.rules.consent.signing import BY_LINK
from alongside.rules.lifecycles import MoveNotAllowed

from .. import actions, consent_queries, queries
from ..consent_words import preview, row, say_items
from ..donation_queries import show_choice
from ..files import can_write_pdf
from ..models import Consent
from ..restriction_queries import list_kept_back
from ..sharing_forms import ActsForForm, AnotherForm, GiveForm, KindForm, PaperForm
from ..writing import age_of, get_posture, show, shown_then, signer_of, terms_of
from .sharing import add_another, terms_form


@require_safe
def sharing_to_tell(request: HttpRequest) -> HttpResponse:
    """Permissions that ended, and whoever had received something does not know yet."""
    found = consent_queries.list_to_tell(request.actor)
    for person_id in dict.fromkeys(consent.person_id for consent in found):
        actions.note_opened(participant_id=person_id, by=request.actor, page="sharing")
    rows = [row(consent) | {"name": consent.person.goes_by} for consent in found]
    return render(request, "privacy/sharing_to_tell.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """All permissions of one person; begin one together with them."""
    person = queries.get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    form = KindForm(request.POST or None, posture=get_posture())
    if request.method == "POST" and form.is_valid():
        whole = Person.objects.select_related("program").get(pk=person.pk)
        consent = actions.draft_consent(person=whole, kind=form.cleaned_data["kind"], by=request.actor)
        return redirect("sharing_edit", consent_id=consent.pk)
    actions.note_opened(participant_id=person.pk, by=request.actor, page="sharing")
    rows = [row(consent) for consent in consent_queries.list_of(person.pk)]
    return render(
        request,
        "privacy/sharing.html",
        {"person": person, "rows": rows, "form": form, "may_give": may("give_out", request.actor.roles)}
        | show_choice(person.pk),
    )


def get_or_404(request: HttpRequest, consent_id: UUID) -> Consent:
    consent = consent_queries.get_visible_to(request.actor, consent_id)
    if consent is None:
        raise Http404
    return consent


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_edit(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Fill in a draft together with the person; who signs it, where that is not the person."""
    consent = get_or_404(request, consent_id)
    if consent.status != "draft":
        return redirect("sharing_one", consent_id=consent.pk)
    form = terms_form(request, consent)
    acts_for = ActsForForm(
        request.POST or None, prefix="acts", posture=get_posture(), age=age_of(consent.person),
        kind=consent.kind,
        initial={name: getattr(consent, name) for name in ("signer", "died_on", "other_basis")},
    )  # fmt: skip
    form.other_prefixes = ("acts",)
    whole = request.method == "POST" and form.is_valid() and acts_for.is_valid()
    if whole and (acts_for.cleaned_data["signer"] != DIRECTOR or form.fits_director()):
        who = acts_for.cleaned_data
        do_or_404(lambda: actions.change_together(consent=consent, by=request.actor, **who, **form.terms()))
        said = _("Saved. The person looks at it and signs on their own page, or on paper.")
        if who["signer"] == DIRECTOR:
            said = _("Saved. Tell the director: they find it on the record, under “Sign so that a plan pays”.")
        messages.success(request, said)
        return redirect("sharing_one", consent_id=consent.pk)
    context = {"form": form, "acts_for": acts_for, "consent": consent, "row": row(consent)}
    return render(request, "privacy/sharing_edit.html", context)


@require_safe
def sharing_one(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One permission with its text, as a page that can be printed and signed on paper."""
    consent = get_or_404(request, consent_id)
    actions.note_opened(participant_id=consent.person_id, by=request.actor, page="sharing")
    return show_one(request, consent)


def show_one(
    request: HttpRequest, consent: Consent, paper: PaperForm | None = None, another: AnotherForm | None = None,
    give: GiveForm | None = None,
) -> HttpResponse:  # fmt: skip
    shown, unfinished = None, False
    is_draft, by_director = consent.status == "draft", consent.signer == DIRECTOR
    if consent.shown:
        shown = shown_then(consent)
    elif consent.status == "draft":
        posture = get_posture()
        unfinished = bool(list_missing(terms_of(consent, posture), unsigned=True))
        shown = None if unfinished else show(consent, posture, consent.person)
    context = {
        "consent": consent, "row": row(consent), "shown": shown, "unfinished": unfinished,
        "preview": preview(shown, consent.items, consent.language) if shown else [],
        "kept_back": say_items(list_kept_back(consent)) if shown and consent.status in ("draft", "active") else [],
        "paper": None if by_director else paper or (_paper(request, shown.digest) if shown and is_draft else None),
        "by_director": by_director and is_draft,
        "joins": shown and consent.status == "draft" and KINDS[consent.kind].joins,
        "another": another or AnotherForm(prefix="more"),
        "others": [row(one) for one in consent_queries.list_together(consent, consent.status) if one.pk != consent.pk],
        "left": consent_queries.list_disclosures(consent), "received": consent_queries.has_received(consent),
        "may_give": request.actor.has("coordinator"), "give": give or GiveForm(consent=consent),
        "may_pass_on": consent.kind == "intermediary" and consent.signed_at is not None,
        "unnamed": consent_queries.list_unnamed_received(consent),
        "submit_key": uuid4(), "has_event": by_director or consent.expires_event not in ("", "none"),
        "by_link": consent.status == "draft" and signer_of(consent, get_posture(), consent.person) in BY_LINK,
        "is_held": KINDS[consent.kind].is_held, "may_pdf": can_write_pdf(),
    }  # fmt: skip
    return render(request, "privacy/sharing_one.html", context)


def _paper(request: HttpRequest, seen: str) -> PaperForm:
    """The form about the paper, with what was typed before we asked who it is."""
    held = take_held_form(request)
    return PaperForm(initial=(held.dict() if held else {}) | {"seen": seen})


@require_POST
def sharing_another(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Somebody else gets the same, for the same purpose; on the person's page one signature is for all."""
    consent = get_or_404(request, consent_id)
    if consent.status != "draft":
        raise Http404
    form = AnotherForm(request.POST, prefix="more")
    if not form.is_valid():
        return show_one(request, consent, another=form)
    add_another(request, consent, form.cleaned_data)
    return _back(consent)


@require_POST
def sharing_paper(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The signed paper is here: the draft becomes active."""
    consent = get_or_404(request, consent_id)
    paper = PaperForm(request.POST)
    if not paper.is_valid():
        return show_one(request, consent, paper) if consent.status == "draft" else _back(consent)
    if asked := ask_who_it_is(request):
        return asked
    cleaned = paper.cleaned_data
    try:
        do_or_404(lambda: actions.sign_consent(
            consent=consent, seen=cleaned["seen"], signed_name=cleaned["signed_name"], by=request.actor, how="paper",
            other_name=cleaned["other_name"], other_basis=cleaned["other_basis"],
        ))  # fmt: skip
    except actions.ShownChanged:
        messages.warning(
            request, _("The record has changed since it was printed. Please print it again, and sign that.")
        )
    except actions.ConsentNotActive:
        messages.warning(request, _("A name, or by what right somebody signs, is missing. Nothing is shared yet."))
    else:
        messages.success(request, _("Signed, and in force."))
    return _back(consent)


@require_POST
def sharing_over(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """What was to end it has happened."""
    consent = get_or_404(request, consent_id)
    if request.POST.get("action") == "release":
        actions.release_held(consent=consent, by=request.actor)
        messages.success(request, _("Noted. From now on they may stop it."))
        return _back(consent)
    do_or_404(lambda: actions.end_by_event(consent=consent, by=request.actor))
    messages.success(request, _("Ended."))
    return _back(consent)


@require_POST
def sharing_told(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """They were told that it ended."""
    consent = get_or_404(request, consent_id)
    actions.note_told(consent=consent, by=request.actor)
    messages.success(request, _("Noted. Thank you."))
    return _back(consent)


@require_POST
def sharing_give(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Let what is covered leave now: a page to print and hand over, with the statement and the consent (§2.32)."""
    consent = get_or_404(request, consent_id)
    if asked := ask_who_it_is(request):
        return asked
    key, give = request.POST.get("submit_key", ""), GiveForm(request.POST, consent=consent)
    if not give.is_valid():
        return show_one(request, consent, give=give)
    try:
        left = actions.disclose(
            consent=consent, way="printed", submit_key=UUID(key), by=request.actor, to=give.to(),
            address=give.where(),
        )  # fmt: skip
    except ValueError:
        raise Http404 from None
    except actions.NotDisclosed:
        messages.warning(request, _("Nothing leaves under this permission now."))
        return _back(consent)
    items = [item for item, _rows in left.content]
    language = consent.language
    with override(language):
        context = {
            "consent": consent, "left": left, "row": row(consent), "then": left.consent,
            "content": preview_of(left.content, items, language), "short": texts_1.ACCOMPANY["short"],
            "statement": texts_1.ACCOMPANY[left.statement] if left.statement else "",
        }  # fmt: skip
        return render(request, "privacy/sharing_give.html", context)


def preview_of(content: list, items: list[str], language: str) -> list[dict]:
    """What leaves with its titles; an item about which nothing is known is not even named."""
    known = dict(content)
    return [{"title": texts_1.ITEMS[item][language], "rows": known[item]} for item in items]


def _back(consent: Consent) -> HttpResponse:
    return redirect("sharing_one", consent_id=consent.pk)


def do_or_404(act: Callable[[], object]) -> None:
    try:
        act()
    except MoveNotAllowed:
        raise Http404 from None
