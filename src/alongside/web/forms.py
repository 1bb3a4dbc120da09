"""How forms look and what they refuse: the renderer, the base form, and fields that belong to our widgets."""

import logging
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.forms.renderers import TemplatesSetting
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.rules import availability

from .widgets import CARDS, YES_NO, AvailabilityGrid, YesNo, hours_of_boxes

OPENED = "alongside.web.opened"
security = logging.getLogger("alongside.security")
ALWAYS_ALLOWED = frozenset({"csrfmiddlewaretoken", "submit_key", "next", "action", "_page"})
"""Names that travel with any form: the token, the key of an idempotent submit, the way back, the pressed button."""


PLAIN_CHOICES = frozenset({"django/forms/widgets/radio.html", "django/forms/widgets/checkbox_select.html"})
ANSWER, CHOOSE = _("Please fill this in."), _("Please choose.")


class Renderer(TemplatesSetting):
    """Renders `{{ form }}` and `{{ field.as_field_group }}` from `templates/ui` (setting FORM_RENDERER)."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"


class AlongsideForm(forms.Form):
    """A form that takes only the fields it names (D6) and asks each browser to fill in only what it should.

    Class attributes a form may set:
      `autocomplete` field name to HTML autocomplete token; every other field says `off`, because phones are shared.
      `other_names` further POST names that belong to the page, such as the names of its submit buttons.
      `other_prefixes` prefixes of other forms sent in the same POST.
      `once` True adds the hidden `submit_key` (a UUID) by which a repeated submit does the thing once (I3).
      `mark_optional` False leaves out "(optional)".
    """

    autocomplete: ClassVar[dict[str, str]] = {}
    other_names: ClassVar[tuple[str, ...]] = ()
    other_prefixes: ClassVar[tuple[str, ...]] = ()
    once: ClassVar[bool] = False
    mark_optional: ClassVar[bool] = True
    # The browser's own messages come in the browser's language and vanish; ours stay, in the reader's language.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.once:
            self.fields["submit_key"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
        for name, field in self.fields.items():
            self._dress(name, field)

    def _dress(self, name: str, field: forms.Field) -> None:
        widget = field.widget
        if getattr(widget, "template_name", "") in PLAIN_CHOICES:
            widget.template_name = CARDS
        if not isinstance(widget, (forms.HiddenInput, forms.CheckboxInput, AvailabilityGrid)):
            widget.attrs.setdefault("autocomplete", self.autocomplete.get(name, "off"))
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = (
                CHOOSE
                if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select))
                else ANSWER
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if unknown := self.unknown_names():
            # Our own pages never send such a name. Neither it nor its value is written: both may be anything (G4).
            security.warning("a form was sent %d names that it does not have: %s", len(unknown), type(self).__name__)
            raise ValidationError(
                _("This page sent something we did not ask for, so nothing was saved. Please reload it and try again."),
                code="unknown_field",
                params={"names": sorted(unknown)},
            )
        return cleaned

    def send_anew(self, **values: object) -> None:
        """Give hidden fields other values on the page that shows this form again; what was typed stays as it is.

        A copy, for what was sent cannot be changed; not `|`, which makes of each value a list, and shows it as one.
        """
        data = self.data.copy()
        for name, value in values.items():
            data[name] = value
        self.data = data

    def unknown_names(self) -> set[str]:
        """POST names that this form does not have. A form with a prefix answers only for names with that prefix."""
        sent = {*self.data, *self.files}
        if self.prefix:
            return {name for name in sent if name.startswith(f"{self.prefix}-")} - self._own_names()
        sent = {name for name in sent if not name.startswith(tuple(f"{one}-" for one in self.other_prefixes))}
        return sent - self._own_names() - ALWAYS_ALLOWED - set(self.other_names)

    def _own_names(self) -> set[str]:
        names = set()
        for field in self:
            widget = field.field.widget
            names.add(field.html_name)
            if isinstance(widget, forms.MultiWidget):
                names.update(field.html_name + suffix for suffix in widget.widgets_names)
            if isinstance(widget, forms.ClearableFileInput):
                names.add(widget.clear_checkbox_name(field.html_name))
        return names


class Trap(forms.CharField):
    """A field that people do not see and machines fill in."""

    def __init__(self) -> None:
        super().__init__(required=False, label=_("Please leave this empty"), widget=forms.TextInput)
        self.widget.attrs["tabindex"] = "-1"


class MailedLinkForm(AlongsideForm):
    """Where a link goes by mail, and for how many days it works.

    Of the `addresses` known so far the first e-mail stands in it: what is known of a place may be its phone. `held` is
    what was typed before somebody was asked who they are.
    """

    once = True
    address = forms.EmailField(
        label=_("Their e-mail"), max_length=254,
        help_text=_("The mail holds the link only: no name, and nothing about anybody."),
    )  # fmt: skip
    days = forms.IntegerField(label=_("For how many days?"), min_value=1)

    def __init__(
        self, *args: Any, addresses: Iterable[str | None] = (), days: int, longest: int,
        held: Mapping[str, Any] | None = None, **kwargs: Any,
    ):  # fmt: skip
        known = next((one for one in addresses if one and "@" in one), "")
        super().__init__(*args, initial={"address": known, "days": days} | dict(held or {}), **kwargs)
        self.fields["days"].validators.append(MaxValueValidator(longest))
        self.fields["days"].widget.attrs["max"] = longest


class VisitorForm(AlongsideForm):
    """A form for whoever comes by: no account, no address. What it carries tells a machine from a reader.

    `seconds` and `cleaned_data["website"]` go to `rules.visitors.judge_sending`.
    """

    once = True
    website = Trap()
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = opened_now

    @property
    def seconds(self) -> float | None:
        """How long ago the page was opened, by our own signature; None where nobody can tell."""
        try:
            opened = signing.loads(self.cleaned_data["opened"], salt=OPENED)
        except signing.BadSignature:
            return None
        return timezone.now().timestamp() - float(opened)

    def open_again(self) -> None:
        """What was typed stays; the page counts as opened now."""
        self.send_anew(opened=opened_now())


def opened_now() -> str:
    """Now, signed: a machine that keeps an old page, or makes one up, is told from a reader."""
    return signing.dumps(timezone.now().timestamp(), salt=OPENED)


class YesNoField(forms.TypedChoiceField):
    """A question with two answers; cleaned value True or False, None when not required and not answered."""

    widget = YesNo

    def __init__(self, **options: Any):
        options.setdefault("choices", YES_NO)
        super().__init__(coerce=lambda value: value == "yes", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class AvailabilityField(forms.Field):
    """Weekly hours as 42 hexadecimal digits. Not required and nothing checked is `availability.NEVER`."""

    widget = AvailabilityGrid
    default_error_messages = {
        "required": _("Choose at least one time in the week."),
        "invalid": _("Choose times from the table."),
    }

    def to_python(self, value: list[str] | str | None) -> str:
        try:
            if isinstance(value, str):
                return availability.to_hex(availability.to_bits(value))
            return hours_of_boxes(value or [])
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: str) -> None:
        if self.required and value == availability.NEVER:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (initial or availability.NEVER)
        except ValidationError:
            return True
