"""benchmarks/audit_chain.py judges what it measured: a slow walk, a broken chain and a missed change are told."""

import pytest
from benchmarks.audit_chain import CHANGED, judge, write_down

from benchmarks import audit_chain

COUNT = 1_000_000


def figures(**values) -> dict[str, dict]:
    """What the steps of a good run say, with these values of verifying instead."""
    common = {"seconds": 9.0, "processor": 8.0, "megabytes": 90, "entries": COUNT}
    found = {name: dict(common) for name in audit_chain.STEPS}
    found["verify"] |= {"problems": 0, "sound": True} | values
    found["change"]["entries"] = CHANGED
    found["verify again"] |= {"problems": CHANGED, "sound": False}
    return found


def test_a_good_run_is_good():
    assert judge(figures(seconds=60.0), COUNT) == []


@pytest.mark.parametrize(
    "values", [{"seconds": 60.1}, {"sound": False}, {"problems": 1}, {"entries": COUNT - 1}], ids=str
)
def test_what_is_missed_is_told(values):
    assert len(judge(figures(**values), COUNT)) == 1


@pytest.mark.parametrize("values", [{"problems": CHANGED - 1}, {"sound": True}])
def test_a_change_that_was_not_found_is_told(values):
    found = figures()
    found["verify again"] |= values
    assert len(judge(found, COUNT)) == 1


def test_the_figures_of_one_database_replace_its_own(monkeypatch, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Head\n\n<!-- sqlite -->\n\nold\n\n<!-- postgres -->\n\nkept\n")
    monkeypatch.setattr(audit_chain, "DOCUMENT", page)
    for _ in range(2):
        write_down(figures(), COUNT, "sqlite", ["it was slow"])
    text = page.read_text()
    assert text.startswith("# Head\n\n<!-- sqlite -->\n\n") and text.endswith("\n\n<!-- postgres -->\n\nkept\n")
    assert "old" not in text and text.count("| verify again | 9.0 |") == 1 and "It was slow." in text
    write_down(figures(), COUNT, "postgres", [])
    assert "kept" not in page.read_text() and page.read_text().count("| verify |") == 2
