"""Signing in without a password: a code by mail, or one from a sheet (F1). Every no is one no (A1)."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.people import actions, codes, outbox, sessions
from alongside.people.forms import AskCodeForm, CodeAgainForm, MailedCodeForm, PaperCodeForm
from alongside.people.models import Person
from alongside.people.queries import hash_token

ASK = "code_ask"
"""The id of what was asked, in the session that asked: the code opens nothing in any other."""

BY_MAIL, ON_PAPER = "code_mail", "code_paper"


@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code by mail. The answer is the same whatever was typed."""
    if request.user.is_authenticated:
        return redirect("home")
    form = AskCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["login"].strip()
        if not ratelimit.consume(request, action="ask_code", key=hash_token(typed.casefold())):
            return ratelimit.respond_429(request)
        request.session[ASK] = str(actions.ask_for_code(typed=typed, language=get_language() or "en"))
        return redirect(_with_next(request, "enter_code"))
    return render(request, "people/ask_code.html", {"form": form, "next": get_next_redirect_url(request)})


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code that came by mail, in the browser that asked for it."""
    if request.user.is_authenticated:
        return redirect("home")
    form, refused = MailedCodeForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST":
        if not ratelimit.consume(request, action="enter_code"):
            return ratelimit.respond_429(request)
        if form.is_valid():
            user = actions.use_mailed_code(ask_id=_asked(request), typed=form.cleaned_data["code"])
            if user is not None:
                return _enter(request, user, BY_MAIL, own_phone=form.cleaned_data["own_phone"])
            form, refused = _anew(MailedCodeForm, form), _no()
    context = {"form": form, "refused": refused, "next": get_next_redirect_url(request)}
    return render(request, "people/enter_code.html", context)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def paper_sign_in(request: HttpRequest) -> HttpResponse:
    """A code from a sheet, with the name of the account."""
    if request.user.is_authenticated:
        return redirect("home")
    form, refused = PaperCodeForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["login"].strip()
        if not ratelimit.consume(request, action="paper_code", key=hash_token(login.casefold())):
            return ratelimit.respond_429(request)
        user = actions.use_paper_code(login=login, typed=form.cleaned_data["code"])
        if user is not None:
            return _enter(request, user, ON_PAPER, own_phone=form.cleaned_data["own_phone"])
        form, refused = _anew(PaperCodeForm, form), _no()
    context = {"form": form, "refused": refused, "next": get_next_redirect_url(request)}
    return render(request, "people/paper_sign_in.html", context)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code_again(request: HttpRequest) -> HttpResponse:
    """Who is signed in shows once more that it is them: by a code that is mailed now, or one from their sheet."""
    if not codes.may_use(request.user):
        raise Http404
    if request.method == "POST" and not ratelimit.consume(request, action="code_again", user=request.user):
        return ratelimit.respond_429(request)
    sends = request.method == "POST" and request.POST.get("action") == "send"
    if sends:
        asked = actions.ask_for_code(typed="", language=get_language() or "en", user=request.user)
        request.session[ASK] = str(asked)
        messages.info(request, _on_its_way())
        return redirect(_with_next(request, "code_again"))
    form, refused = CodeAgainForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        if method := _shows(request, form.cleaned_data["code"]):
            request.session.pop(ASK, None)
            record_authentication(request, request.user, method=method, reauthenticated=True)
            return resume_request(request) or redirect("home")
        form, refused = CodeAgainForm(), _no()
    context = {"form": form, "refused": refused, "next": get_next_redirect_url(request)}
    return render(request, "people/code_again.html", context)


def _shows(request: HttpRequest, typed: str) -> str:
    """By which code this account has shown that it is theirs, or "". Digits alone are from a mail."""
    if "".join(typed.split()).isdigit():
        user = actions.use_mailed_code(ask_id=_asked(request), typed=typed)
        return BY_MAIL if user == request.user else ""
    return ON_PAPER if actions.use_paper_code(login=request.user.username, typed=typed) == request.user else ""


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def own_sheet(request: HttpRequest) -> HttpResponse:
    """A sheet of one's own: made, printed, or ended."""
    if not codes.may_use(request.user):
        raise Http404
    return _sheet(request, request.user, None)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def sheet_for(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A coordinator prints a sheet for a participant with an account; their account and their record tell of it."""
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    if person is None:
        raise Http404
    if person.user is None or not codes.may_use(person.user):
        messages.info(request, _("Codes are for people with an account who have no other role. Make a link instead."))
        return redirect("invite_person", person_id=person.pk)
    return _sheet(request, person.user, person)


def _sheet(request: HttpRequest, user, person: Person | None) -> HttpResponse:
    if request.method == "POST" and request.POST.get("action") == "end":
        actions.end_paper_codes(user=user, by=request.actor, person=person)
        messages.success(request, _("Ended. No code of the sheet works any more."))
        return redirect(request.path)
    if request.method == "POST":
        made = actions.make_paper_codes(user=user, by=request.actor, person=person)
        language = outbox.language_of(person) if person else get_language()
        return render(request, "people/sheet.html", {"codes": made, "language": language, "person": person})
    left = codes.open_paper(user, timezone.now()).count()
    return render(request, "people/sheet_make.html", {"left": left, "person": person})


def _enter(request: HttpRequest, user, method: str, *, own_phone: bool) -> HttpResponse:
    """Sign in as with a password: a second step if they have one, the clocks, the list of devices, the notice."""
    request.session.pop(ASK, None)
    request.session[sessions.WANTS_OWN_PHONE] = own_phone
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user, redirect_url=get_next_redirect_url(request)))


def _asked(request: HttpRequest) -> UUID | None:
    asked = request.session.get(ASK)
    return UUID(asked) if asked else None


def _with_next(request: HttpRequest, page: str) -> str:
    wanted = get_next_redirect_url(request)
    return reverse(page) + (f"?{urlencode({'next': wanted})}" if wanted else "")


def _anew(form_class, form):
    """The form once more, with all but the code as it was."""
    return form_class(initial={name: value for name, value in form.cleaned_data.items() if name != "code"})


def _no() -> str:
    return _("That did not match. The code may be wrong, used, or too old. Please check it, or ask for a new one.")


def _on_its_way() -> str:
    return _("If mail to you is allowed at this hour, a code is on its way. It works for 10 minutes.")
