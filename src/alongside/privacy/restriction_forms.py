"""Forms of what shall be kept back (§2.26). They validate only; the rules say what it covers."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.consent import ITEMS, PURPOSES, texts_1
from alongside.web.forms import AlongsideForm, YesNoField
from alongside.web.widgets import ChoiceCards, MultiChoiceCards

from .consent_words import speak

TOWARD = (
    ("anyone", _("From everybody outside")),
    ("health_plan", _("From a health plan or whoever pays")),
    ("named", _("From somebody I name")),
)


class KeepForm(AlongsideForm):
    """What shall not go to whom. Nothing is chosen beforehand."""

    once: ClassVar[bool] = True
    items = forms.MultipleChoiceField(label=_("What shall be kept back?"), widget=MultiChoiceCards)
    toward = forms.ChoiceField(label=_("From whom?"), choices=TOWARD, widget=ChoiceCards)
    recipient = forms.CharField(
        label=_("Who is it?"), max_length=200, required=False,
        help_text=_("Only if you name somebody: the person or the place."),
    )  # fmt: skip
    purposes = forms.MultipleChoiceField(
        label=_("Only for some purposes?"), required=False, widget=MultiChoiceCards,
        help_text=_("If you choose none, it is kept back whatever they want it for."),
    )  # fmt: skip
    paid_in_full = YesNoField(
        label=_("Was this paid in full without the health plan?"), required=False,
        help_text=_("Then we must say yes for a health plan."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What should we know about it?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = speak()
        self.fields["items"].choices = [(item, texts_1.ITEMS[item][language]) for item in ITEMS]
        self.fields["purposes"].choices = [(one, texts_1.PURPOSES[one][language]) for one in PURPOSES]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("toward") == "named" and not (cleaned.get("recipient") or "").strip():
            self.add_error("recipient", _("Please write who it is."))
        return cleaned

    def values(self) -> dict:
        """Arguments of `actions.ask_restriction`."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in ("items", "toward", "recipient", "purposes", "words")} | {
            "paid_in_full": cleaned["paid_in_full"] is True
        }


class DecideForm(AlongsideForm):
    """Yes or no, with words. Where the law wants a yes, there is no no."""

    agree = YesNoField(label=_("Do we agree to keep it back?"))
    words = forms.CharField(
        label=_("What do you tell them?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write it to the person. If you say no, say why, and what you can do instead."),
    )  # fmt: skip

    def __init__(self, *args, must: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.must = must

    def clean_agree(self):
        agree = self.cleaned_data["agree"]
        if self.must and not agree:
            raise forms.ValidationError(_("This one the law wants us to agree to (42 CFR 2.26(a)(6))."))
        return agree
