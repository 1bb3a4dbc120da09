"""Tags every template may use without loading them: icons, slots, days in words. They compute words, never facts."""

import datetime
from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alongside.web.spoken import gettext, kept, language, ngettext

register = template.Library()


@cache
def _sprite() -> str:
    return static("web/icons.svg")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A decorative icon from the sprite; the words beside it carry the meaning. An empty name draws nothing."""
    if not name:
        return SafeString("")
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        _sprite(),
        name,
    )


@register.simple_tag
def exit_to() -> str:
    """The neutral page that quick exit leads to (E4)."""
    return settings.QUICK_EXIT_URL


@register.simple_block_tag(takes_context=True)
def ui(context: template.Context, content: SafeString, component: str, **slots: object) -> SafeString:
    """A component around content: `{% ui "card" title="…" %}…{% endui %}` renders `ui/card.html` with `slot`.

    The component sees only its slots, so that a name of the page never leaks into it.
    """
    inner = context.new({**slots, "slot": content, "csrf_token": context.get("csrf_token")})
    return context.template.engine.get_template(f"ui/{component}.html").render(inner)


@register.simple_tag(takes_context=True)
def lean(context: template.Context, name: str, **values: object) -> SafeString:
    """A long list by a `.jinja` file, which sees only these values and, for its forms, `csrf_input`."""
    # Jinja2 is loaded with the first list, not with the server.
    from alongside.web.lean import render

    token = context.get("csrf_token")
    values["csrf_input"] = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token or "")
    return SafeString(render(name, values))


@register.simple_tag(takes_context=True)
def reader(context: template.Context) -> SafeString:
    """Attributes of `<html>` for the reader's own theme and text size (cookie set by the `reading` page)."""
    from alongside.web.reading import of_request

    request = context.get("request")
    theme, text = of_request(request) if request else ("", "")
    return format_html("{}{}", _attribute("data-theme", theme), _attribute("data-text", text))


def _attribute(name: str, value: str) -> SafeString:
    return format_html(' {}="{}"', name, value) if value else SafeString("")


@register.filter
def when(value: datetime.date | datetime.datetime | None, today: datetime.date | None = None) -> str:
    """A day in words, mid-sentence: `today`, `tomorrow`, `Tuesday` (next six days), `3 days ago`, `November 8`.

    A datetime also gets its time of day, in the current time zone. `today` is for tests; None means now.
    """
    if value is None:
        return ""
    moment = None
    if isinstance(value, datetime.datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        value = moment.date()
    words = _day(value, today or timezone.localdate())
    if moment is None:
        return words
    return gettext("%(day)s, %(time)s") % {"day": words, "time": _clock(moment.time().replace(second=0, microsecond=0))}


@kept
def _clock(time: datetime.time) -> str:
    return formats.time_format(time, "P")


@kept
def _day(day: datetime.date, today: datetime.date) -> str:
    distance = (day - today).days
    if distance == 0:
        return gettext("today")
    if distance == 1:
        return gettext("tomorrow")
    if distance == -1:
        return gettext("yesterday")
    if 1 < distance < 7:
        return weekday(day.weekday())
    if -7 < distance < -1:
        return ngettext("%(count)d day ago", "%(count)d days ago", -distance) % {"count": -distance}
    return formats.date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


@kept
def weekday(number: int) -> str:
    """The name of a day within a sentence, 0 is Monday: Spanish writes it large only where a sentence begins."""
    name = str(WEEKDAYS[number])
    return name if language() == "en" else name.lower()


@register.simple_tag(name="time")
def time_(value: datetime.date | datetime.datetime | None) -> SafeString:
    """`<time>` with words for people and the exact moment for machines."""
    if value is None:
        return SafeString("")
    words = when(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words[:1].upper() + words[1:])


@register.filter
def minutes(value: int | None) -> str:
    """A length of time: 45 is `45 min`, 75 is `1 h 15 min`."""
    if value is None:
        return ""
    hours, rest = divmod(int(value), 60)
    if not hours:
        return gettext("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
