"""Boundaries of zones: nothing lost, nothing moved, no line left inside."""

from __future__ import annotations

import math

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.analysis.dissolve import dissolve
from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.tables.boundaries import read_boundaries
from territoires.tables.published import Published


@pytest.fixture(scope="module")
def epci() -> gpd.GeoDataFrame:
    return read_boundaries(Level.EPCI)


@pytest.fixture(scope="module")
def squares() -> gpd.GeoDataFrame:
    """Sixteen squares that share their sides, named « 0 » to « 15 »."""
    boxes = [shapely.box(n % 4, n // 4, n % 4 + 1, n // 4 + 1) for n in range(16)]
    return gpd.GeoDataFrame({"code": [str(n) for n in range(16)]}, geometry=boxes, crs="EPSG:4326")


def area(shapes: gpd.GeoDataFrame) -> float:
    """Measure in square degrees: only to be compared with itself."""
    return math.fsum(shapely.area(shapes.geometry.to_numpy()))


def test_the_demonstration_zones_keep_the_coverage_and_the_area(
    epci: gpd.GeoDataFrame, demonstration: Published, directory: Directory
) -> None:
    zones = demonstration.zonings["demo_pays_petr"].zones
    members = {zone.id.code: [member.code for member in zone.members] for zone in zones}
    shapes = dissolve(epci, members)
    assert list(shapes["code"]) == list(members)
    assert shapes.crs == epci.crs
    assert shapes.geometry.is_valid.all()
    assert shapely.coverage_is_valid(shapes.geometry.to_numpy())
    used = epci[epci["code"].isin([code for codes in members.values() for code in codes])]
    assert area(shapes) == pytest.approx(area(used), rel=1e-12)
    # Neighbours become one piece: 210 EPCI, but far fewer parts.
    parts = shapely.get_num_geometries(shapes.geometry.to_numpy()).sum()
    assert parts <= shapely.get_num_geometries(used.geometry.to_numpy()).sum()
    # The point of a zone lies in it.
    places = directory.with_zonings(demonstration.zonings.values())
    for zone, shape in zip(places.of_level(Level.ZONE), shapes.geometry, strict=True):
        assert shape.covers(shapely.Point(zone.longitude, zone.latitude))


def test_a_zone_of_one_member_is_that_member(epci: gpd.GeoDataFrame) -> None:
    code = str(epci["code"].iloc[7])
    (shape,) = dissolve(epci, {"seul": [code]}).geometry
    assert shapely.equals(shape, epci.geometry.iloc[7])


def test_zones_may_overlap(squares: gpd.GeoDataFrame) -> None:
    shapes = dissolve(squares, {"a": ["0", "1"], "b": ["1", "2"]})
    assert [shape.area for shape in shapes.geometry] == [2, 2]
    assert shapes.geometry.iloc[0].intersection(shapes.geometry.iloc[1]).area == 1


def test_a_zone_may_be_in_parts_and_have_a_hole(squares: gpd.GeoDataFrame) -> None:
    ring = [str(n) for n in range(16) if n not in {5, 6, 9, 10}]
    shapes = dissolve(squares, {"parts": ["0", "15"], "ring": ring})
    parts, around = shapes.geometry
    assert parts.geom_type == "MultiPolygon"
    assert len(parts.geoms) == 2
    assert len(around.interiors) == 1


def test_a_member_without_boundary_is_refused(squares: gpd.GeoDataFrame) -> None:
    with pytest.raises(KeyError):
        dissolve(squares, {"a": ["0", "99"]})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=16, max_size=16))
def test_any_partition_keeps_area_and_coverage(
    squares: gpd.GeoDataFrame, numbers: list[int]
) -> None:
    members: dict[str, list[str]] = {}
    for code, number in enumerate(numbers):
        members.setdefault(f"z{number}", []).append(str(code))
    shapes = dissolve(squares, members)
    assert area(shapes) == 16
    assert shapely.coverage_is_valid(shapes.geometry.to_numpy())
    assert shapes.geometry.is_valid.all()
