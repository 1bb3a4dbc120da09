"""Somebody outside refers a person in under a minute, and reads that it was received: here, never more."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.people.form_limits import may_send
from alongside.referrals import actions
from alongside.referrals.forms import ReferForm


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    """One short form. The answer is the same whoever the person is (A1): a page of one's own."""
    program = request.program
    if program is None or not program.is_public:
        raise Http404
    form = ReferForm(request.POST if request.method == "POST" else None, initial={"language": _language()})
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("public_home")
        if may_send(request, "refer"):
            with scope(program=program):
                token = actions.receive(
                    program=program, submit_key=form.cleaned_data["submit_key"] or uuid4(), **form.values
                )
            return redirect("reference", token=token)
        form.add_error(None, _(
            "Many forms came from this place in the last hour. Please try again a little later, or call us. "
            "What you wrote is still here."
        ))  # fmt: skip
        status = 429
    return render(request, "referrals/refer.html", {"form": form}, status=status)


@require_safe
def reference(request: HttpRequest, token: str) -> HttpResponse:
    """That it was received, for whoever holds the link. How it stands comes by a page of its own, with a code."""
    found = actions.look_up(token)
    if found is None:
        raise Http404
    return render(request, "referrals/reference.html", {"incoming": found})


def _language() -> str:
    return "es" if (get_language() or "").startswith("es") else "en"
