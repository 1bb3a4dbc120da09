"""What the living page shows: made-up people and figures, in the reader's language."""

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.rules import availability

from .forms import AlongsideForm, AvailabilityField, YesNoField
from .widgets import ChoiceCards, DateInput, MultiChoiceCards, PhoneInput


class SampleForm(AlongsideForm):
    """One of each field."""

    name = forms.CharField(label=gettext_lazy("Name to use"), help_text=gettext_lazy("Any name you like."))
    phone = forms.CharField(label=gettext_lazy("Phone"), widget=PhoneInput, required=False)
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=DateInput, required=False)
    words = forms.CharField(label=gettext_lazy("A few words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    mode = forms.ChoiceField(
        label=gettext_lazy("How would you like to talk?"),
        choices=[
            ("in_person", gettext_lazy("In person")),
            ("phone", gettext_lazy("By phone")),
            ("text", gettext_lazy("By text")),
        ],
        widget=ChoiceCards(hints={"in_person": gettext_lazy("In a public place you choose")}),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What would help?"),
        help_text=gettext_lazy("Choose as many as you like."),
        choices=[
            ("talk", gettext_lazy("Someone to talk to")),
            ("housing", gettext_lazy("Housing")),
            ("work", gettext_lazy("Work or school")),
            ("friends", gettext_lazy("New friends")),
        ],
        widget=MultiChoiceCards,
        required=False,
    )
    voicemail = YesNoField(label=gettext_lazy("May we leave a voicemail?"))
    hours = AvailabilityField(label=gettext_lazy("When are you usually free?"), required=False)
    own_phone = forms.BooleanField(
        label=gettext_lazy("This is my own phone"),
        help_text=gettext_lazy("You stay signed in for 30 days."),
        required=False,
    )
    autocomplete = {"name": "nickname", "phone": "tel"}
    specimen = True  # its mistakes are shown, and do not take the focus


def context() -> dict[str, Any]:
    """Everything `web/design.html` needs."""
    return {
        "form": None,
        "themes": [_sample("light"), _sample("dark")],
        "colors": [
            "paper",
            "surface",
            "sunken",
            "ink",
            "ink-soft",
            "action",
            "soft",
            "sand",
            "sand-soft",
            "urgent",
            "urgent-soft",
            "night",
        ],
        "icons": sorted(ICONS),
    }


ICONS = [
    "house",
    "calendar-days",
    "clock",
    "message-circle",
    "phone",
    "mail",
    "video",
    "users",
    "user-plus",
    "heart-handshake",
    "hand-heart",
    "list-checks",
    "clipboard-list",
    "clipboard-pen",
    "file-text",
    "upload",
    "download",
    "search",
    "settings",
    "log-out",
    "pencil",
    "check",
    "x",
    "plus",
    "info",
    "triangle-alert",
    "life-buoy",
    "shield-check",
    "lock",
    "eye",
    "map-pin",
    "chart-column",
    "printer",
    "pause",
    "refresh-cw",
    "sprout",
    "sunrise",
    "footprints",
    "book-open",
    "vote",
    "inbox",
    "history",
    "door-open",
    "bell",
    "star",
]


def _sample(theme: str) -> dict[str, Any]:
    bound = {
        "phone": "555 0100",
        "mode": "phone",
        "topics": ["talk", "housing"],
        "hours": ["mon_morning", "thu_evening"],
    }
    now = timezone.now()
    pages = Paginator(range(60), 20)
    partly = availability.to_hex(availability.to_bits(availability.hours_from_parts(["tue_evening"])) | 0b11 << 9)
    return {
        "theme": theme,
        "name": _("Dark") if theme == "dark" else _("Light"),
        "form": SampleForm(
            initial={"mode": "phone", "topics": ["talk"], "hours": partly}, auto_id=f"{theme}_%s", prefix=theme
        ),
        "mistaken": SampleForm(
            {f"{theme}-{key}": value for key, value in bound.items()}, auto_id=f"{theme}_wrong_%s", prefix=theme
        ),
        "page": pages.page(2),
        "pages_label": _("Pages, dark") if theme == "dark" else _("Pages, light"),
        "rows": [
            {
                "name": "Rosa M.",
                "badge": _("2 days late"),
                "badge_tone": "urgent",
                "tone": "urgent",
                "reason": _("She asked for a call about housing."),
                "meta": _("First 30 days · Spanish · Last contact Thursday"),
            },
            {
                "name": "Dante W.",
                "badge": _("Today, 4 p.m."),
                "reason": _("You planned to meet at the library."),
                "meta": _("First 90 days · English · Last contact Sunday"),
            },
            {
                "name": "Lien T.",
                "badge": _("Quiet"),
                "badge_tone": "sand",
                "tone": "sand",
                "reason": _("9 days quiet; a call was due Tuesday."),
                "meta": _("After day 90 · English · Last contact November 8"),
            },
        ],
        "bars": [
            {"label": _("Within a week"), "value": "62 %", "percent": 62, "n": 48, "missing": 2},
            {"label": _("Within two weeks"), "value": "27 %", "percent": 27, "n": 21, "missing": 1},
            {"label": _("Later"), "hidden": True},
        ],
        "events": [
            {
                "title": _("A call"),
                "at": now - datetime.timedelta(hours=2),
                "by": "Dante",
                "text": _("We talked about the first week at work."),
            },
            {"title": _("Met at the library"), "at": now - datetime.timedelta(days=3), "by": "Dante"},
        ],
        "facts": [(_("Name to use"), "Rosa"), (_("Languages"), _("Spanish, English")), (_("Voicemail"), "")],
        "steps": [_("About you"), _("What would help"), _("How to reach you")],
        "walk": [
            (_("Tell us a little"), _("Two minutes, from your phone. Use any name you like.")),
            (_("Choose your peer"), _("See who has walked a similar road, and why we suggest them.")),
            (_("Meet your way"), _("By phone, in person or in a group. Change peers any time.")),
        ],
        "tabs": [
            {"label": _("Today"), "url": "#today", "current": True, "count": 3},
            {"label": _("This week"), "url": "#week", "count": 8},
            {"label": _("Everyone"), "url": "#all", "count": 18},
        ],
    }
