"""The composed map: insets inside their frames, frames clear of everything else."""

from __future__ import annotations

from itertools import combinations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from territoires.analysis.composition import (
    INSET_OF_DEPARTEMENT,
    INSETS,
    MAINLAND_BOUNDS,
    TITLE,
    Inset,
    is_on_map,
    map_bounds,
    to_map_geometry,
    to_map_points,
)
from territoires.domain.territories import Level
from territoires.render.fonts import text_width
from territoires.tables.boundaries import read_boundaries


@pytest.fixture(scope="module")
def departements() -> gpd.GeoSeries:
    frame = read_boundaries(Level.DEPARTEMENT)
    return frame.set_index("code").geometry


@pytest.fixture(scope="module")
def mainland(departements: gpd.GeoSeries) -> np.ndarray:
    rows = ~departements.index.isin(list(INSET_OF_DEPARTEMENT))
    return to_map_geometry(departements[rows].to_numpy(), "75")


def test_the_five_drom_have_an_inset_of_the_same_height() -> None:
    assert [i.departement_code for i in INSETS] == ["971", "972", "973", "974", "976"]
    assert [i.region_code for i in INSETS] == ["01", "02", "03", "04", "06"]
    assert {i.frame[3] - i.frame[1] for i in INSETS} == {160.0}


@pytest.mark.parametrize("inset", INSETS, ids=lambda inset: inset.name)
def test_a_frame_holds_its_name_as_a_room_reads_it(inset: Inset) -> None:
    # On the stage, whose letters are 24 pixels high, 1080 pixels leave the map 0.7 per kilometre.
    west, _, east, _ = inset.frame
    assert text_width(inset.name, 24) < (east - west) * 0.7
    assert TITLE * 0.7 > 24


def test_frames_are_apart() -> None:
    frames = [shapely.box(*inset.frame) for inset in INSETS]
    assert all(a.distance(b) >= 10 for a, b in combinations(frames, 2))


def test_frames_are_clear_of_the_mainland(mainland: np.ndarray) -> None:
    frames = shapely.union_all([shapely.box(*inset.frame) for inset in INSETS])
    assert shapely.distance(frames, mainland).min() > 10


def test_the_mainland_fills_its_bounds(mainland: np.ndarray) -> None:
    assert shapely.total_bounds(mainland) == pytest.approx(MAINLAND_BOUNDS, abs=1)
    west, south, east, north = map_bounds()
    assert 0.9 < (east - west) / (north - south) < 1.1
    assert shapely.box(west, south, east, north).contains(shapely.box(*MAINLAND_BOUNDS))


@pytest.mark.parametrize("inset", INSETS, ids=lambda inset: inset.name)
def test_boundaries_stay_in_their_frame(inset: Inset, departements: gpd.GeoSeries) -> None:
    true = departements[[inset.departement_code]]
    assert shapely.box(*inset.bounds).contains(true.iloc[0])
    moved = to_map_geometry(true, inset.departement_code)
    assert moved.crs is None
    box = shapely.box(*moved.total_bounds)
    assert shapely.box(*inset.frame).buffer(-4).contains(box)
    # As large as the frame allows under its name, and centred.
    assert box.bounds[3] < inset.frame[3] - TITLE
    assert max(np.ptp(moved.total_bounds[[0, 2]]), np.ptp(moved.total_bounds[[1, 3]])) > 105
    assert box.centroid.distance(shapely.Point(inset.anchor)) < 2


@given(
    st.sampled_from(INSETS),
    st.floats(min_value=0, max_value=1),
    st.floats(min_value=0, max_value=1),
)
def test_points_of_a_drom_stay_in_its_frame(inset: Inset, along: float, up: float) -> None:
    west, south, east, north = inset.bounds
    lon, lat = west + along * (east - west), south + up * (north - south)
    (x,), (y,) = to_map_points([lon], [lat], [inset.departement_code])
    assert inset.frame[0] < x < inset.frame[2]
    # The name of the inset has the top of the frame for itself.
    assert inset.frame[1] < y < inset.frame[3] - TITLE + 3


@given(st.floats(min_value=-5, max_value=9), st.floats(min_value=41.5, max_value=51))
def test_the_mainland_is_lambert_93_in_kilometres(lon: float, lat: float) -> None:
    (x,), (y,) = to_map_points([lon], [lat], ["2A"])
    expected = Transformer.from_crs(4326, 2154, always_xy=True).transform(lon, lat)
    assert (x * 1000, y * 1000) == pytest.approx(expected)


@given(
    st.lists(
        st.tuples(
            st.floats(min_value=-62, max_value=56),
            st.floats(min_value=-21, max_value=51),
            st.sampled_from(["75", "2B", "971", "973", "974", "976"]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_points_and_boundaries_move_alike(points: list[tuple[float, float, str]]) -> None:
    lon, lat, codes = zip(*points, strict=True)
    x, y = to_map_points(lon, lat, codes)
    for i, code in enumerate(codes):
        moved = to_map_geometry(shapely.Point(lon[i], lat[i]), code)
        assert (moved.x, moved.y) == pytest.approx((x[i], y[i]), nan_ok=True)


def test_what_the_map_does_not_draw_is_nan() -> None:
    x, y = to_map_points(
        [2.0, -56.2, np.nan, 2.0], [48.0, 46.8, 48.0, 48.0], ["75", "975", "75", ""]
    )
    assert np.isfinite([x[0], y[0]]).all()
    assert np.isnan([*x[1:], *y[1:]]).all()
    assert is_on_map("2A")
    assert not is_on_map("988")


def test_misuse_is_refused(departements: gpd.GeoSeries) -> None:
    with pytest.raises(ValueError, match="lengths"):
        to_map_points([1.0, 2.0], [1.0], ["75"])
    with pytest.raises(ValueError, match="975"):
        to_map_geometry(shapely.Point(0, 0), "975")
    with pytest.raises(ValueError, match="EPSG:4326"):
        to_map_geometry(departements.iloc[:1].set_crs(2154, allow_override=True), "01")


def test_no_point_at_all_is_fine() -> None:
    x, y = to_map_points([], [], [])
    assert x.shape == y.shape == (0,)
