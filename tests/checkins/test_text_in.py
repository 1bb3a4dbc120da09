"""The door for answers by text: closed without a secret, one answer for everything that is signed."""

import hmac
import json
import time
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from tests.checkins.test_texts import PHONE, opt_in

from alongside.checkins.models import CheckIn
from alongside.people.models import OutgoingMessage

pytestmark = pytest.mark.django_db
SECRET = "a long secret of ours"


@pytest.fixture(autouse=True)
def door(settings):
    settings.TEXT_SECRET = SECRET


def bring(message, *, secret=SECRET, moment=None, client=None, **headers):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    moment = str(int(time.time()) if moment is None else moment)
    signature = hmac.new(secret.encode(), body + moment.encode(), sha256).hexdigest()
    client = client or Client(enforce_csrf_checks=True)
    return client.post(
        reverse("text_in"), body, content_type="application/json",
        headers={"X-Signature": signature, "X-Timestamp": moment} | headers,
    )  # fmt: skip


def text(words, number=PHONE, name="m1"):
    return {"from": number, "words": words, "message": name}


def test_a_signed_answer_becomes_a_check_in_once(rosa):
    opt_in(rosa)
    assert [bring(text("4 3 call")).status_code for _ in range(2)] == [204, 204]
    made = CheckIn.objects.get()
    assert made.via == "text" and made.answers == {"mood": 4, "craving": 3} and made.wants_call


def test_known_or_not_understood_or_not_the_answer_is_the_same(rosa):
    opt_in(rosa)
    answers = [
        bring(one)
        for one in (
            text("4", name="a"), text("4", "+19995550100", "b"), text("I cannot go on", name="c"), b" ", b"[]",
            text("'; DROP TABLE checkins_checkin; --", name="d"), text("4\x00", name="e"), text("4", "\x00" * 9, "f"),
            text("４", name="g"), {"event": "sms:sent"},
        )
    ]  # fmt: skip
    assert {(one.status_code, one.content, tuple(sorted(one.headers))) for one in answers} == {
        (204, b"", tuple(sorted(answers[0].headers)))
    }
    assert [one.answers for one in CheckIn.objects.order_by("at")] == [
        {"mood": 4}
    ] * 3  # a wide 4 is a 4, a NUL is nothing
    # Whoever wrote words that nobody reads is told so, and where to call, each time.
    assert OutgoingMessage.objects.filter(template="nobody_reads").count() == 2


def test_unsigned_old_or_wrongly_signed_there_is_nothing_here(rosa, settings):
    opt_in(rosa)
    tries = [
        bring(text("4"), secret="another secret of theirs"), bring(text("4"), moment=time.time() // 1 - 3_600),
        bring(text("4"), **{"X-Signature": ""}), bring(text("4"), **{"X-Timestamp": "now"}),
        bring(text("4") | {"more": "x" * 9_000}),
    ]  # fmt: skip
    settings.TEXT_SECRET = ""
    tries.append(bring(text("4"), secret=""))
    assert {one.status_code for one in tries} == {404}
    assert not CheckIn.objects.exists() and not OutgoingMessage.objects.filter(template="nobody_reads").exists()


def test_a_browser_with_a_cookie_is_asked_for_its_token(rosa):
    opt_in(rosa)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(rosa.user)
    assert bring(text("4"), client=browser).status_code == 403 and not CheckIn.objects.exists()


def test_it_is_the_only_door_without_a_token():
    signed = [
        one.name for one in get_resolver().url_patterns for one in getattr(one, "url_patterns", [one])
        if getattr(one.callback, "is_signed", False)
    ]  # fmt: skip
    assert signed == ["text_in"]
