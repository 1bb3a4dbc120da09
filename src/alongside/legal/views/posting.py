"""Law enforcement asks to wait; a notice for all to see, where no letter reaches people."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions, queries
from ..forms import WordsForm
from ..incident_forms import DelayForm, PostingForm
from .incidents import do_on, get_or_404, show_incident


@require_POST
def incident_delay(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Who asked to wait, and until when."""
    found = get_or_404(request, incident_id)
    form = DelayForm(request.POST, incident=found, today=timezone.localdate(), auto_id="delay_%s")
    if not form.is_valid():
        return show_incident(request, found, {"delay_form": form})
    values = form.cleaned_data | {"submit_key": form.cleaned_data["submit_key"] or uuid4()}
    return do_on(
        request, found, lambda: actions.note_delay(incident=found, by=request.actor, **values),
        _("Saved. Until then nobody is told; the clocks go on after it."),
    )  # fmt: skip


@require_POST
def incident_post(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """The words for all to see. They name nobody."""
    found = get_or_404(request, incident_id)
    form = PostingForm(
        request.POST, incident=found, today=timezone.localdate(), names=queries.list_names(found), auto_id="posting_%s"
    )
    if not form.is_valid():
        return show_incident(request, found, {"posting_form": form})
    key = form.cleaned_data["submit_key"] or uuid4()
    return do_on(
        request, found,
        lambda: actions.post_notice(incident=found, submit_key=key, by=request.actor, **form.values()), _("Posted."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def posting_end(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Take it down before its days are over, and why."""
    posting = queries.get_posting(request.actor, posting_id)
    if posting is None:
        raise Http404
    form = WordsForm(request.POST or None, label=_("Why is it taken down?"))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        return do_on(
            request, posting.incident,
            lambda: actions.take_down(posting=posting, words=words, by=request.actor), _("Taken down."),
        )  # fmt: skip
    context = {"form": form, "title": _("Take the notice down"), "back": ("incident", posting.incident_id)}
    return render(request, "legal/one_form.html", context)
