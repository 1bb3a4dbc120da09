"""What runs by itself."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.people.outbox import try_again
from alongside.rules.access import may

from . import install as state_of_install
from . import queries, weaknesses
from .wording import JOBS, STATES


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Each job: what waits, when it ran and runs next, and what failed. No name, no number of anybody."""
    now, look = timezone.now(), weaknesses.get_latest()
    rows = [
        {"seen": one, "name": JOBS.get(one.job.function, one.job.function), "state": STATES[one.state]}
        for one in queries.list_jobs(request.program, now)
    ]
    context = {
        "rows": rows,
        "workers": queries.list_workers(now),
        "failures": [
            {"one": one, "name": JOBS.get(one.function, one.function)} for one in queries.list_failures()
        ],
        "unsent": queries.list_unsent(request.program),
        "may_try_again": may("try_again", request.actor.roles),
        "look": look,
        "looks_by_itself": bool(settings.ALONGSIDE_ADVISORIES),
        "look_due": weaknesses.is_due(look, now),
        "look_again_at": weaknesses.due_at(look),
        "may_look": may("look_for_weaknesses", request.actor.roles),
    }  # fmt: skip
    return render(request, "running/jobs.html", context)


@require_safe
def install(request: HttpRequest) -> HttpResponse:
    """Whether it works and how it is set. Nothing of anybody, and no secret."""
    context = {
        "state": state_of_install.look(),
        "versions": state_of_install.list_versions(),
        "settings": state_of_install.list_settings(),
        "workers": len(queries.list_workers(timezone.now())),
    }
    return render(request, "running/install.html", context)


@require_POST
def weaknesses_looked(request: HttpRequest) -> HttpResponse:
    """Somebody looked, and there was one or none."""
    found = request.POST.get("action")
    if found not in ("none", "some"):
        raise Http404
    weaknesses.note_look(found=found == "some", by=request.actor)
    messages.success(request, _("Written down."))
    return redirect("jobs")


@require_POST
def job_again(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A message that could not be sent is tried again from the first try on."""
    if not try_again(message_id=notice_id, program=request.program, by=request.actor):
        raise Http404
    messages.success(request, _("It is tried again now."))
    return redirect("jobs")
