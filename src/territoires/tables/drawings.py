"""The drawings of the map, decoded: the same outlines as the browser's, for what leaves the screen.

Everything is in the plane of the map (docs/adr/0007): kilometres of Lambert-93, y to the north, the
overseas départements moved into their frames.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Any

from territoires.domain.territories import Level
from territoires.errors import DataFileError
from territoires.tables.boundaries import read_checked, topojson_path
from territoires.tables.collector import without_collector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from territoires.domain.zonings import Zoning

    #: A closed line, one point per row: the last one is the first one. It cannot be written to.
    Ring = NDArray[np.float64]
    #: An outer ring, then those of its holes.
    Polygon = tuple[Ring, ...]
    Bounds = tuple[float, float, float, float]

#: Slides and other drawings edited by hand: more points than this make them slow.
THIN_VERTICES = 60
#: Of an outline made thin, parts smaller than this share of the largest one are left out.
_ISLET_SHARE = 0.01
_CLOSED = 4
#: The drawing of one département has none: it fills the map.
_NO_FRAMES: Mapping[str, Any] = {"geometries": ()}
_THINNINGS = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of an overseas département: west, south, east, north in map kilometres."""

    name: str
    bounds: Bounds


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Outlines of the territories of a level, by code, in the order of the codes.

    ``parent_lines`` are the borders of the wider territories, where the file tells them, to be
    drawn over the outlines; ``ground`` is land that none of the territories covers.
    """

    level: Level
    polygons: Mapping[str, tuple[Polygon, ...]]
    frames: tuple[Frame, ...] = ()
    parent_lines: tuple[Ring, ...] = ()
    ground: tuple[Polygon, ...] = ()


def read_drawing(level: Level, departement: str | None = None) -> Drawing:
    """Read what the browser draws for a level, or for the communes of one département.

    Reading the communes of France takes half a second.

    Raises
    ------
    DataFileError
        When there is no such drawing, or its file is missing, altered or not what was expected.
    """
    path = topojson_path(level, departement)
    try:
        with without_collector():
            return _decode(level, json.loads(read_checked(path)))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise DataFileError(
            f"static/geo/{path.name} est illisible : contours (TopoJSON) attendus.",
            remedy="Lancez `make data`.",
            details=(str(error)[:200],),
        ) from error


def read_communes(departements: Sequence[str]) -> Drawing:
    """Read the communes of some départements; the borders of these are the lines drawn over them.

    Raises
    ------
    DataFileError
        As ``read_drawing``.
    """
    parts = [read_drawing(Level.COMMUNE, code) for code in departements]
    return Drawing(
        Level.COMMUNE,
        {code: polygons for part in parts for code, polygons in part.polygons.items()},
        parent_lines=tuple(line for part in parts for line in part.parent_lines),
    )


def _decode(level: Level, topology: Mapping[str, Any]) -> Drawing:
    arcs = _Arcs(topology)
    shapes = topology["objects"]["territories"]["geometries"]
    return Drawing(
        level,
        dict(zip((shape["id"] for shape in shapes), arcs.polygons(shapes), strict=True)),
        tuple(
            Frame(frame["properties"]["n"], bounds_of(arcs.polygons([frame])))
            for frame in topology["objects"].get("insets", _NO_FRAMES)["geometries"]
        ),
        tuple(arcs.line(arc) for arc in _parent_arcs(shapes)),
    )


class _Arcs:
    """The arcs of a topology, in kilometres, ready to be joined into rings."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        import numpy as np  # noqa: PLC0415 - spared to pages that export nothing

        self._np = np
        sizes = [len(arc) for arc in topology["arcs"]]
        steps = np.array(
            [number for arc in topology["arcs"] for point in arc for number in point], dtype=float
        ).reshape(-1, 2)
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        # Each arc starts again from the origin of the grid: what was walked before is taken off.
        walked = np.cumsum(steps, axis=0)
        before = np.vstack([[0.0, 0.0], walked])[self._starts[:-1]]
        grid = walked - np.repeat(before, sizes, axis=0)
        self._points = grid * topology["transform"]["scale"] + topology["transform"]["translate"]

        self._points.flags.writeable = False

    def line(self, arc: int) -> Ring:
        """Give the points of an arc."""
        points: Ring = self._points[self._starts[arc] : self._starts[arc + 1]]
        return points

    def polygons(self, shapes: Sequence[Mapping[str, Any]]) -> list[tuple[Polygon, ...]]:
        """Give the polygons of each of some geometries of the topology."""
        wholes = [_parts(shape) for shape in shapes]
        rings = iter(self._rings([ring for parts in wholes for part in parts for ring in part]))
        return [tuple(tuple(islice(rings, len(part))) for part in parts) for parts in wholes]

    def _rings(self, rings: Sequence[Sequence[int]]) -> list[Ring]:
        """Join the arcs of each ring end to end; ``~arc`` is an arc walked backwards.

        All at once: a country has two hundred thousand arcs to join.
        """
        np = self._np
        arcs = np.fromiter(chain.from_iterable(rings), int)
        edges, steps = np.where(arcs < 0, ~arcs, arcs), np.where(arcs < 0, -1, 1)
        first, last = self._starts[edges], self._starts[edges + 1] - 1
        lasting = np.cumsum([len(ring) for ring in rings], dtype=int)
        # The point where two arcs meet is the end of the one before.
        shared = np.ones(len(arcs), int)
        shared[np.concatenate([[0], lasting[:-1]])[: len(rings)]] = 0
        sizes = last - first + 1 - shared
        starts = np.where(arcs < 0, last, first) + steps * shared
        ends = np.cumsum(sizes)
        walked = np.arange(sizes.sum()) - np.repeat(ends - sizes, sizes)
        points = self._points[np.repeat(starts, sizes) + np.repeat(steps, sizes) * walked]
        points.flags.writeable = False
        cuts = [0, *ends[lasting - 1].tolist()]
        return [points[start:end] for start, end in pairwise(cuts)]


