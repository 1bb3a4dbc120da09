"""A few hundred damaged files; `python -m tests.rules.roster.fuzz` reads as many as one likes."""

from tests.rules.roster import fuzz


def test_damaged_files_are_read_or_refused() -> None:
    found = fuzz.fuzz(files=250, seed=7)
    assert not found.broken
    assert found.answers["read"] > 50
    assert len(found.answers) > 4


def test_what_raises_is_found(monkeypatch) -> None:
    def careless(content: bytes) -> str:
        return content.decode("ascii") and "read"

    monkeypatch.setattr(fuzz, "read_or_refuse", careless)
    assert fuzz.fuzz(files=20, seed=7).broken
