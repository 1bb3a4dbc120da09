"""Help now on a participant's own page, and the coordinator's page for the on-call telephone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.people.context import list_help
from alongside.people.speaking import speak_hour, speak_phone
from alongside.recovery import actions, queries
from alongside.recovery.forms import OnCallForm
from alongside.recovery.showing import show_parts
from alongside.recovery.whose import whose
from alongside.rules.on_call import answered_again, is_answered


@require_safe
def me_help(request: HttpRequest) -> HttpResponse:
    """Whom to call at this moment, what to do for somebody who may have overdosed, and what nobody watches."""
    who = whose(request, None)
    line = queries.get_on_call(request.program)
    now = timezone.localtime()
    answered = bool(line) and is_answered(now, line.from_hour, line.until_hour)
    again = answered_again(now, line.from_hour, line.until_hour) if line else None
    sheet = queries.get_sheet(who.person.pk, "safe", is_own=True)
    context = {
        "who": who,
        "help": list_help(request.program),
        "line": line,
        "line_phone": speak_phone(line.phone) if line else "",
        "answered": answered,
        "again": again,
        # The hours of a telephone promise nothing: somebody must stand on the rota then.
        "on_duty": bool(line) and queries.is_on_duty(request.program, again or now),
        "from_hour": speak_hour(line.from_hour) if line else "",
        "until_hour": speak_hour(line.until_hour) if line else "",
        "all_day": bool(line) and line.from_hour == line.until_hour,
        "beside": queries.list_beside(who.person.pk),
        "own_parts": [part for part in show_parts(sheet, "safe") if part["words"]],
    }
    return render(request, "recovery/help.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def on_call(request: HttpRequest) -> HttpResponse:
    """Which telephone participants see on their help page."""
    line = queries.get_on_call(request.program)
    stored = {"phone": line.phone, "from_hour": line.from_hour, "until_hour": line.until_hour} if line else {}
    form = OnCallForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        actions.set_on_call(program=request.program, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved. Participants see it on their help page from now on."))
        return redirect("on_call")
    context = {"form": form, "line": line, "on_duty": queries.is_on_duty(request.program, timezone.now())}
    return render(request, "recovery/on_call.html", context)
