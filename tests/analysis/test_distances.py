"""Great-circle distances, held against the ellipsoid and against each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from territoires.analysis.distances import EARTH_RADIUS_KM, great_circle_km, nearest_km

WGS_84 = Geod(ellps="WGS84")
LAVAL = (-0.77, 48.07)
#: Where the territories of France are, overseas included.
LONGITUDES = st.floats(-65, 60)
LATITUDES = st.floats(-25, 52)


@given(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES)
def test_a_distance_stays_near_that_of_the_ellipsoid_even_at_the_equator(
    lon_1: float, lat_1: float, lon_2: float, lat_2: float
) -> None:
    (ours,) = great_circle_km(lon_1, lat_1, [lon_2], [lat_2])
    *_, metres = WGS_84.inv(lon_1, lat_1, lon_2, lat_2)
    assert ours == pytest.approx(metres / 1000, rel=0.006, abs=0.001)


def test_within_france_the_gap_with_the_ellipsoid_is_under_half_a_percent() -> None:
    draw = np.random.default_rng(7)
    lon, lat = draw.uniform(-5, 9.6, (2, 500)), draw.uniform(41.3, 51.1, (2, 500))
    *_, metres = WGS_84.inv(lon[0], lat[0], lon[1], lat[1])
    ours = [great_circle_km(*pair)[()] for pair in zip(lon[0], lat[0], lon[1], lat[1], strict=True)]
    assert np.max(np.abs(np.array(ours) / (metres / 1000) - 1)) < 0.005


def test_known_ways_have_the_length_of_an_atlas() -> None:
    paris, marseille, lille = (2.3522, 48.8566), (5.3698, 43.2965), (3.0573, 50.6292)
    to_marseille, to_lille = great_circle_km(*paris, *zip(marseille, lille, strict=True))
    assert to_marseille == pytest.approx(660.5, abs=1)
    assert to_lille == pytest.approx(203.5, abs=1)


def test_a_point_is_at_no_distance_of_itself_and_half_the_earth_of_its_antipode() -> None:
    here, antipode = great_circle_km(*LAVAL, [LAVAL[0], LAVAL[0] + 180], [LAVAL[1], -LAVAL[1]])
    assert here == 0
    assert antipode == pytest.approx(np.pi * EARTH_RADIUS_KM)


def test_an_unknown_position_has_an_unknown_distance() -> None:
    assert np.isnan(great_circle_km(*LAVAL, [np.nan, 0], [48, np.nan])).all()


def test_the_nearest_is_the_smallest_of_all_distances() -> None:
    draw = np.random.default_rng(11)
    lon, lat = draw.uniform(-60, 58, 80), draw.uniform(-21, 51, 80)
    to_lon, to_lat = draw.uniform(-60, 58, 30), draw.uniform(-21, 51, 30)
    expected = [great_circle_km(x, y, to_lon, to_lat).min() for x, y in zip(lon, lat, strict=True)]
    assert nearest_km(lon, lat, to_lon, to_lat) == pytest.approx(expected)


def test_nothing_to_go_to_is_infinitely_far() -> None:
    assert np.isinf(nearest_km([2.0, 3.0], [48.0, 49.0], [], [])).all()
    assert nearest_km([], [], [2.0], [48.0]).size == 0
