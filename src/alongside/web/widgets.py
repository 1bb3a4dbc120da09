"""Widgets of the design system. Each works without JavaScript and with a thumb."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.rules import availability
from alongside.rules.vocabulary import DAY_PARTS, DAYS

PART_LABELS = {
    "morning": (pgettext_lazy("part of the day", "Morning"), _("8 to noon")),
    "afternoon": (pgettext_lazy("part of the day", "Afternoon"), _("noon to 5")),
    "evening": (pgettext_lazy("part of the day", "Evening"), _("5 to 9")),
    "night": (pgettext_lazy("part of the day", "Late evening"), _("9 to midnight")),
}
CARDS = "ui/widgets/cards.html"


class _Cards:
    """Choices as large cards. `hints` maps a value to a second line; `inline` puts short choices in one line."""

    template_name = CARDS

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices=(),
        *,
        hints: Mapping | None = None,
        inline: bool = False,
        columns: int = 0,
    ):
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.inline = inline
        self.columns = columns

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"inline": self.inline, "columns": self.columns}
        return context

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class ChoiceCards(_Cards, forms.RadioSelect):
    """One choice of a few."""


class MultiChoiceCards(_Cards, forms.CheckboxSelectMultiple):
    """Any number of choices."""


class YesNo(ChoiceCards):
    """Yes or no, neither chosen beforehand. Use with `forms.YesNoField`."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices=(), **options: Any):
        super().__init__(attrs, choices or YES_NO, **{"inline": True} | options)


YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class DateInput(forms.DateInput):
    """The device's own date picker. Its wire format is always ISO, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The device's own time picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"step": 300} | (attrs or {}), format="%H:%M")


class PhoneInput(forms.TextInput):
    """A phone number with the number pad."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"inputmode": "tel", "autocomplete": "tel"} | (attrs or {}))


class AvailabilityGrid(forms.Widget):
    """Seven days by four parts of the day as checkboxes. Value: 42 hexadecimal digits (`rules.availability`).

    Hours that fill a part only partly (a roster said "Mon 9-11") stay as they are while their box stays checked: the
    box then carries `mon_morning:9.10`, the hours that start at 9 and 10.
    """

    template_name = "ui/widgets/availability.html"
    use_fieldset = True

    def id_for_label(self, id_, index=None):
        return ""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data, files, name):
        return False

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        checked = set(value) if isinstance(value, (list, tuple)) else _boxes(value or availability.NEVER)
        partial = {box.partition(":")[0]: box for box in checked if ":" in box}
        context["widget"]["parts"] = [PART_LABELS[part] for part in DAY_PARTS]
        context["widget"]["days"] = [
            {
                "label": WEEKDAYS[index],
                "cells": [self._cell(f"{day}_{part}", part, checked, partial) for part in DAY_PARTS],
            }
            for index, day in enumerate(DAYS)
        ]
        return context

    @staticmethod
    def _cell(slot: str, part: str, checked: set[str], partial: dict[str, str]) -> dict[str, Any]:
        box = partial.get(slot, slot)
        hours = [int(hour) for hour in box.partition(":")[2].split(".") if hour.isdigit()]
        return {
            "value": box,
            "checked": box in checked,
            "label": PART_LABELS[part][0],
            "hours": f"{hours[0]}–{hours[-1] + 1}" if hours else "",
        }


def _boxes(hours: str) -> set[str]:
    """Checked boxes for stored hours: `mon_morning` for a whole part, `mon_morning:9.10` for some of its hours."""
    whole = set(availability.parts_from_hours(hours))
    bits = availability.to_bits(hours)
    boxes = set(whole)
    for index, day in enumerate(DAYS):
        for part, (start, end) in DAY_PARTS.items():
            some = [hour for hour in range(start, end) if bits >> (index * 24 + hour) & 1]
            if some and f"{day}_{part}" not in whole:
                boxes.add(f"{day}_{part}:" + ".".join(map(str, some)))
    return boxes


def hours_of_boxes(boxes: list[str]) -> str:
    """Stored hours of checked boxes. Raises ValueError for a box that the grid does not have."""
    bits = 0
    for box in boxes:
        slot, _sep, some = box.partition(":")
        day, _sep, part = slot.partition("_")
        if day not in DAYS or part not in DAY_PARTS:
            raise ValueError(box)
        start, end = DAY_PARTS[part]
        for hour in [int(text) for text in some.split(".")] if some else range(start, end):
            if not start <= hour < end:
                raise ValueError(box)
            bits |= 1 << (DAYS.index(day) * 24 + hour)
    return availability.to_hex(bits)
