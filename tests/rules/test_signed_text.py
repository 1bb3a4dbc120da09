"""Only what our secret signed minutes ago is read, and whatever is sent breaks nothing."""

import hmac
import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.signed_text import LARGEST, MOST_SECONDS_APART, PLAIN, is_signed, read_message, why_not_fields

SECRET, NOW = "a long secret of ours", 1_780_000_000
# What the documentation of SMS Gateway for Android shows of an event that came in.
EVENT = json.dumps(
    {
        "deviceId": "ffffffffceb0b1db0000018e937c815b",
        "event": "sms:received",
        "id": "Ey6ECgOkVVFjz3CL48B8C",
        "payload": {
            "messageId": "abc123", "message": "4 3 5", "phoneNumber": "6505551212", "simNumber": 1,
            "receivedAt": "2024-06-22T15:46:11.000+07:00",
        },
        "webhookId": "one",
    }
).encode()  # fmt: skip
ITS_FIELDS = {"from": "payload.phoneNumber", "words": "payload.message", "message": "id"}


def sign(body: bytes, moment: int = NOW, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body + str(moment).encode(), sha256).hexdigest()


def test_what_was_signed_by_the_known_example_of_rfc_4231_is_signed():
    # Test case 2 of RFC 4231: key "Jefe", data "what do ya want for nothing?", cut so that the end is the moment
    assert (
        hmac.new(b"Jefe", b"what do ya want for nothing?", sha256).hexdigest()
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    assert is_signed(EVENT, sign(EVENT), str(NOW), secret=SECRET, now=NOW)
    assert is_signed(EVENT, sign(EVENT).upper(), str(NOW), secret=SECRET, now=NOW)


@pytest.mark.parametrize(
    ("body", "signature", "moment", "secret", "now"),
    [
        (EVENT + b" ", sign(EVENT), str(NOW), SECRET, NOW),
        (EVENT, sign(EVENT, secret="another secret of theirs"), str(NOW), SECRET, NOW),
        (EVENT, sign(EVENT), str(NOW + 1), SECRET, NOW),
        (EVENT, sign(EVENT), str(NOW), SECRET, NOW + MOST_SECONDS_APART + 1),
        (EVENT, sign(EVENT), str(NOW), SECRET, NOW - MOST_SECONDS_APART - 1),
        (EVENT, sign(EVENT, secret=""), str(NOW), "", NOW),
        (EVENT, "", "", SECRET, NOW),
        (EVENT, "é", "١٢٣", SECRET, NOW),
        (EVENT, sign(EVENT), "9" * 5_000, SECRET, NOW),
    ],
)
def test_anything_else_is_not(body, signature, moment, secret, now):
    assert not is_signed(body, signature, moment, secret=secret, now=now)


def test_the_fields_lie_where_a_setting_says():
    assert read_message(EVENT, ITS_FIELDS) == ("6505551212", "4 3 5", "Ey6ECgOkVVFjz3CL48B8C")
    assert read_message(EVENT) is None


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b'"x"', b"{", b"\xff\xfe", b'{"from": 1, "words": "4", "message": "a"}',
        b'{"from": "1", "words": "  ", "message": "a"}', b'{"from": "1", "words": "4"}',
        b'{"from": "1", "words": ["4"], "message": "a"}', b"[" * 4_000,
        json.dumps({"from": "1" * 41, "words": "4", "message": "a"}).encode(),
        json.dumps({"from": "1", "words": "4" * 2_001, "message": "a"}).encode(),
        b'{"from": "1", "words": "4", "message": "a"}' + b" " * LARGEST,
    ],
)  # fmt: skip
def test_what_is_no_message_is_none(body):
    assert read_message(body) is None


@given(st.binary(max_size=300), st.text(max_size=80), st.text(max_size=20))
def test_whatever_is_sent_breaks_nothing(body, signature, moment):
    assert not is_signed(body, signature, moment, secret=SECRET, now=NOW)
    read_message(body)


@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner) | st.lists(
    inner)))  # fmt: skip
def test_any_json_is_read_or_is_none(found):
    assert read_message(json.dumps(found).encode(), ITS_FIELDS) is None


@pytest.mark.parametrize("fields", [[], {}, {**PLAIN, "more": "x"}, {**PLAIN, "from": ""}, {**PLAIN, "from": "a..b"}])
def test_fields_that_lie_nowhere_are_named(fields):
    assert why_not_fields(fields)


def test_the_plain_ones_are_fine():
    assert why_not_fields(PLAIN) == why_not_fields(ITS_FIELDS) == ""


@pytest.mark.parametrize("words", ["STOP\ud83d", "\udfffST\0OP", "STOP"])
def test_half_a_letter_and_what_no_database_keeps_are_left_out(words):
    body = json.dumps({"from": "+12135550142", "words": words, "message": "a\ud83d1\0"}).encode()
    assert read_message(body) == ("+12135550142", "STOP", "a1")
    nothing = json.dumps({"from": "+12135550142", "words": "\ud83d \0", "message": "a1"}).encode()
    assert read_message(nothing) is None
