"""Help from outside: a director lets somebody in for a while and reads what they opened; and what they see first."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people import actions, outbox, support_queries
from alongside.people.forms import SupportForm
from alongside.people.held_forms import held_values
from alongside.people.models import SupportGrant
from alongside.people.step_up import ask_who_it_is
from alongside.people.support_log import NO_PAGE

PER_PAGE = 50
STATES = {"live": gettext_lazy("open now"), "ended": gettext_lazy("ended before"), "over": gettext_lazy("over")}
PAGES = {
    "home": gettext_lazy("Start page"),
    "support_home": gettext_lazy("What they may do here"),
    "install": gettext_lazy("State of the install"),
    "jobs": gettext_lazy("What runs by itself"),
    "account_settings": gettext_lazy("Their own account"),
    "second_factor": gettext_lazy("Their own account"),
    "account_logout": gettext_lazy("Signing out"),
    NO_PAGE: gettext_lazy("An address that is no page"),
}
"""Pages that they may open, in words; any other is told by its name, so that nothing looks harmless."""


@require_safe
def supports(request: HttpRequest) -> HttpResponse:
    """Who was let in so far, the latest first."""
    page = Paginator(support_queries.list_support(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/supports.html", {
        "page": page, "rows": [_shown(one) for one in page], "may_give": request.actor.has("director"),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def support_new(request: HttpRequest) -> HttpResponse:
    """Let one account in. Who it is that lets them in is asked again after five minutes (D5)."""
    form = SupportForm(request.POST or None, initial=held_values(request))
    if request.method == "POST" and form.is_valid():
        return ask_who_it_is(request) or _give(request, form)
    return render(request, "people/support_new.html", {"form": form})


def _give(request: HttpRequest, form: SupportForm) -> HttpResponse:
    values = {**form.cleaned_data, "submit_key": form.cleaned_data["submit_key"] or uuid4()}
    try:
        grant = actions.give_support(program=request.program, by=request.actor, **values)
    except actions.NobodyFits:
        form.add_error("email", _(
            "Nobody can be let in with this e-mail. Please ask them whether it is the one that they confirmed in their "
            "account, and whether they have set up a second step."
        ))  # fmt: skip
    except actions.HelpsAlready:
        form.add_error("email", _("This account may help here already. The list says until when."))
    else:
        messages.success(request, _("They may help now. They get a neutral mail."))
        return redirect("support_one", support_id=grant.pk)
    return render(request, "people/support_new.html", {"form": form})


@require_POST
def support_link(request: HttpRequest) -> HttpResponse:
    """A link with which somebody outside makes an account that has no role."""
    if asked := ask_who_it_is(request):
        return asked
    _invitation, token = actions.create_invitation(program=request.program, roles=[], by=request.actor)
    link = outbox.absolute(reverse("join", args=[token]))
    return render(request, "people/invitation_slip.html", {"link": link, "language": request.LANGUAGE_CODE})


@require_safe
def support_one(request: HttpRequest, support_id: UUID) -> HttpResponse:
    """One of them: until when, who let them in, and everything that they asked for."""
    grant = _get(support_id)
    page = Paginator(support_queries.list_asked(grant), PER_PAGE).get_page(request.GET.get("page"))
    asked = [support_queries.show_asked(entry) for entry in page]
    return render(request, "people/support_one.html", {
        "row": _shown(grant), "grant": grant, "page": page, "may_give": request.actor.has("director"),
        "asked": [{"one": one, "words": PAGES.get(one.page), "sent": one.method == "post"} for one in asked],
    })  # fmt: skip


@require_POST
def support_end(request: HttpRequest, support_id: UUID) -> HttpResponse:
    """End it now."""
    grant = _get(support_id)
    if asked := ask_who_it_is(request):
        return asked
    if actions.end_support(grant=grant, by=request.actor):
        messages.success(request, _("It has ended. Their next click opens nothing."))
    else:
        messages.info(request, _("This was over already."))
    return redirect("support_one", support_id=grant.pk)


@require_safe
def support_home(request: HttpRequest) -> HttpResponse:
    """What whoever helps sees first: until when, what they may see, and that each click is written down."""
    grant = support_queries.get_support(request.actor.support_id)
    return render(request, "people/support_home.html", {"grant": grant})


def _get(support_id: UUID) -> SupportGrant:
    grant = support_queries.get_support(support_id)
    if grant is None:
        raise Http404
    return grant


def _shown(grant: SupportGrant) -> dict:
    state = support_queries.state_of_grant(grant, timezone.now())
    return {
        "grant": grant,
        "is_live": state == "live",
        "state": STATES[state],
        "name": grant.account.username if grant.account else "",
    }
