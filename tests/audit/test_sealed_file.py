import io
import random
import tracemalloc

import pytest

from alongside.audit import sealed_file
from alongside.audit.sealed_file import FileRefused, WrongKey, read_sealed, write_sealed

KEY = b"k" * 32


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(sealed_file, "CHUNK", 64)


def _read(path, key=KEY):
    header, chunks = read_sealed(path, [key])
    return header, b"".join(chunks)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 1000])
def test_what_was_written_is_read(tmp_path, small_chunks, size):
    content = random.Random(size).randbytes(size)
    write_sealed(tmp_path / "f", KEY, {"a": 1}, io.BytesIO(content))
    assert _read(tmp_path / "f") == ({"a": 1}, content)
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_each_flipped_bit_is_refused(tmp_path, small_chunks):
    write_sealed(tmp_path / "f", KEY, {"a": 1}, io.BytesIO(b"Rosa" * 40))
    whole = (tmp_path / "f").read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        (tmp_path / "g").write_bytes(changed)
        with pytest.raises(FileRefused):
            _read(tmp_path / "g")


def test_a_file_cut_off_anywhere_is_refused(tmp_path, small_chunks):
    write_sealed(tmp_path / "f", KEY, {}, io.BytesIO(b"x" * 200))
    whole = (tmp_path / "f").read_bytes()
    for length in range(len(whole)):
        (tmp_path / "g").write_bytes(whole[:length])
        with pytest.raises(FileRefused):
            _read(tmp_path / "g")
    (tmp_path / "g").write_bytes(whole + b"more")
    with pytest.raises(FileRefused):
        _read(tmp_path / "g")


def test_frames_may_not_change_places(tmp_path, small_chunks):
    write_sealed(tmp_path / "f", KEY, {}, io.BytesIO(b"a" * 64 + b"b" * 64 + b"c"))
    whole, frame = (tmp_path / "f").read_bytes(), 4 + 64 + 16
    start = len(whole) - (4 + 1 + 16) - 2 * frame
    first, second = whole[start : start + frame], whole[start + frame : start + 2 * frame]
    (tmp_path / "g").write_bytes(whole[:start] + second + first + whole[start + 2 * frame :])
    with pytest.raises(FileRefused):
        _read(tmp_path / "g")


def test_another_key_is_named_as_the_reason(tmp_path):
    write_sealed(tmp_path / "f", KEY, {}, io.BytesIO(b"x"))
    with pytest.raises(WrongKey):
        _read(tmp_path / "f", b"l" * 32)


def test_nothing_is_left_of_a_file_that_could_not_be_finished(tmp_path):
    class Breaks(io.BytesIO):
        def read(self, size=-1):
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        write_sealed(tmp_path / "f", KEY, {}, Breaks())
    assert list(tmp_path.iterdir()) == []


def test_memory_stays_small(tmp_path):
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(30 << 20)
    tracemalloc.start()
    with big.open("rb") as content:
        write_sealed(tmp_path / "f", KEY, {}, content)
    for _ in read_sealed(tmp_path / "f", [KEY])[1]:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 << 20
