"""Who serves the program from outside, and under which written agreement: a director's or an administrator's page."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.people.carriers import list_outside
from alongside.rules.providers import SERVICES, list_uncovered

from .. import actions, provider_forms, provider_queries
from ..models import ServiceProvider
from ..provider_forms import ProviderForm
from ..writing import get_posture


@require_http_methods(["GET", "HEAD", "POST"])
def providers(request: HttpRequest) -> HttpResponse:
    """All of them, what is missing, and a form for another."""
    form = ProviderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.enter_provider(program=request.program, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Entered."))
        return redirect("providers")
    services, papers = dict(provider_forms.SERVICES), dict(provider_forms.AGREEMENTS)
    rows, today = provider_queries.list_all(), timezone.localdate()
    said = [
        {"one": one, "service": services[one.service], "agreement": papers[one.agreement],
         "is_due": one.ended_at is None and one.review_on <= today}
        for one in rows
    ]  # fmt: skip
    named = {one.service for one in rows if one.ended_at is None}
    on_file, posture = provider_queries.list_on_file(), get_posture()
    context = {
        "form": form, "rows": said, "is_held": settings.ALONGSIDE_HOLD_WITHOUT_AGREEMENT,
        "uncovered": [services[one] for one in list_uncovered(provider_queries.list_used(), on_file, posture)],
        "outside": [{"service": services[service], "host": host,
                     "covered": not list_uncovered([service], on_file, posture)}
                    for service, host in list_outside()],
        "unsuited": [services[one] for one in list_uncovered(named, on_file, posture)],
        "unsaid": [services[one] for one in SERVICES if one not in named and one != "other"],
    }  # fmt: skip
    return render(request, "privacy/providers.html", context)


@require_POST
def provider_end(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """They serve us no more."""
    found = ServiceProvider.objects.filter(pk=provider_id).first()
    if found is None:
        raise Http404
    actions.end_provider(provider=found, by=request.actor)
    messages.success(request, _("Ended."))
    return redirect("providers")
