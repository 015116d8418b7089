"""Territories with their boundaries and points, level by level; the directory of them all."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from territoires.analysis.composition import INSET_OF_DEPARTEMENT, to_map_geometry

from .coverage import check_coverage, dissolve, inner_points
from .reference import Reference

LEVELS = ("region", "departement", "epci", "commune")
_COLUMNS = ["code", "name", "region_code", "departement_code"]
_PARENT = {"departement": "region_code", "epci": "departement_code", "commune": "departement_code"}
#: The level whose names are not in its TopoJSON.
NAMES_APART = "commune"
_ANY_MAINLAND = "75"


def boundaries(
    reference: Reference,
    codes: list[str],
    communes: np.ndarray,
    town_halls: dict[str, tuple[float, float]],
) -> dict[str, gpd.GeoDataFrame]:
    """Build the four levels from the communes (EPSG:4326), each a checked coverage in code order.

    ``codes`` and ``communes`` go together and are sorted; ``town_halls`` gives points by code.
    """
    drawn = reference.drawn_communes
    frames = {}
    for level in LEVELS:
        table = reference.level(level)
        geometries = communes
        if level != "commune":
            geometries = dissolve(communes, drawn[f"{level}_code"], table["code"])
            check_coverage(geometries, table["code"], level)
        halls = town_halls if level == "commune" else {}
        points, sources = _points(geometries, table["code"].to_list(), halls)
        columns = [*_COLUMNS, *(["epci_code"] if level == "commune" else []), "population"]
        frames[level] = gpd.GeoDataFrame(
            table[columns]
            .reset_index(drop=True)
            .assign(longitude=points[:, 0], latitude=points[:, 1], point_source=sources),
            geometry=geometries,
            crs="EPSG:4326",
        )
    if frames["commune"]["code"].to_list() != codes:
        raise AssertionError("contours and reference are not in the same order")
    return frames


def directory(reference: Reference, frames: dict[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """List every territory of every level, overseas collectivities included, without geometry."""
    tables = []
    for level in LEVELS:
        table = reference.communes if level == "commune" else reference.level(level)
        if level == "departement":
            both = [table, reference.collectivities]
            table = pd.concat(both, ignore_index=True).sort_values("code", ignore_index=True)
        points = frames[level].set_index("code")[["longitude", "latitude"]]
        tables.append(table.join(points, on="code").assign(level=level))
    columns = [
        "level",
        "code",
        "name",
        "kind",
        "region_code",
        "departement_code",
        "departement_codes",
        "epci_code",
        "population",
        "postcodes",
        "longitude",
        "latitude",
    ]
    whole = pd.concat(tables, ignore_index=True)[columns]
    return whole.astype({"level": "str", "population": "Int64"})


def composed(frame: gpd.GeoDataFrame, level: str) -> np.ndarray:
    """Move the boundaries of a level to the map: each territory in kilometres, in its place."""
    if level == "region":
        homes = {inset.region_code: code for code, inset in INSET_OF_DEPARTEMENT.items()}
        places = frame["code"].map(homes)
    else:
        places = frame["departement_code"].where(
            frame["departement_code"].isin(list(INSET_OF_DEPARTEMENT))
        )
    places = places.fillna(_ANY_MAINLAND).to_numpy()
    result = frame.geometry.to_numpy().copy()
    for place in np.unique(places):
        rows = places == place
        result[rows] = to_map_geometry(result[rows], str(place))
    return result


def attributes(frame: gpd.GeoDataFrame, level: str) -> list[tuple[str, dict[str, str]]]:
    """Give the code and the TopoJSON properties of each territory: name, and parent's code.

    The names of communes are a file apart (``NAMES_APART``), in the same order.
    """
    if level == NAMES_APART:
        return [(c, {"p": p}) for c, p in zip(frame["code"], frame[_PARENT[level]], strict=True)]
    if level == "region":
        return [(c, {"n": n}) for c, n in zip(frame["code"], frame["name"], strict=True)]
    return [
        (code, {"p": parent, "n": name})
        for code, name, parent in zip(
            frame["code"], frame["name"], frame[_PARENT[level]], strict=True
        )
    ]


def _points(
    geometries: np.ndarray, codes: list[str], town_halls: dict[str, tuple[float, float]]
) -> tuple[np.ndarray, np.ndarray]:
    """Choose the point of each territory: its town hall when inside it, else its visual centre."""
    points = np.full((len(codes), 2), np.nan)
    for i, code in enumerate(codes):
        if code in town_halls:
            points[i] = np.round(town_halls[code], 6)
    inside = shapely.contains_xy(geometries, points)
    points[~inside] = inner_points(geometries[~inside])
    return points, np.where(inside, "mairie", "interieur")
