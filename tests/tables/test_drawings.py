"""The outlines of the map, decoded: all the territories, closed, touching, in map kilometres."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from territoires.analysis.composition import INSETS, map_bounds
from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.errors import DataFileError
from territoires.tables import drawings
from territoires.tables.drawings import (
    Drawing,
    bounds_of,
    cut_lines,
    cut_polygon,
    merge_zones,
    read_communes,
    read_drawing,
    thin,
)
from territoires.tables.published import Published

LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI)


@pytest.fixture(scope="module")
def drawn() -> dict[Level, Drawing]:
    return {level: read_drawing(level) for level in LEVELS}


def shapes(drawing: Drawing) -> list[object]:
    return [
        shapely.MultiPolygon([shapely.Polygon(p[0], p[1:]) for p in polygons])
        for polygons in drawing.polygons.values()
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_every_territory_has_an_outline_within_the_map(
    level: Level, drawn: dict[Level, Drawing], directory: Directory
) -> None:
    polygons = drawn[level].polygons
    assert list(polygons) == [territory.id.code for territory in directory.of_level(level)]
    west, south, east, north = bounds_of(list(polygons.values()))
    box = map_bounds()
    assert box[0] <= west < east <= box[2]
    assert box[1] <= south < north <= box[3]


def test_rings_are_closed_and_cannot_be_written_to(drawn: dict[Level, Drawing]) -> None:
    rings = [r for s in drawn[Level.REGION].polygons.values() for p in s for r in p]
    assert all((ring[0] == ring[-1]).all() and len(ring) >= 4 for ring in rings)
    assert not any(ring.flags.writeable for ring in rings)


def test_the_frames_are_those_of_the_composition(drawn: dict[Level, Drawing]) -> None:
    for frame, inset in zip(drawn[Level.REGION].frames, INSETS, strict=True):
        assert frame.name == inset.name
        assert frame.bounds == pytest.approx(inset.frame, abs=0.1)


def test_the_lines_of_wider_territories_lie_between_two_of_them(
    drawn: dict[Level, Drawing], directory: Directory
) -> None:
    assert not drawn[Level.REGION].parent_lines
    beside: dict[tuple[float, ...], set[str | None]] = {}
    for code, polygons in drawn[Level.DEPARTEMENT].polygons.items():
        region = directory.get(TerritoryId(Level.DEPARTEMENT, code)).region_code
        for point in np.concatenate([ring for polygon in polygons for ring in polygon]).tolist():
            beside.setdefault(tuple(point), set()).add(region)
    lines = drawn[Level.DEPARTEMENT].parent_lines
    assert len(lines) > 50
    assert all(len(beside[tuple(point)]) > 1 for line in lines for point in line.tolist())


def test_the_communes_of_a_departement_are_all_drawn_and_surrounded(directory: Directory) -> None:
    mayenne = TerritoryId(Level.DEPARTEMENT, "53")
    drawing = read_communes(["53"])
    codes = [commune.code for commune in directory.children(mayenne, Level.COMMUNE)]
    assert sorted(drawing.polygons) == sorted(codes)
    around = shapely.line_merge(shapely.MultiLineString(list(drawing.parent_lines)))
    assert shapely.is_closed(around).all()


def test_a_thin_drawing_is_light_and_its_neighbours_still_touch(
    drawn: dict[Level, Drawing],
) -> None:
    for level in (Level.REGION, Level.DEPARTEMENT):
        before, after = drawn[level], thin(drawn[level], 60)
        assert list(after.polygons) == list(before.polygons)
        points = sum(len(ring) for s in after.polygons.values() for p in s for ring in p)
        assert 20 * len(after.polygons) < points <= 60 * len(after.polygons)
        assert shapely.coverage_is_valid(shapes(after))


def test_zones_are_their_members_without_the_lines_between_them(
    drawn: dict[Level, Drawing], demonstration: Published
) -> None:
    zoning = next(z for z in demonstration.zonings.values() if z.member_level is Level.EPCI)
    members = drawn[Level.EPCI]
    merged = merge_zones(members, zoning)
    area = {code: shape.area for code, shape in zip(members.polygons, shapes(members), strict=True)}
    for zone, shape in zip(zoning.zones, shapes(merged), strict=True):
        whole = sum(area[m.code] for m in zone.members if m.code in area)
        assert shape.area == pytest.approx(whole, rel=1e-6)
    covered = {m.code for zone in zoning.zones for m in zone.members}
    bare = sum(len(p) for code, p in members.polygons.items() if code not in covered)
    assert len(merged.ground) == bare > 0


def test_what_is_cut_stays_within_the_bounds() -> None:
    square = (np.array([[0.0, 0.0], [0, 4], [4, 4], [4, 0], [0, 0]]),)
    (cut,) = cut_polygon(square, (1.0, 1.0, 2.0, 2.0))
    assert shapely.Polygon(cut[0]).area == pytest.approx(1)
    assert not cut_polygon(square, (8.0, 8.0, 9.0, 9.0))
    (line,) = cut_lines([np.array([[0.0, 1.5], [4.0, 1.5]])], (1.0, 1.0, 2.0, 2.0))
    assert line[:, 0].tolist() == [1, 2]


def test_an_unknown_or_unreadable_drawing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataFileError, match="ne donne pas de carte"):
        read_drawing(Level.COMMUNE, "../../etc")
    monkeypatch.setattr(drawings, "read_checked", lambda _: b'{"arcs": []}')
    with pytest.raises(DataFileError, match="illisible"):
        read_drawing(Level.REGION)
