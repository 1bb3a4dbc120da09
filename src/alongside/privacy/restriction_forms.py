"""Forms of what shall be kept back (§2.26). They validate only; the rules say what it covers."""

from typing import ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.consent import ITEMS, PURPOSES, texts_1
from alongside.rules.restriction import INSIDE
from alongside.web.forms import CHOOSE, AlongsideForm, YesNoField
from alongside.web.widgets import ChoiceCards, MultiChoiceCards

from .consent_words import speak

TOWARD = (
    ("anyone", _("From everybody outside")),
    ("health_plan", _("From a health plan or whoever pays")),
    ("named", _("From somebody I name")),
    (INSIDE, _("My whole record, from somebody who works here")),
)


class KeepForm(AlongsideForm):
    """What shall not go to whom. Nothing is chosen beforehand."""

    once: ClassVar[bool] = True
    items = forms.MultipleChoiceField(
        label=_("What shall be kept back?"), required=False, widget=MultiChoiceCards,
        help_text=_("Choose what does not go to somebody outside. From somebody who works here it is all of it."),
    )  # fmt: skip
    toward = forms.ChoiceField(label=_("From whom?"), choices=TOWARD, widget=ChoiceCards)
    recipient = forms.CharField(
        label=_("Who is it?"), max_length=200, required=False,
        help_text=_("Only if you name somebody: the person or the place."),
    )  # fmt: skip
    readers = forms.MultipleChoiceField(
        label=_("Who of us shall not see your record?"), required=False, widget=MultiChoiceCards,
        help_text=_("Only if it is somebody who works here. They are not told that you asked. Somebody else answers."),
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

    def __init__(self, *args, whom=(), **kwargs):
        super().__init__(*args, **kwargs)
        language = speak()
        self.fields["readers"].choices = [(str(one.user_id), one.goes_by) for one in whom]
        self.fields["items"].choices = [(item, texts_1.ITEMS[item][language]) for item in ITEMS]
        self.fields["purposes"].choices = [(one, texts_1.PURPOSES[one][language]) for one in PURPOSES]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("toward") == "named" and not (cleaned.get("recipient") or "").strip():
            self.add_error("recipient", _("Please write who it is."))
        if cleaned.get("toward") == INSIDE and not (cleaned.get("readers") or (cleaned.get("words") or "").strip()):
            self.add_error("readers", _("Please choose who it is, or write it below."))
        if cleaned.get("toward") != INSIDE and not cleaned.get("items", True):
            self.add_error("items", CHOOSE)
        return cleaned

    def values(self) -> dict:
        """Arguments of `actions.ask_restriction`."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in ("items", "toward", "recipient", "purposes", "words")} | {
            "paid_in_full": cleaned["paid_in_full"] is True,
            "readers": [UUID(one) for one in cleaned["readers"]],
        }


class DecideForm(AlongsideForm):
    """Yes or no, with words. Where the law wants a yes, there is no no."""

    agree = YesNoField(label=_("Do we agree to keep it back?"))
    readers = forms.MultipleChoiceField(
        label=_("Who must not see this record?"), required=False, widget=MultiChoiceCards,
        help_text=_("Whom they named is chosen already. Ask them, if their words name somebody else."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What do you tell them?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write it to the person. If you say no, say why, and what you can do instead."),
    )  # fmt: skip

    def __init__(self, *args, must: bool = False, whom=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.must = must
        if whom is None:
            del self.fields["readers"]
        else:
            self.fields["readers"].choices = [(str(one.user_id), one.goes_by) for one in whom]

    def clean_agree(self):
        agree = self.cleaned_data["agree"]
        if self.must and not agree:
            raise forms.ValidationError(_("This one the law wants us to agree to (42 CFR 2.26(a)(6))."))
        return agree

    def clean(self):
        cleaned = super().clean()
        if "readers" in self.fields and cleaned.get("agree") and "readers" in cleaned and not cleaned["readers"]:
            self.add_error("readers", CHOOSE)
        return cleaned

    def accounts(self) -> list[UUID] | None:
        """The accounts chosen, or None where it is not about people inside."""
        chosen = self.cleaned_data.get("readers")
        return None if chosen is None else [UUID(one) for one in chosen]
