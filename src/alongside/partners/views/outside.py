"""What somebody outside sees. Opening the link asks for the code and looks nothing up: alive or dead alike."""

from uuid import UUID

from allauth.core import ratelimit
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people.queries import hash_token
from alongside.privacy.views.helping import preview_of
from alongside.rules.consent import texts_1
from alongside.rules.partner_links import ANSWER_MINUTES

from .. import actions
from ..actions import Opened, open_link
from ..forms import AnswerForm, CodeForm, LaterForm

SALT = "alongside.partners.opened"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def partner_page(request: HttpRequest, token: str) -> HttpResponse:
    """The question for the code; with the right one, what the consent covers (§2.32). A GET changes nothing (E5)."""
    if request.method != "POST":
        return render(request, "partners/code.html", {"form": CodeForm()})
    if not ratelimit.consume(request, action="partner_code", key=hash_token(token)):
        return ratelimit.respond_429(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "partners/code.html", {"form": form})
    opened = open_link(token=token, code=form.cleaned_data["code"])
    if opened is None:
        return _no(request)
    proof = signing.dumps(str(opened.link.pk), salt=SALT)
    if opened.link.status == "accepted":
        return _ask_later(request, opened.link.consent.number, LaterForm(initial={"proof": proof}), token)
    return render(request, "partners/opened.html", _shown(opened) | {"form": AnswerForm(initial={"proof": proof}),
                                                                     "token": token})  # fmt: skip


def _shown(opened: Opened) -> dict:
    """The data with its titles in the language of the consent, and what the law wants beside it."""
    language = opened.consent.language
    with override(language):
        content = preview_of(opened.content, [item for item, _rows in opened.content], language)
    return {
        "consent": opened.consent, "content": content, "then": opened.then, "link": opened.link,
        "short": texts_1.ACCOMPANY["short"], "data_language": language,
        "statement": texts_1.ACCOMPANY[opened.statement] if opened.statement else "",
    }  # fmt: skip


@require_POST
def partner_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, or no and why. Whoever answers has opened it within the hour."""
    if not ratelimit.consume(request, action="partner_code", key=hash_token(token)):
        return ratelimit.respond_429(request)
    form, proved = AnswerForm(request.POST), _proved(request)
    if proved is None:
        return _no(request)
    if not form.is_valid():
        return render(request, "partners/answer.html", {"form": form, "token": token})
    cleaned = form.cleaned_data
    answered = actions.answer_link(
        token=token, link_id=proved, accepts=cleaned["answer"] == "yes", reason=cleaned["reason"],
        words=cleaned["words"],
    )  # fmt: skip
    return _no(request) if answered is None else render(request, "partners/thanks.html", {"link": answered})


@require_POST
def partner_later(request: HttpRequest, token: str) -> HttpResponse:
    """After a yes, by the same link and code: how it went on. Nothing of anybody stands on this page."""
    if not ratelimit.consume(request, action="partner_code", key=hash_token(token)):
        return ratelimit.respond_429(request)
    form, proved = LaterForm(request.POST), _proved(request)
    if proved is None:
        return _no(request)
    if not form.is_valid():
        return _ask_later(request, "", form, token)
    cleaned = form.cleaned_data
    said = actions.say_later(token=token, link_id=proved, said=cleaned["said"], on_day=cleaned["on_day"])
    return _no(request) if said is None else render(request, "partners/thanks.html", {"link": said})


@require_safe
def page_ended(request: HttpRequest, token: str) -> HttpResponse:
    """That a permission ended, by its number alone, for whoever read a page under it. Nothing is looked up."""
    number = actions.read_ended(token)
    if number is None:
        raise Http404
    return render(request, "partners/page_ended.html", {"number": number})


def _ask_later(request: HttpRequest, number: str, form: LaterForm, token: str) -> HttpResponse:
    return render(request, "partners/later.html", {"form": form, "token": token, "number": number})


def _proved(request: HttpRequest) -> UUID | None:
    """The id of the link that this browser opened within the hour."""
    try:
        return UUID(signing.loads(request.POST.get("proof", ""), salt=SALT, max_age=ANSWER_MINUTES * 60))
    except (signing.BadSignature, ValueError):
        return None


def _no(request: HttpRequest) -> HttpResponse:
    """One answer for every no: wrong code, wrong link, too late, used up, taken back (A1)."""
    form = CodeForm()
    return render(request, "partners/code.html", {"form": form, "refused": _(
        "That did not open. The code may be wrong, or the page is closed by now. Please call whoever gave it to you."
    )})  # fmt: skip
