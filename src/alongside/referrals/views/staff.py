"""Staff and peers: who is on the way where, one way with its steps, the permission, telling the place, paper."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.intake.actions import note_searched
from alongside.people.held_forms import held_values
from alongside.people.models import Person
from alongside.people.step_up import ask_who_it_is
from alongside.privacy.actions import NotDisclosed, note_opened
from alongside.privacy.queries import get_participant_visible_to
from alongside.referrals import actions, queries
from alongside.referrals.forms import EndForm, SayForm, TellForm
from alongside.referrals.holding import permits
from alongside.referrals.models import Referral
from alongside.referrals.showing import show_measure, show_row, show_whole
from alongside.rules.access import may
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.partner_links import LONGEST_DAYS

from .choosing import as_redirect, choose

PER_PAGE = 30


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """Who is on the way, those first that somebody should ask; and how long it takes until the first contact."""
    now, shown = timezone.now(), request.GET.get("show", "")
    today = timezone.localdate(now)
    may_tell = may("give_out", request.actor.roles)
    found = queries.list_open_visible_to(request.actor, to_send=shown == "send" and may_tell)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    # Where to is not read for this list, so a permission counts here by its state alone.
    rows = [show_row(one, today, is_signed=bool(one.consent and one.consent.status == "active")) for one in page]
    note_searched(people=list({row["referral"].person_id: row["referral"].person for row in rows}.values()),
                  by=request.actor)  # fmt: skip
    context = {
        "page": page, "rows": rows, "measure": show_measure(queries.measure(request.program, now)),
        "may_open": may("refer", request.actor.roles), "shown": shown,
        "tabs": [
            {"label": _("On the way"), "url": "?show=", "current": shown != "send"},
            {"label": _("To be sent"), "url": "?show=send", "current": shown == "send"},
        ] if may_tell else [],
        "incoming": queries.count_incoming() if may("run_intake", request.actor.roles) else None,
    }  # fmt: skip
    return render(request, "referrals/referrals.html", context)


def _person(request: HttpRequest, person_id: UUID) -> Person:
    person = get_participant_visible_to(request.actor, person_id)
    if person is None:
        raise Http404
    note_opened(participant_id=person.pk, by=request.actor, page="referrals")
    return person


def _referral(request: HttpRequest, referral_id: UUID) -> Referral:
    """One of somebody whose record the reader may open; that they opened it is written down."""
    found = queries.get_visible_to(request.actor, referral_id)
    if found is None:
        raise Http404
    note_opened(participant_id=found.person_id, by=request.actor, page="referrals")
    return found


@require_safe
def referrals_of(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """All ways of one person."""
    person, today = _person(request, person_id), timezone.localdate()
    rows = [show_row(one, today) | {"place": one.place} for one in queries.list_of(person.pk)]
    return render(request, "referrals/of.html", {"person": person, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def referral_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Choose a place together with the person."""
    return choose(
        request, _person(request, person_id), by=request.actor, template="referrals/new.html", is_own=False,
        go_to=as_redirect("referral"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One way. POST `what`: say, step, end."""
    found = _referral(request, referral_id)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    say_form = SayForm(
        request.POST if what == "say" else None,
        requested_on=timezone.localdate(found.requested_at),
        has_met=found.in_touch_on is not None,
    )
    end_form = EndForm(request.POST if what == "end" else None)
    if what and (answer := _act(request, what, found, say_form, end_form)):
        return answer
    context = show_whole(found, timezone.localdate()) | {
        "person": found.person, "say_form": say_form, "end_form": end_form, "consent": found.consent,
        "may_tell": may("give_out", request.actor.roles),
    }  # fmt: skip
    return render(request, "referrals/referral.html", context)


def _act(request: HttpRequest, what: str, found: Referral, say_form: SayForm, end_form: EndForm) -> HttpResponse | None:
    """The way on after something was done; None where a form says why not."""
    here = redirect("referral", referral_id=found.pk)
    if what == "step":
        actions.tick_step(
            referral=found, code=request.POST.get("code", ""), done=request.POST.get("done") == "yes", by=request.actor
        )
        return here
    if what == "say":
        if not say_form.is_valid():
            return None
        said = say_form.cleaned_data
        try:
            actions.say(
                referral=found,
                said=said["said"],
                reason=said.get("reason", ""),
                on_day=said.get("on_day"),
                by=request.actor,
            )
        except (actions.CannotBeSaid, MoveNotAllowed):
            messages.info(request, _("That cannot be said of this one now."))
        else:
            messages.success(request, _("Written down. They see it on their own page."))
        return here
    if what == "end":
        if not end_form.is_valid():
            return None
        was_draft = found.consent is not None and found.consent.status == "draft"
        actions.withdraw(referral=found, reason=end_form.cleaned_data["why"], by=request.actor)
        if was_draft:
            messages.info(request, _("The permission that was begun for it and not signed is thrown away."))
        messages.success(request, _("Ended. Nobody can open a page about it any more."))
        return here
    raise Http404


@require_POST
def referral_permission(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """To the permission of this way: a draft with the name of the place, in which nothing is chosen yet."""
    found = _referral(request, referral_id)
    try:
        consent = actions.prepare_permission(referral=found, by=request.actor)
    except actions.CannotBeSaid as why:
        raise Http404 from why
    return redirect("sharing_edit" if consent.status == "draft" else "sharing_one", consent_id=consent.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def referral_tell(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Tell the place under the permission: the link goes by mail, the code is shown here once."""
    found = _referral(request, referral_id)
    consent = found.consent
    is_ready = found.way == "told" and not found.ended_at and permits(found)
    form = TellForm(
        request.POST or None,
        addresses=[found.address, consent.recipient_address if consent else ""],
        days=settings.PARTNER_LINK_DAYS, longest=LONGEST_DAYS,
        held={"seen": found.pages.count(), **held_values(request)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return ask_who_it_is(request) or _tell(request, found, form.cleaned_data)
    context = {"form": form, "referral": found, "person": found.person, "consent": consent, "is_ready": is_ready}
    return render(request, "referrals/tell.html", context)


def _tell(request: HttpRequest, found: Referral, values: dict) -> HttpResponse:
    try:
        link, code = actions.tell_partner(
            referral=found, address=values["address"], days=values["days"],
            seen=values["seen"], submit_key=values["submit_key"] or uuid4(), by=request.actor,
        )  # fmt: skip
    except actions.ToldMeanwhile:
        messages.info(request, _(
            "Somebody told them since you opened this form, so nothing was sent a second time. You see it here."
        ))  # fmt: skip
        return redirect("referral", referral_id=found.pk)
    except (NotDisclosed, actions.NoPermission, actions.CannotBeSaid):
        messages.warning(request, _("Nothing left: no signed permission names this place now."))
        return redirect("referral", referral_id=found.pk)
    if not code:
        messages.info(request, _("It is on its way already. If you need the code again, send a new page."))
        return redirect("referral", referral_id=found.pk)
    context = {"code": f"{code[:4]} {code[4:]}", "link": link, "referral": found}
    return render(request, "referrals/code.html", context)


@require_safe
def referral_paper(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The details of the place on paper, for their hand: nothing on it says whose it is or what it is for."""
    found = _referral(request, referral_id)
    return render(request, "referrals/paper.html", show_whole(found, timezone.localdate()) | {"referral": found})
