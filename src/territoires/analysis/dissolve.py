"""Boundaries of zones: those of their members, without the lines between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def dissolve(boundaries: GeoDataFrame, members: Mapping[str, Sequence[str]]) -> GeoDataFrame:
    """Merge the boundaries of the members of each zone.

    Members share their borders point for point, so that nothing is moved: zones that do not
    overlap still share theirs, without gap, and no area is lost. A zone in several parts is a
    multipolygon.

    Parameters
    ----------
    boundaries
        Those of one level (EPSG:4326), with their ``code``; a valid coverage.
    members
        Codes of the members of each zone; a code may be in several zones.

    Returns
    -------
    GeoDataFrame
        ``code`` of the zone and ``geometry`` (EPSG:4326), in the order given.

    Raises
    ------
    KeyError
        When a member has no boundary.
    """
    rows = {code: row for row, code in enumerate(boundaries["code"])}
    zones = [zone for zone, codes in members.items() for _ in codes]
    taken = [rows[code] for codes in members.values() for code in codes]
    parts = boundaries[["geometry"]].iloc[taken].assign(code=zones)
    shapes = parts.dissolve("code", method="coverage", sort=False)
    return shapes.reset_index()[["code", "geometry"]]
