"""Forms take only what they name, say what is wrong beside the field, and keep hours exactly."""

import pytest
from django import forms
from django.http import QueryDict

from alongside.rules import availability
from alongside.web.forms import AlongsideForm, AvailabilityField, YesNoField
from alongside.web.widgets import hours_of_boxes


class Sample(AlongsideForm):
    once = True
    name = forms.CharField(label="Name", help_text="Any name.")
    mode = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)
    voicemail = YesNoField(required=False)
    hours = AvailabilityField(required=False)
    autocomplete = {"name": "nickname"}


def posted(**values: object) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def test_unknown_field_is_refused():
    form = Sample(posted(name="Rosa", role="director"))
    assert not form.is_valid()
    assert form.has_error("__all__", "unknown_field")


def test_token_submit_key_and_button_are_welcome():
    assert Sample(posted(name="Rosa", csrfmiddlewaretoken="x", action="save", next="/", submit_key="")).is_valid()


def test_form_with_prefix_answers_only_for_its_own_names():
    assert Sample(posted(**{"one-name": "Rosa", "two-anything": "x"}), prefix="one").is_valid()
    assert not Sample(posted(**{"one-name": "Rosa", "one-anything": "x"}), prefix="one").is_valid()


def test_error_and_hint_are_linked_to_the_control():
    html = str(Sample(posted()))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert '<a href="#id_name">' in html
    assert 'role="alert"' in html


def test_autocomplete_is_off_unless_asked_for():
    html = str(Sample())
    assert 'autocomplete="nickname"' in html
    assert 'autocomplete="off"' in html


def test_plain_radios_become_cards():
    assert 'class="choice"' in str(Sample()["mode"])


@pytest.mark.parametrize(("sent", "expected"), [("yes", True), ("no", False), ("", None)])
def test_yes_and_no_are_two_answers_and_silence_is_neither(sent, expected):
    form = Sample(posted(name="Rosa", voicemail=sent))
    assert form.is_valid()
    assert form.cleaned_data["voicemail"] is expected


def test_yes_no_shows_its_initial_value():
    assert (
        'value="no"'
        in str(Sample(initial={"voicemail": False})["voicemail"]).split("checked")[0].rsplit("<input", 1)[1]
    )


def test_boxes_become_hours():
    form = Sample(posted(name="Rosa", hours=["mon_morning", "sun_night"]))
    assert form.is_valid()
    assert form.cleaned_data["hours"] == availability.hours_from_parts(["mon_morning", "sun_night"])


def test_hours_that_fill_a_part_partly_survive_saving():
    nine_to_eleven = availability.to_hex(0b11 << 9)
    html = str(Sample(initial={"hours": nine_to_eleven})["hours"])
    assert 'value="mon_morning:9.10" checked' in html
    assert hours_of_boxes(["mon_morning:9.10"]) == nine_to_eleven


@pytest.mark.parametrize("box", ["xxx_morning", "mon_noon", "mon_morning:23", "mon_morning:x", "mon"])
def test_boxes_that_the_grid_does_not_have_are_refused(box):
    assert not Sample(posted(name="Rosa", hours=[box])).is_valid()


def test_required_hours_want_at_least_one_box():
    with pytest.raises(forms.ValidationError):
        AvailabilityField().clean([])
