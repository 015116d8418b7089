"""The composition of the map: one plane, in kilometres, for boundaries and points alike.

Metropolitan France keeps its familiar shape (Lambert-93, EPSG:2154, in kilometres). Each overseas
département is projected in its own UTM zone, scaled, and moved into a framed inset of the Bay of
Biscay. Five frames of the same height follow the edges of an L: three down the western side, three
along the bottom, the corner shared; each is wide enough for its name to be read by a room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

LAMBERT_93 = 2154
#: Bounds of metropolitan France in map kilometres, rounded outwards: west, south, east, north.
MAINLAND_BOUNDS = (99.0, 6046.0, 1243.0, 7111.0)
#: Empty kilometres kept around the whole composed map.
MARGIN = 8.0

_WGS_84 = 4326
_MAINLAND_CODE = re.compile(r"[0-9]{2}|2[AB]")
_HEIGHT = 160.0
#: Of each column of frames.
_WIDTHS = (184.0, 176.0, 128.0)
_GAP = 10.0
_WEST = 99.0
_SOUTH = 5975.0
#: Height of the strip at the top of a frame that is left to its name, in map kilometres; the
#: territory is centred in what remains.
TITLE = 42.0
_PADDING = 4.0


@dataclass(frozen=True, slots=True)
class Inset:
    """An overseas département, moved near the mainland: true place, frame and scale.

    ``bounds`` are true degrees (west, south, east, north) that hold the whole territory;
    ``centre`` is the point of the local projection, in kilometres, drawn at ``anchor``;
    ``frame`` is in map kilometres (west, south, east, north); ``scale`` is 1 when a kilometre
    there is drawn as long as a kilometre of the mainland.
    """

    departement_code: str
    region_code: str
    name: str
    epsg: int
    bounds: tuple[float, float, float, float]
    centre: tuple[float, float]
    frame: tuple[float, float, float, float]
    scale: float

    @property
    def anchor(self) -> tuple[float, float]:
        """Give the map point, in kilometres, on which the territory is centred."""
        west, south, east, north = self.frame
        return (west + east) / 2, (south + _PADDING + north - TITLE) / 2


def _frame(column: int, row: int) -> tuple[float, float, float, float]:
    """Place a frame on the grid whose origin is the south-west corner of the map."""
    west = _WEST + sum(_WIDTHS[:column]) + column * _GAP
    south = _SOUTH + row * (_HEIGHT + _GAP)
    return west, south, west + _WIDTHS[column], south + _HEIGHT


INSETS: tuple[Inset, ...] = (
    Inset(
        departement_code="971",
        region_code="01",
        name="Guadeloupe",
        epsg=5490,
        bounds=(-61.82, 15.82, -60.99, 16.52),
        centre=(670.3, 1788.5),
        frame=_frame(0, 2),
        scale=1.5,
    ),
    Inset(
        departement_code="972",
        region_code="02",
        name="Martinique",
        epsg=5490,
        bounds=(-61.24, 14.38, -60.80, 14.89),
        centre=(713.3, 1619.1),
        frame=_frame(0, 1),
        scale=2.1,
    ),
    Inset(
        departement_code="973",
        region_code="03",
        name="Guyane",
        epsg=2972,
        bounds=(-54.62, 2.10, -51.60, 5.76),
        centre=(265.3, 435.0),
        frame=_frame(0, 0),
        scale=0.275,
    ),
    Inset(
        departement_code="974",
        region_code="04",
        name="La Réunion",
        epsg=2975,
        bounds=(55.20, -21.40, 55.85, -20.86),
        centre=(347.0, 7662.7),
        frame=_frame(1, 0),
        scale=1.95,
    ),
    Inset(
        departement_code="976",
        region_code="06",
        name="Mayotte",
        epsg=4471,
        bounds=(45.01, -13.01, 45.31, -12.62),
        centre=(517.2, 8582.9),
        frame=_frame(2, 0),
        scale=2.75,
    ),
)
INSET_OF_DEPARTEMENT = {inset.departement_code: inset for inset in INSETS}


def map_bounds() -> tuple[float, float, float, float]:
    """Give the extent of the whole map, margin included: west, south, east, north in map km."""
    boxes = np.array([MAINLAND_BOUNDS, *(inset.frame for inset in INSETS)])
    west, south = boxes[:, :2].min(axis=0) - MARGIN
    east, north = boxes[:, 2:].max(axis=0) + MARGIN
    return float(west), float(south), float(east), float(north)


def is_on_map(departement_code: str) -> bool:
    """Tell whether a département has a place on the map (the 96 of the mainland and the 5 DROM)."""
    return departement_code in INSET_OF_DEPARTEMENT or (
        _MAINLAND_CODE.fullmatch(departement_code) is not None
    )


@cache
def _transformer(epsg: int) -> Transformer:
    """Open a projection once: building one costs far more than using it."""
    return Transformer.from_crs(_WGS_84, epsg, always_xy=True)


def _project(
    lon: NDArray[np.float64], lat: NDArray[np.float64], departement_code: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Project points of one département, from degrees (WGS 84) to map kilometres."""
    inset = INSET_OF_DEPARTEMENT.get(departement_code)
    x, y = _transformer(inset.epsg if inset else LAMBERT_93).transform(lon, lat)
    x, y = np.asarray(x) / 1000, np.asarray(y) / 1000
    if inset is None:
        return x, y
    (centre_x, centre_y), (anchor_x, anchor_y) = inset.centre, inset.anchor
    return anchor_x + inset.scale * (x - centre_x), anchor_y + inset.scale * (y - centre_y)


