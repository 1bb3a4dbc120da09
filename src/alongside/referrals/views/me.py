"""The person's own: what goes where, who answered, what is done; and to end it in one press."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.acting import as_participant
from alongside.people.models import Person
from alongside.referrals import actions, queries
from alongside.referrals.forms import SayForm
from alongside.referrals.models import Referral
from alongside.referrals.showing import show_row, show_whole
from alongside.rules.lifecycles import MoveNotAllowed

from .choosing import as_redirect, choose


@require_safe
def me_referrals(request: HttpRequest) -> HttpResponse:
    """Places I go to, or that were told of me."""
    today = timezone.localdate()
    rows = [show_row(one, today) | {"place": one.place} for one in queries.list_of(request.actor.person_id)]
    return render(request, "referrals/me_referrals.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def me_referral_new(request: HttpRequest) -> HttpResponse:
    """Choose a place by oneself."""
    me = Person.objects.select_related("program").get(pk=request.actor.person_id)
    return choose(
        request, me, by=as_participant(request.actor), template="referrals/me_new.html", is_own=True,
        go_to=as_redirect("me_referral"),
    )  # fmt: skip


def _own(request: HttpRequest, referral_id: UUID) -> Referral:
    found = queries.get_own(request.actor.person_id, referral_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def me_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One way. POST `what`: say, step, withdraw."""
    found = _own(request, referral_id)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    form = SayForm(
        request.POST if what == "say" else None,
        is_own=True,
        requested_on=timezone.localdate(found.requested_at),
        has_met=found.in_touch_on is not None,
    )
    if what and (answer := _act(request, what, found, form)):
        return answer
    context = show_whole(found, timezone.localdate()) | {"form": form, "consent": found.consent}
    return render(request, "referrals/me_referral.html", context)


def _act(request: HttpRequest, what: str, found: Referral, form: SayForm) -> HttpResponse | None:
    by, here = as_participant(request.actor), redirect("me_referral", referral_id=found.pk)
    if what == "withdraw":
        was_draft = found.consent is not None and found.consent.status == "draft"
        actions.withdraw(referral=found, by=by)
        if was_draft:
            messages.info(request, _("The permission that you began and did not sign is thrown away."))
        messages.success(request, _("Ended. Nothing more leaves, and nobody can open a page about it any more."))
        return here
    if what == "step":
        actions.tick_step(
            referral=found, code=request.POST.get("code", ""), done=request.POST.get("done") == "yes", by=by
        )
        return here
    if what == "say":
        if not form.is_valid():
            return None
        said = form.cleaned_data
        try:
            actions.say(referral=found, said=said["said"], on_day=said.get("on_day"), by=by)
        except (actions.CannotBeSaid, MoveNotAllowed):
            messages.info(request, _("That cannot be said of this one now."))
        else:
            messages.success(request, _("Thank you. It is written down."))
        return here
    raise Http404


@require_POST
def me_referral_permission(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """To my permission for this place: nothing is chosen beforehand."""
    found = _own(request, referral_id)
    try:
        consent = actions.prepare_permission(referral=found, by=as_participant(request.actor))
    except actions.CannotBeSaid as why:
        raise Http404 from why
    return redirect("me_share_edit" if consent.status == "draft" else "me_share", consent_id=consent.pk)
