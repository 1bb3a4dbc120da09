"""The simulated year at a small size: the same seed gives the same page, and nobody is ever beyond their places."""

import pytest
from benchmarks.matching_year import world as w
from benchmarks.matching_year.figures import difference, measure
from benchmarks.matching_year.report import write_report
from benchmarks.matching_year.simulation import MODES, ROLLING, TIMINGS, Year

from alongside.rules.matching.rolling import RollingPolicy

SMALL = w.Setting("tight", 8, 0.4)


@pytest.fixture(autouse=True)
def _short_year(monkeypatch):
    monkeypatch.setattr(w, "WARM_UP_DAYS", 40)
    monkeypatch.setattr(w, "YEAR_DAYS", 80)


class Watched(Year):
    """Looks at the whole program after each run."""

    def match(self):
        super().match()
        for id_, peer in self.peers.items():
            promised = sum(peer_id == id_ for _, peer_id in self.out)
            assert len(self.with_peer[id_]) + promised <= peer.capacity
        walked = [seeker_id for people in self.with_peer.values() for seeker_id in people]
        assert len(walked) == len(set(walked))
        assert not set(walked) & set(self.waiting)
        asked = [seeker_id for seeker_id, _ in self.out]
        assert len(asked) == len(set(asked))
        assert set(asked) <= set(self.waiting)


@pytest.mark.parametrize("timing", TIMINGS)
@pytest.mark.parametrize("mode", MODES)
def test_no_peer_beyond_their_places_on_any_day(mode, timing):
    outcome = Watched(w.World(SMALL, 1), mode, timing, RollingPolicy()).run()
    assert outcome.fits
    assert outcome.offers["yes"] == len(outcome.fits)


def test_only_the_policy_keeps_somebody_back():
    world, eager = w.World(w.Setting("tight", 24, 1.2), 2), RollingPolicy(points_per_day=0, few_peers=0)
    held = {timing: Year(world, MODES[0], timing, eager).run().held for timing in TIMINGS}
    assert held.pop(ROLLING) > 0
    assert set(held.values()) == {0}


def test_the_same_seeds_write_the_same_page(tmp_path, monkeypatch):
    monkeypatch.setattr(w, "YEAR_DAYS", 40)

    def write(folder):
        worlds = [w.World(SMALL, seed) for seed in (1, 2)]
        ways = {
            (mode, timing): [measure(Year(world, mode, timing, RollingPolicy()).run()) for world in worlds]
            for mode in MODES
            for timing in TIMINGS
        }
        folder.mkdir()
        file = write_report({"tight": ways}, (1, 2), folder)
        return file.read_text(), (folder / "matching-year.svg").read_text()

    page, plot = write(tmp_path / "one")
    assert (page, plot) == write(tmp_path / "other")
    assert page.count("| most served |") == len(TIMINGS)
    assert plot.startswith("<svg") and plot.rstrip().endswith("</svg>")


def test_a_difference_is_taken_seed_by_seed():
    years = [{"fit": 60.0}, {"fit": 70.0}, {"fit": 80.0}]
    mean, reach = difference([{"fit": year["fit"] + 1} for year in years], years, "fit")
    assert (mean, reach) == (1, 0)
