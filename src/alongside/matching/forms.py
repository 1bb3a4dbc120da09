"""Forms of offers: they validate only. Nothing is chosen beforehand, and no reason is ever required."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.council.wording import FEATURES
from alongside.web.forms import AlongsideForm
from alongside.web.meanwhile import SharedForm
from alongside.web.widgets import ChoiceCards, DateInput

from .actions.runs import order_of
from .reasons import DECLINE_LABELS, PEER_DECLINE_LABELS, VIA_LABELS

LONGEST_WORDS = 1000


class ButtonForm(AlongsideForm):
    """A form of nothing but its button: refuses every name that the page does not send."""


class DeclineForm(AlongsideForm):
    """Not this one, with or without a reason."""

    code = forms.ChoiceField(
        label=_("Would you like to say why?"), required=False, choices=list(DECLINE_LABELS.items()),
        widget=ChoiceCards(columns=1), help_text=_("It helps us think of others. It is never told to them."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )


class PeerDeclineForm(AlongsideForm):
    """A peer's "not now", and whether they take nobody new for a while."""

    code = forms.ChoiceField(
        label=_("Would you like to say why?"), required=False, choices=list(PEER_DECLINE_LABELS.items()),
        widget=ChoiceCards(columns=1), help_text=_("Only the coordinator reads this."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )
    take_nobody_new = forms.BooleanField(label=_("I take nobody new for now"), required=False)
    until = forms.DateField(
        label=_("Until when?"), required=False, widget=DateInput(), help_text=_("Leave empty if you do not know yet.")
    )


class AwayForm(AlongsideForm):
    """A peer takes nobody new until a day, or until they say otherwise."""

    until = forms.DateField(
        label=_("Until when?"), required=False, widget=DateInput(), help_text=_("Leave empty if you do not know yet.")
    )


class OrderForm(SharedForm):
    """Who is proposed, in which order, chosen from all peers of the program by name."""

    mark_optional = False
    fields_of = {"order": ("place_1", "place_2", "place_3")}

    def __init__(self, *args, peers, places: int = 3, **kwargs):
        super().__init__(*args, **kwargs)
        self.peers = {str(peer.pk): peer for peer in peers}
        names = [("", _("Nobody"))] + [(key, peer.person.goes_by) for key, peer in self.peers.items()]
        titles = (_("First"), _("Second"), _("Third"))
        for number in range(places):
            self.fields[f"place_{number + 1}"] = forms.ChoiceField(label=titles[number], required=False, choices=names)

    def clean(self):
        cleaned = super().clean()
        chosen = self.chosen_keys()
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("The same peer is named twice."), code="twice")
        return cleaned

    def chosen_keys(self) -> list[str]:
        """Ids of the chosen peers, in order."""
        return [value for name, value in self.cleaned_data.items() if name.startswith("place_") and value]

    def chosen(self) -> list:
        """The chosen peers, in order."""
        return [self.peers[key] for key in self.chosen_keys()]

    @property
    def wanted(self) -> dict[str, object]:
        return {"order": order_of(self.chosen_keys())}


class RecordChoiceForm(AlongsideForm):
    """What somebody without a phone of their own decided, and how they told us."""

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {str(offer.pk): offer for offer in offers}
        names = [
            (key, _("Chooses %(peer)s") % {"peer": offer.peer.person.goes_by}) for key, offer in self.offers.items()
        ]
        self.fields["decision"] = forms.ChoiceField(
            label=_("What did they decide?"),
            choices=[*names, ("you_choose", _("“You choose for me”")), ("none", _("None of these"))],
            widget=ChoiceCards(columns=1),
        )
        self.fields["via"] = forms.ChoiceField(
            label=_("How did they tell you?"), choices=list(VIA_LABELS.items()), widget=ChoiceCards(inline=True)
        )


class RecordAnswerForm(AlongsideForm):
    """A change of mind, or the peer's answer, told to the coordinator."""

    decision = forms.ChoiceField(
        label=_("What was said?"),
        choices=[
            ("yes", _("The peer says yes")),
            ("not_now", _("The peer cannot say yes now")),
            ("changed_mind", _("They changed their mind")),
        ],
        widget=ChoiceCards(columns=1),
    )
    via = forms.ChoiceField(
        label=_("How did they tell you?"), choices=list(VIA_LABELS.items()), widget=ChoiceCards(inline=True)
    )


class BoardFilterForm(forms.Form):
    """Which part of the waiting list, and a name to look for. Nothing is changed by it."""

    show = forms.CharField(required=False)
    name = forms.CharField(required=False, max_length=80)


class WhatIfForm(forms.Form):
    """One change to look at. Read from the query string, so it has no token and changes nothing."""

    def __init__(self, data=None, *, peers, weights):
        self.weights = {feature: weights.get(feature, 0) for feature in FEATURES}
        if data is not None:  # what the address leaves out stays as it is in force
            data = {f"w_{feature}": round(weight) for feature, weight in self.weights.items()} | data.dict()
        super().__init__(data)
        names = [("", _("Nobody"))] + [(str(peer.pk), peer.person.goes_by) for peer in peers]
        self.fields["peer"] = forms.ChoiceField(label=_("One more place with"), required=False, choices=names)
        for feature, weight in self.weights.items():
            self.fields[f"w_{feature}"] = forms.IntegerField(
                label=FEATURES[feature][0], required=False, min_value=0, max_value=100, initial=round(weight)
            )

    def clean(self):
        cleaned = super().clean()
        given = {name: value for name, value in cleaned.items() if name.startswith("w_")}
        if given and not self.errors and not any(self._weights().values()):
            raise forms.ValidationError(_("At least one thing has to count."), code="nothing_counts")
        return cleaned

    def _weights(self) -> dict[str, float]:
        """The weights asked for; one left as it is shown stays exactly what it is."""
        found = {}
        for feature, weight in self.weights.items():
            value = self.cleaned_data.get(f"w_{feature}")
            found[feature] = weight if value is None or value == round(weight) else value
        return found

    def change(self):
        """The change that is asked for, or None where nothing is."""
        from alongside.rules.matching.what_if import Change  # loads NumPy: see `comparing`

        weights = self._weights()
        change = Change(self.cleaned_data["peer"], None if weights == self.weights else weights)
        return change or None

    @property
    def weight_fields(self) -> list:
        """The fields of the weights."""
        return [self[name] for name in self.fields if name.startswith("w_")]
