"""Recordings are told by what is in them, and lose what tells of their maker; whatever else comes is refused."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.sound import files
from tests.rules.sound.files import CANARY, TELLING

from alongside.rules import sound
from alongside.rules.sound import NotSound, clean, pages, read_range
from alongside.rules.sound.problem import CODES

BEGINNINGS = [b"RIFF____WAVE", b"OggS\0", b"\x1a\x45\xdf\xa3", b"ID3\x04", b"\0\0\0\x10ftypM4A ", b"\xff\xfb"]


@pytest.mark.parametrize("kind", TELLING)
def test_the_kind_is_what_is_in_it_and_nothing_tells_of_its_maker(kind):
    assert CANARY in TELLING[kind], "or the test is blind"
    found = clean(TELLING[kind])
    assert found.kind == kind and CANARY not in found.content and b"canary" not in found.content
    assert clean(found.content) == found, "what is clean stays as it is"


def test_the_sound_itself_stays():
    assert clean(files.telling_wav()).content == files.wav()
    assert clean(files.telling_mp3()).content == files.mp3() * 2
    assert files.tone(100) in clean(files.m4a(told=CANARY)).content
    assert clean(files.webm(CANARY)).content.count(files.tone(50)) == 2
    made = clean(files.ogg(CANARY)).content
    assert all(bytes([number]) * 100 in made for number in range(3, 7))


def test_vorbis_in_webm_loses_its_comments_and_keeps_the_rest():
    comments = b"\x03vorbis" + struct.pack("<I", 5) + b"Maker" + struct.pack("<II", 1, len(CANARY)) + CANARY + b"\x01"
    first, last = b"\x01vorbis" + bytes(23), b"\x05vorbis" + bytes(300)
    private = bytes([2, len(first), len(comments)]) + first + comments + last
    content = clean(files.webm(codec=b"A_VORBIS", private=private)).content
    assert CANARY not in content and b"Maker" not in content
    assert first in content and last in content and len(content) == len(files.webm(codec=b"A_VORBIS", private=private))
    assert clean(content).content == content, "what is clean stays as it is"


@pytest.mark.parametrize("private", [b"", b"\x02", b"\x02\xff\xff\xff", b"\x01\x05\x01vorbis", b"\x02\x01\x01abc"])
def test_vorbis_in_webm_without_its_three_parts_is_refused(private):
    with pytest.raises(NotSound):
        clean(files.webm(codec=b"A_VORBIS", private=private))


def test_pages_are_counted_anew_with_right_sums():
    content = clean(files.ogg(CANARY)).content
    found = pages._read(content)
    assert [page.number for page in found] == list(range(len(found))) and len(found) == 6
    assert b"".join(pages._as_bytes(page) for page in found) == content
    # The sum of the example of RFC 3533 is that of the well known polynomial: check it bit by bit.
    for body in (b"", b"a", b"123456789", bytes(range(256))):
        assert pages.check_sum(body) == slow_sum(body)


def slow_sum(body: bytes) -> int:
    total = 0
    for byte in body:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1 ^ (0x04C11DB7 if total & 0x80000000 else 0)) & 0xFFFFFFFF
    return total


def test_the_day_of_a_telephone_recording_is_gone():
    content = clean(files.m4a(told=CANARY)).content
    assert struct.pack(">I", 3_900_000_000) not in content and len(content) == len(files.m4a(told=CANARY))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unknown"),
        (b"<html><script>alert(1)</script>", "unknown"),
        (b"%PDF-1.7", "unknown"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "unknown"),
        (b"PK\x03\x04" + bytes(99), "unknown"),
        (b"RIFF" + bytes(4) + b"AVI " + bytes(99), "unknown"),
        (files.m4a(b"vide"), "more"),
        (files.webm(track_type=1, codec=b"V_VP8"), "more"),
        (files.webm(codec=b"A_PCM/INT/LIT"), "more"),
        (files.ogg(codec=b"\x80theora!"), "more"),
        (files.ogg() + files.ogg(stream=78), "more"),
        (files.ogg()[:60], "broken"),
        (files.wav(samples=b""), "broken"),
        (b"ID3\x04\0\0\0\0\0\x05title" + b"<script>" * 20, "broken"),
        (files.box(b"ftyp", b"M4A ", bytes(4)), "broken"),
        (files.m4a()[:100], "broken"),
        (b"\x1a\x45\xdf\xa3\x80", "broken"),
        (bytes(sound.LARGEST + 1), "large"),
    ],
)
def test_what_is_no_recording_is_refused_with_the_reason(content, code):
    with pytest.raises(NotSound) as refused:
        clean(content)
    assert refused.value.code == code


def test_a_web_page_that_hides_behind_a_recording_is_not_kept():
    page = b"<!doctype html><script>alert(1)</script>"
    assert page not in clean(files.mp3() + page + files.mp3()).content
    assert page not in clean(files.wav() + page).content
    assert page not in clean(files.webm() + files.element(0xEC, page)).content


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(TELLING)), st.data())
def test_whatever_is_damaged_is_read_or_refused(kind, data):
    content = bytearray(TELLING[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + 1] = data.draw(st.binary(max_size=3))
        if not content:
            break
    look_at(bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_whatever_comes_after_a_right_beginning_is_read_or_refused(begins, rest):
    look_at(begins + rest)


def look_at(content: bytes) -> None:
    try:
        found = clean(content)
    except NotSound as refused:
        assert refused.code in CODES
    else:
        assert found.kind in sound.TYPES and found.content


@given(st.text(max_size=30), st.integers(0, 10_000), st.integers(1, 5000))
def test_a_range_lies_inside_of_what_there_is(header, size, most):
    for asked in (header, f"bytes={header}"):
        found = read_range(asked, size, most)
        assert found is None or (0 <= found[0] <= found[1] < size and found[1] - found[0] < most)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 150))
def test_a_range_gives_what_was_asked(first, last, size):
    found = read_range(f"bytes={first}-{last}", size, 10_000)
    wanted = range(size)[first : last + 1]
    assert found == ((wanted[0], wanted[-1]) if wanted else None)


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=-", "bytes=-0", "bytes=5-4", "bytes=0-1,3-4", "lines=1-2"]
)
def test_what_is_no_range_is_none(header):
    assert read_range(header, 100, 50) is None
