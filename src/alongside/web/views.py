"""Pages that know no domain: the living page, reading settings, quick exit, and what is shown when something fails."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from . import living_page
from .reading import ReadingForm, of_request, remember


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """The living page: every component, in the reader's language, in both themes."""
    return render(request, "web/design.html", living_page.context())


def reading(request: HttpRequest) -> HttpResponse:
    """Theme and text size, remembered on this device."""
    back = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    theme, text = of_request(request)
    form = ReadingForm(request.POST if request.method == "POST" else None, initial={"theme": theme, "text": text})
    if request.method == "POST" and form.is_valid():
        response = HttpResponseRedirect(back)
        remember(response, form.cleaned_data["theme"], form.cleaned_data["text"])
        return response
    return render(request, "web/reading.html", {"form": form, "next": back})


@require_POST
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Ends the session and leaves for a neutral page (E4). Drafts stay, locked: their key went with the session."""
    logout(request)
    response = HttpResponse(status=303, headers={"Location": settings.QUICK_EXIT_URL})
    response.headers["Clear-Site-Data"] = '"cache"'
    response.headers["Cache-Control"] = "no-store"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or cookies are off. Says so kindly; the reason is for logs only."""
    return render(request, "403_csrf.html", status=403)
