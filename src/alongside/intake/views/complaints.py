"""A complaint by anybody, without an account: the same answer whoever it is (§2.4, A1)."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.people.form_limits import may_send
from alongside.privacy.actions import receive_complaint
from alongside.privacy.complaint_forms import ReachForm
from alongside.privacy.complaint_words import say_rights
from alongside.web.forms import Trap


class PublicComplaintForm(ReachForm):
    """With a field that only machines fill in."""

    website = Trap()


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """How to complain, here and to the federal office; a form that asks for no name."""
    form = PublicComplaintForm(request.POST if request.method == "POST" else None)
    program, status = request.program, 200
    if request.method == "POST" and program is not None and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("complain_thanks")
        if may_send(request, "complain"):
            with scope(program=program):
                receive_complaint(
                    program=program, via="public", reach=form.cleaned_data["reach"],
                    submit_key=form.cleaned_data["submit_key"] or uuid4(), words=form.cleaned_data["words"],
                )  # fmt: skip
            return redirect("complain_thanks")
        form.add_error(
            None, _("Many forms came from this place in the last hour. Please try again a little later, or call us. "
                    "What you wrote is still here.")
        )  # fmt: skip
        status = 429
    context = {"form": form if program else None, "rights": say_rights()}
    return render(request, "intake/complain.html", context, status=status)


@require_safe
def complain_thanks(request: HttpRequest) -> HttpResponse:
    """We have it. The same words for everybody."""
    return render(request, "intake/complain_thanks.html", {"rights": say_rights()})
