"""Forms of referrals. They validate and never save."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.resources.wording import NEEDS
from alongside.rules.partner_links import REASONS
from alongside.rules.roster.contacts import read_phone
from alongside.web.forms import AlongsideForm, MailedLinkForm, Trap
from alongside.web.widgets import ChoiceCards, DateInput, PhoneInput

from . import wording

BY_HAND = "by_hand"
BY_MEETING = ("in_touch", "accepted", "declined")
"""What is not asked any more once they met."""


class PlaceForm(AlongsideForm):
    """What is needed, which place, and in which of two ways. Sent twice on one page: to look, and to choose."""

    once = True
    mark_optional = False
    other_names = ("what",)
    need = forms.ChoiceField(label=_("What is needed?"), required=False, choices=[("", _("Any")), *NEEDS.items()])
    words = forms.CharField(
        label=_("Words to look for"), required=False, max_length=100, help_text=_("Such as: shelter, dentist, lawyer"),
    )  # fmt: skip
    resource = forms.ChoiceField(label=_("Which place?"), required=False, widget=ChoiceCards)
    place = forms.CharField(label=_("Name of the place or the person"), required=False, max_length=200)
    address = forms.CharField(
        label=_("Their e-mail or phone"), required=False, max_length=200,
        help_text=_("If you know it. To tell a place by a page, we need an e-mail."),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How?"), required=False, widget=ChoiceCards)

    def __init__(self, *args, found=(), is_own: bool = False, choosing: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.choosing, self.found = choosing, {str(one.pk): one for one in found}
        labels = [(key, one.name) for key, one in self.found.items()]
        self.fields["resource"].choices = [*labels, (BY_HAND, _("Another one: I write its name"))]
        self.fields["resource"].widget.hints = {
            key: " · ".join(filter(None, (one.city, one.first_number))) for key, one in self.found.items()
        }
        ways, hints = (
            (wording.OWN_WAYS, wording.OWN_WAY_HINTS) if is_own else (wording.WAYS, wording.WAY_HINTS)
        )  # fmt: skip
        self.fields["way"].choices = list(ways.items())
        self.fields["way"].widget.hints = hints

    def clean(self):
        cleaned = super().clean()
        if not self.choosing:
            return cleaned
        chosen = cleaned.get("resource")
        if not chosen and "resource" not in self.errors:
            self.add_error("resource", _("Choose a place, or write its name."))
        if chosen == BY_HAND and not (cleaned.get("place") or "").strip():
            self.add_error("place", _("Write the name of the place or the person."))
        if not cleaned.get("way") and "way" not in self.errors:
            self.add_error("way", _("Choose how."))
        return cleaned

    @property
    def values(self) -> dict:
        """What `actions.begin` takes."""
        cleaned, resource = self.cleaned_data, self.found.get(self.cleaned_data["resource"])
        return {
            "need": cleaned["need"], "way": cleaned["way"], "resource": resource,
            "place": (resource.name if resource else cleaned["place"])[:200],
            "address": cleaned["address"] or (resource.first_number if resource else ""),
        }  # fmt: skip


class SayForm(AlongsideForm):
    """What the person, or the place by phone, said."""

    other_names = ("what",)
    said = forms.ChoiceField(label=_("How does it go?"), widget=ChoiceCards)
    reason = forms.ChoiceField(label=_("If they said no, why?"), required=False)
    on_day = forms.DateField(
        label=_("When did they first meet or talk?"), required=False, widget=DateInput,
        help_text=_("Leave it empty if it was today. If you are not sure, choose the day that comes closest."),
    )  # fmt: skip

    def __init__(self, *args, is_own: bool = False, requested_on=None, has_met: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.requested_on = requested_on
        said, fields = wording.OWN_SAYS if is_own else wording.SAYS, self.fields
        # What is sent is read whole: a second tap, or a page from before, says the same again and nothing happens.
        met = has_met and not self.is_bound
        fields["said"].choices = [(code, words) for code, words in said.items() if not (met and code in BY_MEETING)]
        fields["reason"].choices = [("", _("Choose")), *((code, wording.REASONS[code]) for code in REASONS)]
        if is_own:
            fields["said"].label = _("Did you get there?")
            fields["on_day"].label = _("When did you first meet or talk?")
        for name in ("reason",) * (is_own or met) + ("on_day",) * met:
            del fields[name]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("said") == "declined" and not cleaned.get("reason"):
            self.add_error("reason", _("Please choose a reason."))
        day = cleaned.get("on_day")
        if day and day > timezone.localdate():
            self.add_error("on_day", _("Choose a day that has been."))
        elif day and self.requested_on and day < self.requested_on:
            self.add_error("on_day", _("Choose a day after the place was chosen."))
        return cleaned


class EndForm(AlongsideForm):
    """Why it ends before it is done."""

    other_names = ("what",)
    why = forms.ChoiceField(label=_("Why does it end?"), choices=list(wording.CANCEL.items()), widget=ChoiceCards)


class ReferForm(AlongsideForm):
    """Somebody outside refers a person, in under a minute. Nobody is looked up, whatever is written."""

    once = True
    autocomplete = {"from_name": "name", "from_place": "organization", "from_reach": "email"}
    from_name = forms.CharField(label=_("Your name"), max_length=80)
    from_place = forms.CharField(label=_("Where you work"), max_length=120, required=False)
    from_reach = forms.CharField(
        label=_("Your e-mail or phone"), max_length=200, help_text=_("So that we can ask you, if we must.")
    )
    goes_by = forms.CharField(label=_("What name do they go by?"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Who is this for?"), initial="own_recovery", widget=ChoiceCards,
        choices=[("own_recovery", _("Somebody in or seeking recovery")), ("loved_one", _("Somebody who loves them"))],
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone of the person"), max_length=40, required=False, widget=PhoneInput,
        help_text=_("A phone number or an e-mail: one is enough."),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail of the person"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Their language"))
    words = forms.CharField(
        label=_("What would help them?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only what they want us to know."),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("They know that I tell you this, and want you to contact them this way"),
        error_messages={"required": _("Please ask them first. We contact nobody who does not know about it.")},
    )
    website = Trap()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices("language")

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = read_phone(typed, "US").number if typed else ""
        if typed and not number:
            raise ValidationError(_("Please write the phone number with its area code, such as (213) 555-0123."))
        return number

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("phone") and not cleaned.get("email") and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", _("Please give us a phone number or an e-mail of theirs."))
        return cleaned

    @property
    def values(self) -> dict:
        """What `actions.receive` takes: they are called or written to only where an address was given."""
        cleaned = self.cleaned_data
        phone, email = bool(cleaned["phone"]), bool(cleaned["email"])
        names = ("kind", "language", "from_name", "from_place", "from_reach", "goes_by", "phone", "email", "words")
        return {name: cleaned[name] for name in names} | {
            "safe_contact": {
                "channel": "phone" if phone else "email", "may_call": phone, "may_text": False, "may_email": email,
                "may_voicemail": False, "from_hour": 9, "until_hour": 20, "name_to_use": "",
            },
        }  # fmt: skip


class TellForm(MailedLinkForm):
    """Where the page for a place goes. `seen`: how many pages of it whoever sends saw when they opened this form."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10_000)

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0


class ShowForm(MailedLinkForm):
    """Where the page about how it stands goes, for how long, and under which permission."""

    consent = forms.ChoiceField(label=_("Under which permission?"), widget=ChoiceCards)
    sure = forms.BooleanField(
        label=_("I reached them at a number or address that we know from elsewhere, and it was they who wrote"),
        error_messages={"required": _("Please make sure first: anybody can write any name into that form.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    field_order = ("consent", "sure", "address", "days", "seen")

    def __init__(self, *args, permissions=(), seen: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", seen)  # what was held from before tells what was seen then
        self.permissions = {str(one.pk): one for one in permissions}
        self.fields["consent"].choices = [
            (key, f"{one.recipient} · {one.number}") for key, one in self.permissions.items()
        ]
