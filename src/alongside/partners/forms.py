"""Forms of pages for partners. They validate only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.privacy.sharing_forms import LANGUAGES, ToForm, no_donations_field
from alongside.web.forms import AlongsideForm, MailedLinkForm
from alongside.web.widgets import ChoiceCards, DateInput

from .wording import RELATION, SAID_LATER, list_reasons

ANSWERS = (("yes", _("Yes, we take this on")), ("no", _("No, not at this time")))


class SendForm(ToForm, MailedLinkForm):
    """Who gets it, where the link goes, and for how many days."""


class CodeForm(AlongsideForm):
    """The code that came in another way than the link. Spaces are nothing: people read it in parts."""

    autocomplete = {"code": "one-time-code"}
    code = forms.CharField(
        label=_("The code"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
        help_text=_("Eight digits. You got it in another way, such as by phone."),
    )  # fmt: skip

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class AnswerForm(AlongsideForm):
    """Yes, or no with a reason of a closed list; words only if they want."""

    proof = forms.CharField(max_length=400, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Can you take this on?"), choices=ANSWERS, widget=ChoiceCards)
    reason = forms.ChoiceField(label=_("If not, why?"), required=False, widget=ChoiceCards)
    words = forms.CharField(
        label=_("Anything to add?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads this too."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list_reasons()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Please choose a reason."))
        return cleaned


class LaterForm(AlongsideForm):
    """How it went on after a yes: chosen from a list, with a day if they know it."""

    proof = forms.CharField(max_length=400, widget=forms.HiddenInput)
    said = forms.ChoiceField(label=_("How did it go on?"), choices=list(SAID_LATER.items()), widget=ChoiceCards)
    on_day = forms.DateField(label=_("On which day?"), required=False, widget=DateInput)

    def clean_on_day(self):
        day = self.cleaned_data["on_day"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that has been."))
        return day


class AskSignerForm(AlongsideForm):
    """Who else signs: how they are reached, and in which language they read."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agrees = forms.BooleanField(label=_("I have read this, and I want it."))
    signed_name = forms.CharField(
        label=_("Your full name"), max_length=120, help_text=_("Typing your name here is your signature."),
    )  # fmt: skip
    agrees_to_hold = forms.BooleanField(label=_("I know that I cannot take this back before the day named above."))
    no_donations = no_donations_field()
    basis = forms.CharField(
        label=_("By what right do they sign?"), max_length=200,
        help_text=_("For example the number of the court order."),
    )  # fmt: skip
    reach = forms.CharField(
        label=_("Their phone number"), max_length=120,
        help_text=_("We call them and tell them a code. Without it nobody can sign for them."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    address = forms.EmailField(
        label=_("Their e-mail"), max_length=254, required=False,
        help_text=_("The mail holds the link only: no name, and nothing about anybody. Leave it empty to hand the link "
                    "over yourself."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language do they read?"), choices=LANGUAGES, widget=ChoiceCards)

    def __init__(
        self, *args, person_signs: bool, on_screen: bool, held: bool, ask_donations: bool = False, **kwargs
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        out = [] if person_signs else ["signed_name", "agrees"]
        out += ["basis"] if person_signs else []
        out += [] if held and person_signs else ["agrees_to_hold"]
        # Their own choice: said on their own screen, and not by whoever holds a paper.
        out += [] if ask_donations and person_signs and on_screen else ["no_donations"]
        for name in out:
            del self.fields[name]
        if person_signs and not on_screen:
            self.fields["signed_name"].label = _("Their name under the paper")
            self.fields["signed_name"].help_text = _("They sign first, by the text above, printed.")
            self.fields["agrees"].label = _("I hold the paper that they signed. It is the same text as on this page.")


class SignerForm(AlongsideForm):
    """A parent or guardian signs, or says no. Nothing is chosen beforehand."""

    proof = forms.CharField(max_length=4000, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Do you agree?"), widget=ChoiceCards,
        choices=(("yes", _("Yes, I agree to this")), ("no", _("No, I do not agree"))),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your full name"), max_length=120, required=False,
        help_text=_("Only if you agree. Typing your name here is your signature."),
    )  # fmt: skip
    relation = forms.ChoiceField(
        label=_("Who are you to them?"), choices=list(RELATION.items()), required=False, widget=ChoiceCards
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "yes" and not cleaned.get("name", "").strip() and "name" not in self.errors:
            self.add_error("name", _("Please type your name: it is your signature."))
        if cleaned.get("answer") == "yes" and not cleaned.get("relation") and "relation" not in self.errors:
            self.add_error("relation", _("Please say who you are to them."))
        return cleaned
