"""Papers as files: whole, of one kind, and nothing else hangs from them (H3, J4)."""

import io
import random
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from tests.rules.scans.files import chunk, frame, jpeg, pdf, png, segment, telling_jpeg
from tests.rules.sound import files as sounds

from alongside.rules.scans import CODES, LARGEST, TYPES, NotAScan, check
from alongside.rules.scans.png import LONGEST

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def refused(content: bytes) -> str:
    with pytest.raises(NotAScan) as problem:
        check(content)
    assert problem.value.code in CODES
    return problem.value.code


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as one:
        one.writestr("index.html", "<script>alert(1)</script>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("kind", "content"), [("png", png()), ("jpg", jpeg()), ("jpg", telling_jpeg()), ("pdf", pdf())]
)
def test_the_kind_is_what_is_in_it(kind, content):
    found = check(content)
    assert (found.kind, found.size) == (kind, len(content)) and kind in TYPES


@pytest.mark.parametrize("interlaced", [0, 1])
@pytest.mark.parametrize(("color", "depth", "samples"), [(0, 1, 1), (2, 8, 3), (3, 4, 1), (4, 16, 2), (6, 8, 4)])
def test_every_form_of_a_still_picture_is_measured_right(color, depth, samples, interlaced):
    """By hand: rows of a 3 × 2 picture; with passes it has the points (0,0) · - · - · (2,0) · (1,0) and row 1 whole."""
    row = {points: 1 + -(-points * samples * depth // 8) for points in (1, 2, 3)}
    size = row[1] + row[1] + row[1] + row[3] if interlaced else 2 * row[3]
    extra = chunk(b"PLTE", bytes(3)) if color == 3 else b""
    made = {"depth": depth, "color": color, "interlaced": interlaced, "extra": extra}
    assert check(png(3, 2, rows=bytes(size), **made)).kind == "png"
    assert refused(png(3, 2, rows=bytes(size - 1), **made)) == "broken"
    assert refused(png(3, 2, rows=bytes(size + 1), **made)) == "huge", "more than it promises"


def test_what_other_programs_write_is_read():
    pil = pytest.importorskip("PIL.Image")
    for form, more in (("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("PDF", {})):
        made = io.BytesIO()
        pil.effect_mandelbrot((160, 90), (-2, -1.2, 1, 1.2), 40).convert("RGB").save(made, form, **more)
        assert check(made.getvalue()).kind == {"JPEG": "jpg", "PNG": "png", "PDF": "pdf"}[form]
    palette = io.BytesIO()
    pil.linear_gradient("L").convert("P").save(palette, "PNG", optimize=True)
    assert check(palette.getvalue()).kind == "png"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SVG, "drawing"), (b'\xef\xbb\xbf<?xml version="1.0"?>' + SVG, "drawing"), (b"<!-- x -->\n" + SVG, "drawing"),
        (b"<!DOCTYPE html><p>", "drawing"), (b"<script>", "drawing"), (b"", "unknown"),
        (b"GIF89a" + bytes(40), "unknown"),
        (b"RIFF....WEBPVP8 ", "unknown"), (b"MZ" + bytes(60), "unknown"), (sounds.wav(), "unknown"),
        (archive(), "unknown"), (b"\0" + pdf(), "unknown"), (b"\n" + png(), "unknown"), (bytes(LARGEST + 1), "large"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused_whatever_it_is_called(content, code):
    assert refused(content) == code


@pytest.mark.parametrize("made", [png, jpeg, pdf])
def test_one_file_that_is_another_too_is_refused(made):
    for other in (archive(), SVG, b"<html><script>1</script>", sounds.wav(), b"MZ" + bytes(60)):
        assert refused(made() + other) in ("more", "broken")
    assert refused(made() + b"\n" + archive()) in ("more", "broken")


def test_a_paper_within_whose_bytes_an_archive_ends_is_refused():
    inside = archive()
    assert zipfile.is_zipfile(io.BytesIO(pdf(b"1 0 obj\n<<>>\nstream\n" + inside + b"\nendstream\nendobj\n")))
    assert refused(pdf(b"1 0 obj\n<<>>\nstream\n" + inside + b"\nendstream\nendobj\n")) == "more"
    assert refused(pdf(b"<html><script>alert(1)</script>\n")) == "more"
    assert check(pdf(b"1 0 obj\n<< /JavaScript (app.alert) /Encrypt 2 0 R >>\nendobj\n")).kind == "pdf", "courts' forms"


def test_bombs_are_told_by_what_they_promise_and_by_what_comes_out():
    assert refused(png(LONGEST + 1, 1, rows=b"")) == "huge"
    assert refused(png(20_000, 20_000, rows=b"")) == "huge"
    assert refused(jpeg(size=frame(65_000, 65_000))) == refused(jpeg(size=frame(LONGEST + 1, 1))) == "huge"
    bomb = png(5, 3, rows=bytes(200 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    tracemalloc.start()
    assert refused(bomb) == "huge"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024, "what is unpacked is thrown away at once"


def test_a_picture_that_moves_is_none():
    assert refused(png(extra=chunk(b"acTL", struct.pack(">II", 2, 0)))) == "moving"


def test_pictures_behind_a_picture_are_fine_and_a_film_is_not():
    assert check(jpeg() + jpeg()).kind == "jpg" and check(jpeg() + bytes(7)).kind == "jpg"
    assert refused(jpeg() + sounds.m4a()) == "more"
    assert refused(jpeg() + jpeg() + archive()) == "more"
    assert refused(jpeg() + jpeg()[:-2]) == "broken"


@pytest.mark.parametrize(
    "content",
    [
        png()[:-1], png(color=1), png(depth=3), png(width=0), png(interlaced=2), png()[:-12], png(extra=chunk(b"ABCD")),
        png(extra=chunk(b"IHDR", bytes(13))),
        png(extra=chunk(b"IDAT", zlib.compress(bytes(18))) + chunk(b"tEXt", b"a")),
        jpeg()[:-2], jpeg(size=frame(0, 8)), jpeg(size=frame() + frame()), jpeg(size=frame(marker=0xC3)),
        jpeg(b"\xff\xd8"), jpeg(segment(0xE1, b"x") + b"abc"), b"\xff\xd8\xff\xd9", jpeg(segment(0xE1, b"")[:3]),
        pdf(after=b"")[:-1], pdf().replace(b"xref\n0 1", b"text\n0 1"), b"%PDF-9.9\n" + pdf()[9:],
        pdf().replace(b"startxref\n", b"startxref\n9"), b"%PDF-1.7\n",
    ],
)  # fmt: skip
def test_what_is_not_whole_is_refused(content):
    assert refused(content) == "broken"


@pytest.mark.parametrize("made", [png, telling_jpeg, pdf])
def test_whatever_is_damaged_is_read_or_refused(made):
    """Never another error, and never slow: bytes changed, cut and doubled by chance."""
    chance, whole = random.Random(59), made()
    for _ in range(1500):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(damaged))
            what = chance.random()
            if what < 0.5:
                damaged[at] = chance.randrange(256)
            elif what < 0.75:
                del damaged[at : at + chance.randint(1, 9)]
            else:
                damaged[at:at] = damaged[at : at + chance.randint(1, 40)]
            damaged = damaged or bytearray(b"\0")
        try:
            check(bytes(damaged))
        except NotAScan as problem:
            assert problem.code in CODES
