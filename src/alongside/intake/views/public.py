"""Pages for everybody: the door of a program, asking for someone, becoming a peer, help now, what is protected."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from alongside.intake import actions
from alongside.intake.forms.public import ApplyForm, AskForm
from alongside.people.form_limits import may_send
from alongside.people.models import Program
from alongside.rules.vocabulary import KINDS


@require_safe
def choose_program(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of one program's public page; from here on the visitor is there. Any slug answers alike."""
    if Program.objects.filter(slug=slug, is_public=True).exists():
        request.session["at"] = slug
    return redirect("public_home")


def _open_program(request: HttpRequest) -> Program:
    if request.program is None or not request.program.is_public:
        raise Http404
    return request.program


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Three questions and how to reach you safely, on one page."""
    program = _open_program(request)
    kind = request.GET.get("for")
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": kind if kind in KINDS else None, "needs": []},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("ask_thanks")
        if may_send(request, "ask"):
            values = form.cleaned_data
            with scope(program=program):
                actions.receive_ask(
                    program=program, submit_key=values["submit_key"] or uuid4(), goes_by=values["goes_by"],
                    kind=values["kind"], language=_language(), answers=form.answers, safe_contact=form.safe_contact,
                    phone=values["phone"], email=values["email"],
                )  # fmt: skip
            return redirect("ask_thanks")
        form.add_error(None, _too_many())
        status = 429
    return render(request, "intake/ask.html", {"form": form, "kind": form["kind"].value()}, status=status)


@require_safe
def ask_thanks(request: HttpRequest) -> HttpResponse:
    """What happens next. The same words for everybody (A1)."""
    return render(request, "intake/thanks.html", {"is_ask": True})


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Somebody who would like to be a peer."""
    program = _open_program(request)
    form = ApplyForm(
        request.POST if request.method == "POST" else None,
        initial={"languages": [_language()], "serves": ["own_recovery"]},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("apply_thanks")
        if may_send(request, "apply"):
            values = form.cleaned_data
            with scope(program=program):
                actions.receive_application(
                    program=program, submit_key=values["submit_key"] or uuid4(), goes_by=values["goes_by"],
                    language=_language(), answers=form.answers, why=values["why"], phone=values["phone"],
                    email=values["email"],
                )  # fmt: skip
            return redirect("apply_thanks")
        form.add_error(None, _too_many())
        status = 429
    return render(request, "intake/apply.html", {"form": form}, status=status)


@require_safe
def apply_thanks(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "intake/thanks.html", {"is_ask": False})


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Help at once: never limited, never locked, nothing asked (E9)."""
    return render(request, "intake/help_now.html")


@require_safe
def what_we_protect(request: HttpRequest) -> HttpResponse:
    """What is protected here, and what cannot be (K4)."""
    return render(request, "intake/what_we_protect.html")


def _language() -> str:
    return "es" if (get_language() or "").startswith("es") else "en"


def _too_many() -> str:
    return _(
        "Many forms came from this place in the last hour. Please try again a little later, or call us. "
        "What you wrote is still here."
    )
