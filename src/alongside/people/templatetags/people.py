"""Names of codes in templates: `{{ episode.status|label:"episode" }}`."""

from django import template

from alongside.people import labels, speaking
from alongside.people.waiting import list_waiting

register = template.Library()


@register.filter
def label(code: str, group: str):
    """The name of a code of this group (`people.labels`)."""
    return labels.spoken(group, code)


@register.filter
def labels_of(codes, group: str) -> str:
    """The names of several codes, with commas between."""
    return ", ".join(labels.spoken(group, code) for code in codes)


@register.filter
def hour(value: int) -> str:
    """A whole hour of the day as people say it."""
    return speaking.speak_hour(value)


@register.inclusion_tag("people/_waiting.html", takes_context=True)
def waiting_here(context) -> dict:
    """What waits for whoever reads the page, of all they may look after (`people.waiting`)."""
    return {"waiting": list_waiting(context["request"].actor)}
