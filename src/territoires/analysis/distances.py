"""Great-circle distances between true positions (degrees, WGS 84), never between map points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

#: Mean radius of the Earth (IUGG), in kilometres: within 0.3 % of the ellipsoid in metropolitan
#: France, 0.6 % at the equator.
EARTH_RADIUS_KM = 6371.0088


def great_circle_km(
    longitude: float, latitude: float, longitudes: ArrayLike, latitudes: ArrayLike
) -> NDArray[np.float64]:
    """Measure the distances from one point to others, in kilometres, as the crow flies.

    Angles are degrees (WGS 84). A position that is not known (NaN) gives NaN.
    """
    lon_1, lat_1 = np.radians(longitude), np.radians(latitude)
    lon_2, lat_2 = (
        np.radians(np.asarray(longitudes, float)),
        np.radians(np.asarray(latitudes, float)),
    )
    half_chord = (
        np.sin((lat_2 - lat_1) / 2) ** 2
        + np.cos(lat_1) * np.cos(lat_2) * np.sin((lon_2 - lon_1) / 2) ** 2
    )
    # Rounding may pass 1 by a hair at the antipodes.
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half_chord, 0, 1))))


def nearest_km(
    longitudes: ArrayLike,
    latitudes: ArrayLike,
    to_longitudes: ArrayLike,
    to_latitudes: ArrayLike,
) -> NDArray[np.float64]:
    """Measure, for each point, the distance to the nearest of other points, in kilometres.

    Angles are degrees (WGS 84), all of them known. Without any point to go to, all are infinite.
    """
    points = _on_sphere(longitudes, latitudes)
    targets = _on_sphere(to_longitudes, to_latitudes)
    if not len(targets):
        return np.full(len(points), np.inf)
    chords, _ = KDTree(targets).query(points)
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.clip(chords / 2, 0, 1)))


def _on_sphere(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.float64]:
    """Place points on the unit sphere: there, the shortest chord is the shortest way."""
    lon, lat = np.radians(np.asarray(longitudes, float)), np.radians(np.asarray(latitudes, float))
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
