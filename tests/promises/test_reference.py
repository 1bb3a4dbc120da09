"""The pages of docs/reference say what the code says."""

import importlib.util
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def load():
    """The generator, which is no package."""
    spec = importlib.util.spec_from_file_location("generate_reference", FOLDER / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", load().PAGES)
def test_a_page_says_what_the_code_says(name):
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == load().PAGES[name](), "run: python docs/reference/generate.py"


def test_no_page_is_left_over():
    assert {path.name for path in FOLDER.glob("*.md")} == set(load().PAGES)


def test_every_act_of_the_log_that_the_code_uses_is_known():
    from alongside.audit.acts import ACTS

    source = FOLDER.parents[1] / "src" / "alongside"
    used = {
        code
        for path in source.rglob("*.py")
        for code in re.findall(r"act=\"([a-z_]+\.[a-z_]+)\"", path.read_text(encoding="utf-8"))
    }
    assert used
    assert used - ACTS.keys() == set()


def test_every_state_machine_is_whole():
    """Each state can be reached from the first, and each move has somebody who may make it."""
    from alongside.rules import lifecycles

    actors = {
        lifecycles.PARTICIPANT,
        lifecycles.PEER,
        lifecycles.STAFF,
        lifecycles.SYSTEM,
        lifecycles.PARTNER,
        lifecycles.VISITOR,
    }
    for cycle in lifecycles.ALL:
        reached, news = set(), {cycle.first}
        while news:
            reached |= news
            news = {target for source, target in cycle.moves if source in reached} - reached
        starts = {source for source, _ in cycle.moves} - {target for _, target in cycle.moves}
        assert set(cycle.states) - reached <= starts, cycle.kind  # a second way to begin, such as a planned contact
        for move, who in cycle.moves.items():
            assert who, (cycle.kind, move)
            assert who <= actors, (cycle.kind, move)
