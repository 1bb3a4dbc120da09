"""Perhaps the same person: pairs to look at side by side, to join, to keep apart, and to take apart again."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.intake import twin_queries as queries
from alongside.intake import twin_words as words
from alongside.intake.actions import note_searched
from alongside.intake.forms.twins import JoinForm
from alongside.people import actions as people_actions
from alongside.people.actions import merging
from alongside.people.merged_rows import has_staff_role
from alongside.people.models import Person, TwinPair
from alongside.privacy.actions import note_opened
from alongside.privacy.merged_rows import list_reader_ids
from alongside.web.templatetags.ui import when

PER_PAGE = 25
DECISIONS = {"to_decide": "", "later": "later", "different": "different"}


@require_safe
def twins(request: HttpRequest) -> HttpResponse:
    """Pairs that wait for somebody to look, the likeliest first; put aside; decided; and what was joined."""
    asked = request.GET.get("show", "")
    shown = asked if asked in (*DECISIONS, "joined") else "to_decide"
    address = reverse("twins")
    tabs = [
        {"label": label, "url": f"{address}?show={name}", "current": name == shown}
        for name, label in (("to_decide", _("To look at")), ("later", _("Put aside")),
                            ("different", _("Two people")), ("joined", _("Joined")))
    ]  # fmt: skip
    now = timezone.now()
    if shown == "joined":
        found = queries.list_merges_visible_to(request.actor, now)
    else:
        found = queries.list_pairs_visible_to(request.actor, DECISIONS[shown]).only(*queries.SHOWN)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    named = (
        [merge.kept for merge in page] if shown == "joined" else [p for pair in page for p in (pair.first, pair.second)]
    )
    note_searched(people=list({person.pk: person for person in named}.values()), by=request.actor)
    rows = [] if shown == "joined" else [
        {"pair": pair, "is_sure": pair.verdict == "surely", "reasons": words.list_reasons(pair.reasons)[:3]}
        for pair in page
    ]  # fmt: skip
    context = {"page": page, "rows": rows, "tabs": tabs, "shown": shown}
    return render(request, "intake/twins.html", context)


def _pair(request: HttpRequest, pair_id: UUID) -> TwinPair:
    found = queries.get_pair(request.actor, pair_id)
    if found is None:
        raise Http404
    return found


def _note_opened(request: HttpRequest, pair: TwinPair) -> None:
    for person in (pair.first, pair.second):
        note_opened(participant_id=person.pk, by=request.actor, page="compare")


@require_safe
def twin_pair(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Two records side by side, with what differs, and why they may be of one person."""
    pair = _pair(request, pair_id)
    _note_opened(request, pair)
    codes = merging.list_refusals(first=pair.first, second=pair.second, by=request.actor)
    context = {
        "pair": pair,
        "facts": words.compare_facts(pair.first, pair.second, queries.list_episodes(pair.first, pair.second)),
        "reasons": words.list_reasons(pair.reasons),
        "points": words.speak_points(float(pair.bits)),
        "refusals": [words.REFUSALS[code] for code in codes],
        "is_sure": pair.verdict == "surely",
    }
    return render(request, "intake/twin_pair.html", context)


@require_POST
def twin_decide(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Two people, for good; or later; or look at them again after all."""
    pair = _pair(request, pair_id)
    decision = request.POST.get("action", "")
    said = {
        "different": _("Noted: they are two people. We do not ask about them again."),
        "later": _("Put aside. You find them under “Put aside”."),
        "again": _("They are among those to look at again."),
    }
    if decision not in said:
        return redirect("twin_pair", pair.pk)
    people_actions.decide_pair(pair=pair, decision="" if decision == "again" else decision, by=request.actor)
    messages.success(request, said[decision])
    return redirect("twins")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def twin_join(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Make one record of two: what it says, who will read it, and then once more a button (D5)."""
    pair = _pair(request, pair_id)
    if codes := merging.list_refusals(first=pair.first, second=pair.second, by=request.actor):
        messages.error(request, words.REFUSALS[codes[0]])
        return redirect("twin_pair", pair.pk)
    kept, gone = merging.choose_kept(pair.first, pair.second)
    readers = list_reader_ids(kept.pk, gone.pk)
    form = JoinForm(
        request.POST if request.method == "POST" else None, kept=kept, gone=gone, readers=readers,
        asks_account=not (has_staff_role(kept) or has_staff_role(gone)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            people_actions.merge_persons(
                first=pair.first, second=pair.second, by=request.actor, take=form.take,
                readers_seen=form.cleaned_data["readers"],
            )  # fmt: skip
        except people_actions.MergeRefused as refused:
            messages.error(request, words.REFUSALS[refused.codes[0]])
            return redirect("twin_pair", pair.pk)
        messages.success(request, _("Joined: this is one record now. You find it under “Joined”."))
        return redirect("twins")
    _note_opened(request, pair)
    context = {"form": form, "pair": pair, "readers": _speak_readers(readers, kept, gone), "days": merging.UNDO_DAYS}
    return render(request, "intake/twin_join.html", context)


def _speak_readers(readers: frozenset[UUID], kept: Person, gone: Person) -> list[str]:
    names = list(Person.objects.filter(pk__in=readers).order_by("goes_by_search").values_list("goes_by", flat=True))
    if kept.user_id or gone.user_id:
        names.append(_("The person themself, who signs in and reads all of it"))
    return names


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def twin_apart(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Make two records of one again (D5)."""
    merge = queries.list_merges_visible_to(request.actor, timezone.now()).filter(pk=merge_id).first()
    if merge is None:
        raise Http404
    if request.method == "POST":
        try:
            people_actions.undo_merge(merge=merge, by=request.actor)
        except people_actions.UndoRefused as refused:
            messages.error(request, words.UNDO_REFUSALS[refused.code])
        else:
            messages.success(request, _("They are two records again."))
        return redirect(f"{reverse('twins')}?show=joined")
    note_searched(people=[merge.kept], by=request.actor)
    context = {
        "heading": _("Take the records apart again?"),
        "intro": _("Each becomes as it was. What was written since stays with the peer and the time it belongs to."),
        "facts": [(_("Record"), merge.kept.goes_by), (_("Joined"), when(merge.merged_at))],
        "submit_label": _("Take apart"),
        "cancel_url": f"{reverse('twins')}?show=joined",
    }
    return render(request, "web/page_confirm.html", context)
