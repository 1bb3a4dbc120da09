"""Forms of consent: which kind, what it says, signing. They validate only; the rules say what may be chosen."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.rules.consent import (
    DIRECTOR,
    EMANCIPATED,
    GUARDIAN,
    KINDS,
    SURVIVOR,
    Posture,
    events_for,
    items_for,
    kinds_for,
    may_consent_alone,
    texts_1,
)
from alongside.rules.consent.signing import DIRECTOR_DAYS, DIRECTOR_FOR, is_minor
from alongside.rules.disclosure import To
from alongside.web.forms import AlongsideForm, YesNoField
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards

ON_A_DAY = "day"
LONGEST_DAYS = 3 * 366
"""A last day further away is a slip of the finger; longer ones end with an event."""

COVERED = (("yes", _("Yes, or I am not sure")), ("no", _("No")))
LANGUAGES = (("en", _("English")), ("es", _("Spanish")))
HELD_EVENTS = (
    (ON_A_DAY, _("No, only from that day on")),
    ("end_of_case", _("Yes, from its end on, and no later than that day")),
)
"""`rules.consent.HELD_EVENTS` in words (§2.35(c))."""

ACTS_FOR = (
    ("", _("They sign themself")),
    ("emancipated", _("They sign themself: a minor whom a court or the law made independent")),
    ("guardian", _("A guardian, by court order")),
    ("survivor", _("They died: an executor or personal representative")),
    ("director_for_payment", _("The director, so that a health plan pays: they are ill and cannot act now")),
)
STRICTEST = Posture()

TO_CLASSES = (
    ("provider", _("They give health care to the person")),
    ("plan", _("They are the health plan")),
    ("payer", _("They pay for the care in another way")),
    ("helper", _("They help to run this program")),
)
"""`rules.consent.RECIPIENT_CLASSES` in words (§2.31(a)(4)(i))."""


def _words(table, codes):
    language = "es" if (get_language() or "").startswith("es") else "en"
    return [(code, table[code][language]) for code in codes]


class KindForm(AlongsideForm):
    """Which kind of permission. Nothing is chosen beforehand."""

    kind = forms.ChoiceField(label=_("Who should get something?"), widget=ChoiceCards)

    def __init__(self, *args, posture: Posture, **kwargs):
        super().__init__(*args, **kwargs)
        language = "es" if (get_language() or "").startswith("es") else "en"
        self.fields["kind"].choices = [(kind, texts_1.KINDS[kind][0][language]) for kind in kinds_for(posture)]
        self.fields["kind"].widget.hints = {kind: said[language] for kind, (_title, said) in texts_1.KINDS.items()}


class TermsForm(AlongsideForm):
    """What one permission says: to whom, what, what for, until when. The fields are those that its kind has."""

    recipient = forms.CharField(
        label=_("Who gets it?"), max_length=200,
        help_text=_("The name of the person or the place."),
    )  # fmt: skip
    recipient_address = forms.CharField(
        label=_("Where can we reach them?"), max_length=300, required=False,
        help_text=_("Address or phone. We use it to tell them when you stop."),
    )  # fmt: skip
    recipient_is_covered = forms.ChoiceField(
        label=_("Do they give health care or pay for it?"), choices=COVERED, widget=ChoiceCards,
        help_text=_("A clinic, a doctor, a health plan, or somebody who works for them."),
    )  # fmt: skip
    members = forms.CharField(
        label=_("Who is in this network?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Names, or which kind of providers who care for you."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("What for?"), widget=ChoiceCards)
    purpose_words = forms.CharField(label=_("In your own words"), max_length=300, required=False)
    items = forms.MultipleChoiceField(
        label=_("What may they get?"), widget=MultiChoiceCards,
        help_text=_("Only what you choose. On the next page you see exactly what they would get."),
    )  # fmt: skip
    ends = forms.ChoiceField(label=_("Until when?"), widget=ChoiceCards)
    expires_on = forms.DateField(label=_("The last day"), required=False, widget=DateInput)
    held_until = forms.DateField(
        label=_("From which day on can you take it back?"), widget=DateInput,
        help_text=_("Before this day it cannot be stopped. The court or the office can tell you which day it is."),
    )  # fmt: skip
    held_event = forms.ChoiceField(
        label=_("Or from the end of the matter in court on?"), choices=HELD_EVENTS, widget=ChoiceCards
    )
    language = forms.ChoiceField(label=_("In which language do you sign?"), choices=LANGUAGES, widget=ChoiceCards)

    def __init__(self, *args, kind: str, time_zone: str, **kwargs):
        self.kind, self.zone = KINDS[kind], ZoneInfo(time_zone)
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = _words(texts_1.PURPOSES, self.kind.purposes)
        self.fields["items"].choices = _words(texts_1.ITEMS, self.kind.items)
        day = (ON_A_DAY, _("On a day that I choose"))
        self.fields["ends"].choices = [day, *_words(texts_1.EVENTS, events_for(kind))]
        for name in self._left_out():
            del self.fields[name]
        if self.kind.names_matter:
            self.fields["purpose_words"].label = _("Which one?")
            self.fields["purpose_words"].required = True

    def _left_out(self) -> list[str]:
        out = [] if self.kind.names_members else ["members"]
        out += [] if self.kind.is_held else ["held_until", "held_event"]
        out += ["purpose"] if len(self.kind.purposes) == 1 else []
        out += ["ends"] if self.kind.needs_day else []
        out += [] if self.kind.code in ("specific", "tpo", "intermediary") else ["recipient_is_covered"]
        out += ["purpose_words"] if self.kind.code in ("tpo", "intermediary") else []
        return out

    def clean(self):
        cleaned = super().clean()
        purpose = cleaned.get("purpose") or (self.kind.purposes[0] if len(self.kind.purposes) == 1 else "")
        if purpose == "other" and not cleaned.get("purpose_words"):
            self.add_error("purpose_words", _("Say in a few words what for."))
        if purpose and (more := set(cleaned.get("items", [])) - set(items_for(self.kind.code, purpose))):
            names = "; ".join(words for _code, words in _words(texts_1.ITEMS, sorted(more)))
            self.add_error("items", forms.ValidationError(
                _("For this they do not need: %(names)s. Please take it out."), params={"names": names},
            ))  # fmt: skip
        on_a_day = self.kind.needs_day or cleaned.get("ends") == ON_A_DAY
        day, today = cleaned.get("expires_on"), timezone.localdate(timezone=self.zone)
        if on_a_day and not day:
            self.add_error("expires_on", _("Choose the last day."))
        if on_a_day and day and not today <= day <= today + timedelta(days=LONGEST_DAYS):
            self.add_error("expires_on", _("Choose a day from today on, within the next three years."))
        held = cleaned.get("held_until")
        if held and day and held > day:
            self.add_error("held_until", _("Choose a day that is not later than the last day."))
        return cleaned

    def fits_director(self) -> bool:
        """Whether what is filled in is for payment alone, with a near last day (§2.15(a)(2)). Says what is not."""
        cleaned = self.cleaned_data
        if cleaned["purpose"] != DIRECTOR_FOR[1]:
            self.add_error("purpose", _("A director signs only so that somebody pays for services."))
        day, today = cleaned.get("expires_on"), timezone.localdate(timezone=self.zone)
        if cleaned["ends"] != ON_A_DAY:
            self.add_error("ends", _("Where a director signs, choose a last day."))
        elif day > today + timedelta(days=DIRECTOR_DAYS):
            self.add_error("expires_on", forms.ValidationError(
                _("Where a director signs, it lasts %(n)s days at the most."), params={"n": DIRECTOR_DAYS},
            ))  # fmt: skip
        return not self.errors

    def terms(self) -> dict:
        """The arguments of `actions.change_draft`."""
        cleaned = self.cleaned_data
        on_a_day = self.kind.needs_day or cleaned.get("ends") == ON_A_DAY
        found = {
            "recipient": cleaned["recipient"],
            "recipient_address": cleaned["recipient_address"],
            "items": [item for item in self.kind.items if item in cleaned["items"]],
            "language": cleaned["language"],
            "expires_at": self._midnight(cleaned["expires_on"] + timedelta(days=1)) if on_a_day else None,
            "expires_event": "" if on_a_day else cleaned["ends"],
        }
        for name in ("members", "purpose", "purpose_words"):
            if name in self.fields:
                found[name] = cleaned[name]
        if "recipient_is_covered" in self.fields:
            found["recipient_is_covered"] = cleaned["recipient_is_covered"] == "yes"
        if "held_until" in self.fields:
            found["held_until"] = self._midnight(cleaned["held_until"])
            found["held_event"] = "" if cleaned["held_event"] == ON_A_DAY else cleaned["held_event"]
        return found

    def _midnight(self, day) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)


def initial_terms(consent, time_zone: str) -> dict:
    """What a draft says so far, as `TermsForm` shows it. A new one has nothing chosen (B3)."""
    zone = ZoneInfo(time_zone)
    begun = consent.recipient is not None
    ends = consent.expires_event or (ON_A_DAY if consent.expires_at else "")
    last = (consent.expires_at - timedelta(microseconds=1)).astimezone(zone).date() if consent.expires_at else None
    return {
        "recipient": consent.recipient, "recipient_address": consent.recipient_address, "members": consent.members,
        "recipient_is_covered": ("yes" if consent.recipient_is_covered else "no") if begun else None,
        "purpose": consent.purpose, "purpose_words": consent.purpose_words, "items": consent.items, "ends": ends,
        "expires_on": last, "language": consent.language,
        "held_until": consent.held_until.astimezone(zone).date() if consent.held_until else None,
        "held_event": (consent.held_event or ON_A_DAY) if begun else None,
    }  # fmt: skip


class AnotherForm(AlongsideForm):
    """One more recipient of the same things, for the same purpose."""

    recipient = forms.CharField(label=_("Who else gets the same?"), max_length=200)
    recipient_address = forms.CharField(label=_("Where can we reach them?"), max_length=300, required=False)
    recipient_is_covered = forms.ChoiceField(
        label=_("Do they give health care or pay for it?"), choices=COVERED, widget=ChoiceCards
    )


def no_donations_field() -> forms.BooleanField:
    """Beside every signature of a person's own, where the program asks for donations (§2.31(a)(5)(iii))."""
    return forms.BooleanField(
        label=_("I want no messages asking for donations."), required=False,
        help_text=_("You can sign either way. You may say it later too, on your Privacy page."),
    )  # fmt: skip


