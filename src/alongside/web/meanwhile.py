"""Forms that two people may hold open at once: whoever saves second sees what the first one changed, and loses nothing.

A `SharedForm` carries marks of what it showed (`rules.meanwhile`). Its action takes them as `seen` and calls
`check_seen` once it holds the lock; where that raises `ChangedMeanwhile`, the view shows `look_again`.
"""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from alongside.rules import availability, meanwhile
from alongside.rules.vocabulary import DAY_PARTS, DAYS

from .forms import AlongsideForm, AvailabilityField
from .widgets import PART_LABELS


class ChangedMeanwhile(Exception):
    """Nothing was saved: since the page was made, somebody else changed these values. Carries their names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class Seen:
    """What a page showed of the record `of`, as marks by name."""

    def __init__(self, marks: Mapping[str, str], of: object) -> None:
        self.marks, self.of = marks, str(of)

    @classmethod
    def of_values(cls, values: Mapping[str, Any], of: object) -> "Seen":
        """What a page shows now."""
        return cls(_marks(values, of), of)

    def list_touched(self, wanted: Mapping[str, Any]) -> tuple[str, ...]:
        """Names of values that are wanted otherwise than the page showed them."""
        return meanwhile.list_touched(self.marks, _marks(wanted, self.of))


def check_seen(seen: Seen | None, *, now: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Raise `ChangedMeanwhile` where a save would undo what somebody else changed. Call it while holding the lock.

    `now` and `wanted` are values by the names that the form gave to `remember`. None compares nothing.
    """
    if seen is None:
        return
    changed = meanwhile.list_changed(seen.marks, _marks(now, seen.of), _marks(wanted, seen.of))
    if changed:
        raise ChangedMeanwhile(changed)


def _marks(values: Mapping[str, Any], of: object) -> dict[str, str]:
    key = salted_hmac("alongside.meanwhile", "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return meanwhile.marks(values, key=key, of=str(of))


class SharedForm(AlongsideForm):
    """A form over a record that somebody else may change while it is open.

    A subclass calls `remember` at the end of its `__init__`, and says in `wanted` what it would save, by the same
    names. `fields_of` maps a name to the fields in which it is shown, where that is not the field of this name.
    """

    fields_of: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    meanwhile: tuple[tuple[str, str], ...] = ()
    """After a clash: (label, value as it is now) of each field that somebody else changed."""

    seen: Seen | None = None
    """What the page showed when it was made; None when it did not say."""

    def remember(self, values: Mapping[str, Any], of: object) -> None:
        """Carry marks of the values as they are stored now; `of` is the record's id."""
        self.of = of
        line = meanwhile.write(Seen.of_values(values, of).marks)
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=line)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if line := self.cleaned_data.pop("seen", ""):
            self.seen = Seen(meanwhile.read(line), self.of)
        return cleaned

    @property
    def wanted(self) -> dict[str, Any]:
        """What this form would save, by the names given to `remember`."""
        return dict(self.cleaned_data)

    def where(self, names: tuple[str, ...]) -> list[str]:
        """The fields in which these values are shown, in the order of the form."""
        wanted = {field for name in names for field in self.fields_of.get(name, (name,))}
        return [field for field in self.fields if field in wanted]


def look_again(form: SharedForm, changed: ChangedMeanwhile, anew: Callable[..., SharedForm]) -> SharedForm:
    """The form once more after a clash: what was typed stays, what others changed is said, the next save counts.

    `anew` makes the form from the record as it is now, and takes `initial`.
    """
    touched = form.where(form.seen.list_touched(form.wanted)) if form.seen else []
    fresh = anew(initial={name: form.cleaned_data[name] for name in touched})
    stored = anew()
    fresh.meanwhile = tuple(
        (str(field.label), speak(field, stored.get_initial_for_field(field, name)))
        for name, field in ((name, stored.fields[name]) for name in stored.where(changed.names))
    )
    return fresh


def speak(field: forms.Field, value: Any) -> str:
    """A value of a field in words."""
    value = field.prepare_value(value)
    if isinstance(field, AvailabilityField):
        return _speak_week(value) or _("Nothing")
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(field, forms.ChoiceField):
        values = value if isinstance(value, (list, tuple)) else [value]
        wanted = {str(one) for one in values if one not in (None, "")}
        return ", ".join(str(words) for code, words in field.choices if str(code) in wanted) or _("Nothing")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, time):
        return time_format(value, "TIME_FORMAT")
    return _("Nothing") if value in (None, "") else str(value)


def _speak_week(hours: str | None) -> str:
    bits = availability.to_bits(hours or availability.NEVER)
    days = []
    for index, _day in enumerate(DAYS):
        parts = [
            str(PART_LABELS[part][0])
            for part, (start, end) in DAY_PARTS.items()
            if any(bits >> (index * 24 + hour) & 1 for hour in range(start, end))
        ]
        if parts:
            days.append(f"{WEEKDAYS[index]} ({', '.join(parts)})")
    return ", ".join(days)
