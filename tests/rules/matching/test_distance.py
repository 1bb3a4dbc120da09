"""Miles on the globe against known figures."""

import pytest

from alongside.rules.matching.distance import EARTH_RADIUS_MILES, miles_between


@pytest.mark.parametrize(
    ("one", "other", "miles"),
    [
        ((34.05, -118.24), (34.05, -118.24), 0),
        ((0, 0), (0, 1), 69.09),
        ((0, 179.5), (0, -179.5), 69.09),
        ((40.6413, -73.7781), (33.9416, -118.4085), 2470),  # JFK to LAX, great circle 2,475 statute on the ellipsoid
        ((90, 0), (-90, 0), 3.14159265 * EARTH_RADIUS_MILES),
    ],
)
def test_known_distances(one, other, miles):
    assert miles_between(one, other) == pytest.approx(miles, rel=0.003, abs=0.001)


def test_the_way_back_is_as_long():
    assert miles_between((34, -118), (38, -122)) == miles_between((38, -122), (34, -118))
