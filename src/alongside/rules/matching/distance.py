"""Distance between two places on the globe."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_MILES = 3958.7613
"""Mean radius (IUGG R1, 6371.0088 km)."""


def miles_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle miles between two (latitude, longitude) pairs in degrees (haversine formula).

    >>> round(miles_between((34.05, -118.24), (37.77, -122.42)))
    347
    """
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    # Products instead of powers: `pow` may round otherwise than a product, and the compiled kernel must say the same.
    of_latitude, of_longitude = sin((lat2 - lat1) / 2), sin((lon2 - lon1) / 2)
    half_chord = of_latitude * of_latitude + cos(lat1) * cos(lat2) * (of_longitude * of_longitude)
    # Rounding may lift the value a hair above 1 for opposite points, where asin would fail.
    return 2 * EARTH_RADIUS_MILES * asin(sqrt(min(1.0, half_chord)))