class SignForm(AlongsideForm):
    """The signature. Nothing is ticked beforehand; `seen` is the digest of what stood above it."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    of_age = YesNoField(label=_("Are you %(age)s or older?"))
    agrees_to_hold = forms.BooleanField(label=_("I know that I cannot take this back before the day named above."))
    agrees = forms.BooleanField(label=_("I have read this, and I want it."))
    signed_name = forms.CharField(
        label=_("Your full name"), max_length=120, help_text=_("Typing your name here is your signature.")
    )
    no_donations = no_donations_field()

    def __init__(self, *args, held: bool, ask_age: int | None, ask_donations: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if ask_age is None:
            del self.fields["of_age"]
        else:
            self.fields["of_age"].label = _("Are you %(age)s or older?") % {"age": ask_age}
        if not held:
            del self.fields["agrees_to_hold"]
        if not ask_donations:
            del self.fields["no_donations"]

    def clean_of_age(self):
        if self.cleaned_data["of_age"] is False:
            raise forms.ValidationError(_("Please talk with us first, so that the right people sign with you."))
        return True


class PaperForm(AlongsideForm):
    """A signature on paper that staff hold in their hands, by the person or by who acts for them."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    signed_name = forms.CharField(label=_("The name under the paper"), max_length=120, required=False)
    other_name = forms.CharField(
        label=_("Who else signed: a parent, a guardian, an executor"), max_length=120, required=False
    )
    other_basis = forms.CharField(
        label=_("By what right, for example the number of the court order"), max_length=200, required=False
    )
    holds = forms.BooleanField(label=_("I hold the signed paper. It is the same text as on this page."))


