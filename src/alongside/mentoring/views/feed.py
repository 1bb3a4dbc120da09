"""The private calendar address: made and ended by its owner, read by calendars that know its secret."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope, scopes_disabled

from alongside.audit.actions import record
from alongside.mentoring import actions, queries
from alongside.mentoring.calendar import build_calendar
from alongside.people.acting import as_participant
from alongside.people.outbox import absolute
from alongside.rules.disclosure import pass_out


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The owner's times without a name or a place. A wrong, ended or disabled secret is a page that does not exist."""
    with scopes_disabled():  # whose program it is follows from the secret alone
        feed = queries.get_feed(actions.hash_secret(secret))
    if feed is None:
        raise Http404
    pass_out("calendar")
    now = timezone.now()
    with scope(program=feed.program):
        record(
            act="feed.read",
            by=None,
            subject=feed.person_id,
            program_id=feed.program_id,
            object_kind="feed",
            object_id=feed.pk,
            view=True,
        )
        times = queries.list_times_for_feed(feed.person, timezone.localdate(now))
        body = build_calendar(times, language=feed.person.language, now=now)
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="times.ics"', "Cache-Control": "no-store"},
    )


@require_http_methods(["POST"])
def feed_new(request: HttpRequest) -> HttpResponse:
    """A peer's new address; an earlier one ends. It is shown on this answer and never again."""
    return _show_new(request, request.actor, "web/page_app.html", "times")


@require_http_methods(["POST"])
def me_feed_new(request: HttpRequest) -> HttpResponse:
    """A participant's new address."""
    return _show_new(request, as_participant(request.actor), "web/page_me.html", "me_times")


@require_POST
def feed_end(request: HttpRequest) -> HttpResponse:
    """A peer turns the address off."""
    return _end(request, request.actor, "times")


@require_POST
def me_feed_end(request: HttpRequest) -> HttpResponse:
    """A participant turns the address off."""
    return _end(request, as_participant(request.actor), "me_times")


def _show_new(request: HttpRequest, actor, base: str, list_name: str) -> HttpResponse:
    secret = actions.make_feed(by=actor)
    address = absolute(reverse("calendar_feed", args=[secret]))
    context = {
        "base": base,
        "address": address,
        "open_in_calendar": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "list_url": reverse(list_name),
    }
    return render(request, "mentoring/feed_new.html", context)


def _end(request: HttpRequest, actor, list_name: str) -> HttpResponse:
    actions.end_feed(by=actor)
    messages.success(request, _("The address is turned off. Your calendar gets nothing new from here."))
    return redirect(list_name)