def _parts(shape: Mapping[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    """Give the rings of each polygon of a geometry of the topology."""
    parts: Sequence[Sequence[Sequence[int]]] = shape["arcs"]
    return [parts] if shape["type"] == "Polygon" else parts  # type: ignore[list-item]


def _parent_arcs(shapes: Sequence[Mapping[str, Any]]) -> list[int]:
    """List the arcs between two wider territories; around the only one, where there is one."""
    beside: dict[int, list[str]] = {}
    for shape in shapes:
        for arc in (arc for part in _parts(shape) for ring in part for arc in ring):
            edge = arc if arc >= 0 else ~arc
            beside.setdefault(edge, []).append(shape["properties"].get("p", ""))
    if len({parent for parents in beside.values() for parent in parents}) > 1:
        return [edge for edge, parents in beside.items() if len(set(parents)) > 1]
    return [edge for edge, parents in beside.items() if parents != [""] and len(parents) == 1]


def bounds_of(shapes: Sequence[tuple[Polygon, ...]]) -> Bounds:
    """Give the extent of some shapes: west, south, east, north in map kilometres."""
    boxes = [
        (*polygon[0].min(axis=0), *polygon[0].max(axis=0)) for shape in shapes for polygon in shape
    ]
    west, south, east, north = zip(*boxes, strict=True)
    return float(min(west)), float(min(south)), float(max(east)), float(max(north))


def merge_zones(drawing: Drawing, zoning: Zoning) -> Drawing:
    """Draw the zones of a zoning: the outlines of their members, without the lines between them.

    A member that has no outline is left out; so is a zone that has none left. What no zone covers
    is ground. The borders of the wider territories would cut through the zones: they are left out.
    """
    import shapely  # noqa: PLC0415 - spared to pages that export nothing

    merged: dict[str, tuple[Polygon, ...]] = {}
    covered: set[str] = set()
    for zone in zoning.zones:
        members = [m.code for m in zone.members if m.code in drawing.polygons]
        if members:
            covered.update(members)
            parts = [_to_shape(drawing.polygons[code]) for code in members]
            merged[zone.id.code] = _to_polygons(shapely.coverage_union_all(parts))
    bare = (p for code, shape in drawing.polygons.items() if code not in covered for p in shape)
    return Drawing(Level.ZONE, merged, drawing.frames, ground=tuple(bare))


def thin(drawing: Drawing, vertices: int = THIN_VERTICES) -> Drawing:
    """Simplify outlines to about ``vertices`` points each on average; neighbours still touch.

    The smallest islands of a territory go first. Lines drawn over the outlines would no longer
    follow them: they are left out.
    """
    import shapely  # noqa: PLC0415 - spared to pages that export nothing

    codes = list(drawing.polygons)
    shapes = [_to_shape(_without_islets(drawing.polygons[code])) for code in codes]
    wanted = vertices * len(codes)
    thinned, tolerance = shapes, 0.25
    for _ in range(_THINNINGS):
        if shapely.get_num_coordinates(thinned).sum() <= wanted:
            break
        thinned = shapely.coverage_simplify(shapes, tolerance)
        tolerance *= 1.5
    polygons = {code: _to_polygons(shape) for code, shape in zip(codes, thinned, strict=True)}
    return Drawing(drawing.level, polygons, drawing.frames, ground=drawing.ground)


def cut_polygon(polygon: Polygon, bounds: Bounds) -> tuple[Polygon, ...]:
    """Keep what lies within some bounds."""
    import shapely  # noqa: PLC0415 - spared to pages that export nothing

    return _to_polygons(shapely.clip_by_rect(_to_shape((polygon,)), *bounds))


def cut_lines(lines: Sequence[Ring], bounds: Bounds) -> tuple[Ring, ...]:
    """Keep what lies within some bounds."""
    import shapely  # noqa: PLC0415 - as above

    cut = shapely.clip_by_rect([shapely.LineString(line) for line in lines], *bounds)
    parts = shapely.get_parts(cut)
    return tuple(shapely.get_coordinates(p) for p in parts if not shapely.is_empty(p))


def _without_islets(polygons: tuple[Polygon, ...]) -> tuple[Polygon, ...]:
    areas = [abs(_area(polygon[0])) for polygon in polygons]
    least = max(areas) * _ISLET_SHARE
    return tuple(p for p, area in zip(polygons, areas, strict=True) if area >= least)


def _area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2


def _to_shape(polygons: tuple[Polygon, ...]) -> Any:
    import shapely  # noqa: PLC0415 - as above

    parts = [shapely.Polygon(polygon[0], polygon[1:]) for polygon in polygons]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _to_polygons(shape: Any) -> tuple[Polygon, ...]:
    import shapely  # noqa: PLC0415 - as above

    polygons = []
    for part in shapely.get_parts(shape):
        if shapely.get_type_id(part) != shapely.GeometryType.POLYGON:
            continue  # a touch of the edge
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)]
        for ring in rings:
            ring.flags.writeable = False
        if rings and len(rings[0]) >= _CLOSED:
            polygons.append(tuple(rings))
    return tuple(polygons)