class ActsForForm(AlongsideForm):
    """Who signs, where it is not the person. `signs_alone`: a minor whom the state lets decide without a parent."""

    signer = forms.ChoiceField(label=_("Who signs?"), choices=ACTS_FOR, required=False, widget=ChoiceCards)
    died_on = forms.DateField(
        label=_("On which day did they die?"), required=False, widget=DateInput,
        help_text=_("Only where an executor or personal representative signs."),
    )  # fmt: skip

    other_basis = forms.CharField(
        label=_("Which paper shows that they are independent?"), required=False, max_length=200,
        help_text=_("Only for a minor whom a court or the law made independent."),
    )  # fmt: skip

    def __init__(self, *args, posture: Posture = STRICTEST, age: int | None = None, kind: str = "", **kwargs):
        self.signs_alone = may_consent_alone(posture, age)
        self.age, self.is_minor = age, is_minor(posture, age)
        super().__init__(*args, **kwargs)
        out = [] if kind == DIRECTOR_FOR[0] and posture.part2 != "neither" else [DIRECTOR]
        if not posture.emancipated_alone:
            out.append(EMANCIPATED)
            del self.fields["other_basis"]
        self.fields["signer"].choices = [choice for choice in ACTS_FOR if choice[0] not in out]

    def clean_died_on(self):
        day = self.cleaned_data["died_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that has been."))
        return day

    def clean(self):
        cleaned = super().clean()
        signer, died_on = cleaned.get("signer"), cleaned.get("died_on")
        if signer == GUARDIAN and self.signs_alone:
            self.add_error("signer", _("At this age the law of your state lets them decide alone. Only they sign."))
        if signer == DIRECTOR and self.is_minor:
            self.add_error("signer", _("A director signs for nobody who is under age."))
        if signer == DIRECTOR and self.age is None:
            self.add_error(
                "signer", _("Enter their birth date first: a director signs for nobody who may be under age.")
            )
        if signer == SURVIVOR and not died_on and "died_on" not in self.errors:
            self.add_error("died_on", _("An executor signs only after a death. Write down the day."))
        if signer == EMANCIPATED and not cleaned.get("other_basis"):
            self.add_error("other_basis", _("Write which paper shows it, and its number or day."))
        if signer != SURVIVOR and died_on:
            self.add_error("died_on", _("Take the day out, or choose that an executor signs."))
        return cleaned