def to_map_points(
    lon: ArrayLike, lat: ArrayLike, departement_codes: Sequence[str] | NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Move points to the map: degrees (WGS 84) and département codes in, kilometres out.

    The three arguments have the same length. A point without coordinates, or of a collectivity
    that the map does not draw (975, 977, 98x…), comes out as NaN: the caller counts and lists it.

    Raises
    ------
    ValueError
        When the lengths differ.
    """
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    codes = np.asarray(departement_codes, dtype=object)
    if not lon.shape == lat.shape == codes.shape:
        raise ValueError(f"lengths differ: {lon.shape}, {lat.shape}, {codes.shape}")
    x, y = np.full(lon.shape, np.nan), np.full(lon.shape, np.nan)
    known = np.isfinite(lon) & np.isfinite(lat)
    places = np.array([c if isinstance(c, str) and is_on_map(c) else "" for c in codes.flat])
    # All mainland départements share one projection: one call for them all.
    places = np.where([p in INSET_OF_DEPARTEMENT or p == "" for p in places], places, "mainland")
    for place in np.unique(places):
        rows = known & (places.reshape(lon.shape) == place)
        if place and rows.any():
            x[rows], y[rows] = _project(lon[rows], lat[rows], str(place))
    return x, y


def to_map_geometry(geometry: Any, departement_code: str) -> Any:
    """Move the boundaries of one département: degrees (WGS 84) in, map kilometres out.

    ``geometry`` is a shapely geometry, an array of them, or a GeoSeries in EPSG:4326; the result
    has the same shape (a GeoSeries keeps its index and loses its CRS, the plane has none).

    Raises
    ------
    ValueError
        When the département has no place on the map, or the GeoSeries is in another CRS.
    """
    if not is_on_map(departement_code):
        raise ValueError(f"no place on the map for département {departement_code!r}")

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(_project(points[:, 0], points[:, 1], departement_code))

    if not hasattr(geometry, "crs"):
        return shapely.transform(geometry, move)
    if geometry.crs is not None and geometry.crs.to_epsg() != _WGS_84:
        raise ValueError(f"EPSG:4326 expected, {geometry.crs} given")
    moved = shapely.transform(geometry.to_numpy(), move)
    return type(geometry)(moved, index=geometry.index, crs=None)
