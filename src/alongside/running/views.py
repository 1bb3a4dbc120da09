"""What runs by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from . import queries
from .wording import JOBS, STATES


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Each job: what waits, when it ran and runs next, and what failed. No name, no number of anybody."""
    now = timezone.now()
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
    }  # fmt: skip
    return render(request, "running/jobs.html", context)