class DirectorForm(AlongsideForm):
    """A director exercises the right of somebody who cannot act now, for payment alone (§2.15(a)(2))."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    condition = forms.CharField(
        label=_("Which medical condition keeps them from knowing or acting for themself?"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The person reads it. Who pays does not."),
    )  # fmt: skip
    judges = YesNoField(label=_("Do you judge, as the director, that it does so now?"))
    pays = YesNoField(
        label=_("Is the one who gets it their health plan, or another third party that pays for services?")
    )
    signed_name = forms.CharField(
        label=_("Your full name"), max_length=120, help_text=_("Typing your name here is your signature.")
    )

    def clean(self):
        """A no is an answer, and then a director does not sign."""
        cleaned = super().clean()
        for question in ("judges", "pays"):
            if cleaned.get(question) is False:
                self.add_error(question, _("Then you cannot sign for them. They sign themself, when they can."))
        return cleaned


class ToForm(AlongsideForm):
    """Who gets something this time: the one whom the permission names, or somebody of a class that it reaches."""

    to_name = forms.CharField(label=_("Who gets it this time?"), max_length=200, required=False)
    to_class = forms.ChoiceField(
        label=_("What do they do for the person?"), choices=TO_CLASSES, required=False, widget=ChoiceCards
    )

    def __init__(self, *args, consent, **kwargs):
        super().__init__(*args, **kwargs)
        if not KINDS[consent.kind].classes:
            for name in ("to_name", "to_class", "to_address"):
                self.fields.pop(name, None)
            return
        self.fields["to_name"].help_text = _("Leave it empty if it is for %(name)s.") % {"name": consent.recipient}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("to_name") and not cleaned.get("to_class") and "to_class" not in self.errors:
            self.add_error("to_class", _("Say what they do for the person. This permission does not reach others."))
        if cleaned.get("to_class") and not cleaned.get("to_name") and "to_name" not in self.errors:
            self.add_error("to_name", _("Write who gets it. The person reads this name in their list."))
        return cleaned

    def to(self) -> To | None:
        """Whom `actions.disclose` writes down; None for the one whom the permission names."""
        name = self.cleaned_data.get("to_name", "")
        return To(name, self.cleaned_data["to_class"]) if name else None


class GiveForm(ToForm):
    """Who gets a printed page."""

    to_address = forms.CharField(
        label=_("Where can we reach them?"), max_length=300, required=False,
        help_text=_("Address or phone. We use it to tell them when the person stops."),
    )  # fmt: skip

    def where(self) -> str:
        """Where somebody is reached whom the permission does not name."""
        return self.cleaned_data.get("to_address", "") if self.to() else ""


class LawForm(AlongsideForm):
    """The law a program works under. The strictest answers are the first ones."""

    part2 = forms.ChoiceField(
        label=_("What is this program under 42 CFR Part 2?"), widget=ChoiceCards,
        choices=(("program", _("A Part 2 program, or we are not sure")),
                 ("holder", _("Not a program, but we hold records from one")), ("neither", _("Neither"))),
    )  # fmt: skip
    majority_age = forms.IntegerField(label=_("At which age is somebody an adult in your state?"), min_value=18,
                                      max_value=21)  # fmt: skip
    minor_alone_from = forms.IntegerField(
        label=_("From which age may a minor ask for this service alone?"), required=False, min_value=12, max_value=20,
        help_text=_("Leave it empty where a parent must agree too: then both sign. Where a minor may ask alone, only "
                    "the minor signs, and no parent learns of it."),
    )  # fmt: skip
    fundraises = YesNoField(label=_("Does the program write to people to ask for donations?"))
    hipaa = YesNoField(
        label=_("Does HIPAA bind the program, as a health provider, a plan, or somebody who works for one?"),
        help_text=_("If you are not sure, say yes: the notice and your contracts then say what HIPAA asks."),
    )  # fmt: skip
    emancipated_alone = YesNoField(
        label=_("Does your state let an emancipated minor decide like an adult?"),
        help_text=_("A minor whom a court or the law made independent. Then only they sign, and a paper shows it. If "
                    "you are not sure, say no."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Which law says so, and who advised you?"), max_length=300,
        help_text=_("It is kept beside the answer."),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        alone, majority = cleaned.get("minor_alone_from"), cleaned.get("majority_age")
        if alone and majority and alone >= majority:
            self.add_error("minor_alone_from", _("Choose an age below that of an adult."))
        return cleaned
