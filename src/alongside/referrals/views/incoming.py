"""The inbox of what others refer in: taken into intake in one press, and what they may read afterwards."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.partners.wording import row
from alongside.people.held_forms import held_values
from alongside.people.labels import label
from alongside.people.speaking import list_reach_facts
from alongside.people.step_up import ask_who_it_is
from alongside.privacy.actions import NotDisclosed, note_opened
from alongside.referrals import actions, queries
from alongside.referrals.forms import ShowForm
from alongside.referrals.models import Incoming
from alongside.rules.access import may
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.partner_links import LONGEST_DAYS

PER_PAGE = 50
STATES = ("received", "taken_up", "set_aside")


@require_safe
def incoming_list(request: HttpRequest) -> HttpResponse:
    """Whom others refer in, the longest waiting first."""
    shown = request.GET.get("show") if request.GET.get("show") in STATES else "received"
    page = Paginator(queries.list_incoming(shown), PER_PAGE).get_page(request.GET.get("page"))
    tabs = [{"label": label("incoming", one), "url": f"?show={one}", "current": one == shown} for one in STATES]
    return render(request, "referrals/incoming_list.html", {"page": page, "tabs": tabs, "shown": shown})


def _get(incoming_id: UUID) -> Incoming:
    found = queries.get_incoming(incoming_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def incoming(request: HttpRequest, incoming_id: UUID) -> HttpResponse:
    """One of them. POST `what`: take, aside."""
    found = _get(incoming_id)
    if request.method == "POST":
        return _act(request, found)
    return _render(request, found, _form(found, held=held_values(request)))


def _form(found: Incoming, data: QueryDict | None = None, held: dict | None = None) -> ShowForm:
    return ShowForm(
        data, permissions=queries.list_permissions_for(found), addresses=[found.from_reach],
        days=settings.PARTNER_LINK_DAYS, longest=LONGEST_DAYS, held=held, seen=str(found.link_id or ""),
    )  # fmt: skip


def _render(request: HttpRequest, found: Incoming, form: ShowForm) -> HttpResponse:
    by_whom = [
        (_("Name"), found.from_name), (_("Works at"), found.from_place), (_("E-mail or phone"), found.from_reach),
        (_("Number"), found.number),
    ]  # fmt: skip
    facts = [
        (_("For"), label("kind", found.kind)), (_("What would help"), found.words),
        (_("Language"), label("language", found.language)),
    ]  # fmt: skip
    may_show, inquiry = may("give_out", request.actor.roles), found.inquiry
    if may_show and inquiry and inquiry.person_id:
        # Which permissions somebody signed is of their record (G1).
        note_opened(participant_id=inquiry.person_id, by=request.actor, page="sharing")
    context = {
        "incoming": found, "by_whom": by_whom, "facts": facts, "form": form,
        "page": row(found.link) if found.link else None,
        "reach": list_reach_facts(found.safe_contact, phone=found.phone, email=found.email),
        "may_show": may_show, "is_person": bool(inquiry and inquiry.person_id),
    }  # fmt: skip
    return render(request, "referrals/incoming.html", context)


def _act(request: HttpRequest, found: Incoming) -> HttpResponse:
    what = request.POST.get("what")
    try:
        if what == "take":
            inquiry = actions.take_into_intake(incoming=found, by=request.actor)
            messages.success(request, _("It is an ask now. See whether you know them, and take it up."))
            return redirect("ask_detail", inquiry.pk)
        if what == "aside":
            actions.set_incoming_aside(incoming=found, by=request.actor)
            messages.success(request, _("Set aside. You can still take it up later."))
            return redirect("incoming_list")
    except MoveNotAllowed:
        messages.info(request, _("Somebody has settled this already."))
        return redirect("incoming", incoming_id=found.pk)
    raise Http404


@require_POST
def incoming_show(request: HttpRequest, incoming_id: UUID) -> HttpResponse:
    """Give whoever referred them a page about how it stands, under a permission that the person signed."""
    found = _get(incoming_id)
    form = _form(found, request.POST)
    if not form.is_valid():
        return _render(request, found, form)
    return ask_who_it_is(request) or _show(request, found, form)


def _show(request: HttpRequest, found: Incoming, form: ShowForm) -> HttpResponse:
    values = form.cleaned_data
    try:
        link, code = actions.show_status(
            incoming=found, consent=form.permissions[values["consent"]], address=values["address"],
            seen=values["seen"], days=values["days"], submit_key=values["submit_key"] or uuid4(), by=request.actor,
        )  # fmt: skip
    except actions.ToldMeanwhile:
        messages.info(request, _(
            "Somebody sent them a page since you opened this form, so nothing was sent a second time. You see it here."
        ))  # fmt: skip
        return redirect("incoming", incoming_id=found.pk)
    except NotDisclosed:
        messages.warning(request, _("Nothing leaves under this permission now."))
        return redirect("incoming", incoming_id=found.pk)
    if not code:
        messages.info(request, _("It is on its way already. If you need the code again, make a new one."))
        return redirect("incoming", incoming_id=found.pk)
    context = {"code": f"{code[:4]} {code[4:]}", "link": link, "consent": link.consent}
    return render(request, "partners/code_slip.html", context)
