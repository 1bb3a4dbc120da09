"""How a reader likes pages: theme and text size, kept in a cookie of two words that says nothing about a person."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .forms import AlongsideForm
from .widgets import ChoiceCards

COOKIE = "__Host-reading" if settings.SESSION_COOKIE_SECURE else "reading"
THEMES = [("", _("Same as my device")), ("light", _("Light")), ("dark", _("Dark"))]
TEXTS = [("", _("Usual size")), ("large", _("Larger"))]


class ReadingForm(AlongsideForm):
    """Theme and text size."""

    theme = forms.ChoiceField(label=_("Colors"), choices=THEMES, required=False, widget=ChoiceCards)
    text = forms.ChoiceField(label=_("Text size"), choices=TEXTS, required=False, widget=ChoiceCards)
    mark_optional = False


def of_request(request: HttpRequest) -> tuple[str, str]:
    """(theme, text size) of the cookie; anything unknown counts as the default `""`."""
    theme, _sep, text = request.COOKIES.get(COOKIE, "").partition(".")
    return (theme if theme in dict(THEMES) else "", text if text in dict(TEXTS) else "")


def remember(response: HttpResponse, theme: str, text: str) -> None:
    """Keeps the choice on this device for a year, or forgets it when both are the default."""
    if not theme and not text:
        response.delete_cookie(COOKIE)
        return
    response.set_cookie(
        COOKIE,
        f"{theme}.{text}",
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
