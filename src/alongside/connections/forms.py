"""Forms of connections. They validate and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.connections import LONGEST
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards

from . import wording


class TieForm(AlongsideForm):
    """Who or what it is, how near, and whether it is good for recovery."""

    once = True
    name = forms.CharField(
        label=_("What do you call them, or it?"), max_length=LONGEST,
        help_text=_("A first name or a nickname is enough."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write a few words first.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What is it?"), initial="person", widget=ChoiceCards(inline=True))
    ring = forms.ChoiceField(label=_("How near is it?"), initial="around", widget=ChoiceCards)
    support = forms.ChoiceField(
        label=_("Is it good for your recovery?"), initial="unsure", widget=ChoiceCards(inline=True)
    )

    def __init__(self, *args, is_own: bool, is_new: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [*wording.KINDS.items()]
        self.fields["ring"].choices = [(code, name) for code, (name, _words) in wording.RINGS.items()]
        self.fields["ring"].widget.hints = {code: words for code, (_name, words) in wording.RINGS.items()}
        self.fields["support"].choices = [*wording.SUPPORTS.items()]
        if not is_new:
            del self.fields["kind"]
        if not is_own:
            self.fields["name"].label = _("What do they call them, or it?")
            self.fields["support"].label = _("Is it good for their recovery, as they say?")
