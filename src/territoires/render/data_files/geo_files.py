"""A table with its true outlines or points: GeoJSON and GeoPackage, in degrees (WGS 84).

Both are in EPSG:4326: RFC 7946 asks it of GeoJSON, and no plane projection holds both the mainland
and the overseas départements (Lambert-93 is made for the mainland). A GIS projects them at once.
"""

from __future__ import annotations

import io
import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from territoires.analysis.dissolve import dissolve
from territoires.domain.zonings import Zoning
from territoires.render.data_files.tables import Cell, ColumnKind, DataTable
from territoires.render.file_names import to_slug
from territoires.tables.boundaries import read_boundaries, read_outlines
from territoires.views.citation import with_boundaries
from territoires.views.datasets import EDITIONS
from territoires.views.map_view import MapView

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

#: One outline or point per row, as WKB in degrees; None where a territory has no boundary.
Shapes = tuple[bytes | None, ...]

#: Said in the file itself of its coordinates.
_COORDINATES = (
    "Coordonnées",
    "Longitude et latitude (WGS 84, EPSG:4326) : aucune projection plane ne tient à la fois la "
    "métropole et l’outre-mer. Pour une mesure en métropole, reprojetez en Lambert-93 (EPSG:2154).",
)
_GENERALISED = (
    "Contours",
    "Traits administratifs généralisés : n’y calculez ni superficie ni densité.",
)
NOTES_LAYER = "notes"
#: Territories whose outlines are in memory at once.
_PIECE = 2_000
_WGS84 = "EPSG:4326"
#: Decimals of the shipped boundaries: about one metre.
_DEGREES = 5
#: Title of the document and of the layer, as GDAL takes them.
_MAX_TITLE = 250


def read_shapes(view: MapView, zonings: Mapping[str, Zoning]) -> Shapes:
    """Read the true boundaries of the territories of a map, in the order of its rows.

    Zones are the union of their members.

    Raises
    ------
    DataFileError
        When the boundary file is missing, truncated or altered.
    """
    zoning = zonings.get(view.zoning)
    outlines = _merge(zoning) if zoning else read_outlines(view.level)
    return tuple(outlines.get(row.id.code) for row in view.rows)


def to_geojson(table: DataTable, shapes: Shapes) -> bytes:
    """Write one feature per row (RFC 7946): outlines counter-clockwise, values as properties.

    What is the same in all rows stands once in ``communs``, beside citation, licence and notes.
    """
    table = _with_boundaries(table)
    constants = table.constants()
    head = {
        "type": "FeatureCollection",
        "titre": table.citation.marked_title,
        "jeu": EDITIONS[table.citation.dataset].name,
        "mention": table.citation.watermark,
        "citation": table.citation.line,
        "licence": table.citation.licence,
        "communs": constants,
        "colonnes": {column.name: column.description for column in table.columns},
        "notes": [{"sujet": subject, "texte": text} for subject, text in _notes(table)],
        "bbox": _bounds(shapes),
    }
    written = io.BytesIO()
    start = _to_json({name: value for name, value in head.items() if value not in ("", None)})
    written.write(f'{start[:-1]},"features":['.encode())
    # Piece by piece: the communes in one text would take several times their file.
    for number, feature in enumerate(_features(table.without(constants), shapes)):
        written.write(f"{',' if number else ''}\n{feature}".encode())
    written.write(b"\n]}\n")
    return written.getvalue()


def to_geopackage(table: DataTable, shapes: Shapes) -> bytes:
    """Write a layer of outlines with their values, and a table of notes (EPSG:4326)."""
    import pyogrio  # noqa: PLC0415 - spared to pages that export nothing

    table = _with_boundaries(table)
    constants = table.constants()
    rows = table.without(constants)
    options = {
        "IDENTIFIER": table.citation.marked_title[:_MAX_TITLE],
        "DESCRIPTION": table.citation.line,
    }
    with tempfile.TemporaryDirectory(prefix="territoires-") as folder:
        path = Path(folder) / "donnees.gpkg"
        for start in range(0, max(1, len(rows.rows)), _PIECE):
            pyogrio.write_dataframe(
                _to_frame(rows, shapes, slice(start, start + _PIECE)),
                path,
                driver="GPKG",
                layer=layer_name(table),
                append=start > 0,
                geometry_type="Point" if table.has_points else "MultiPolygon",
                promote_to_multi=not table.has_points,
                layer_options={} if start else options,
            )
        notes = _notes_frame(table, constants)
        pyogrio.write_dataframe(notes, path, driver="GPKG", layer=NOTES_LAYER)
        return path.read_bytes()


def layer_name(table: DataTable) -> str:
    """Name the layer after the set of data and the level: « DEMO_regions »."""
    mark = EDITIONS[table.citation.dataset].file_mark
    return "_".join(part for part in (mark, to_slug(table.layer)) if part)


def _with_boundaries(table: DataTable) -> DataTable:
    """Cite the outlines too, where there are some."""
    if table.has_points:
        return table
    return replace(table, citation=with_boundaries(table.citation))


def _merge(zoning: Zoning) -> dict[str, bytes]:
    """Merge the members of each zone; a member without boundary (a collectivity) is left out."""
    boundaries = read_boundaries(zoning.member_level)
    drawn = set(boundaries["code"])
    members = {
        zone.id.code: [member.code for member in zone.members if member.code in drawn]
        for zone in zoning.zones
    }
    zones = dissolve(boundaries, {zone: codes for zone, codes in members.items() if codes})
    return dict(zip(zones["code"], zones.geometry.to_wkb(), strict=True))


def _features(table: DataTable, shapes: Shapes) -> Iterator[str]:
    """Write features one by one; the empty cells of a row are left out, but for its value."""
    import shapely  # noqa: PLC0415 - as above

    names = [column.name for column in table.columns]
    for start in range(0, len(table.rows), _PIECE):
        piece = slice(start, start + _PIECE)
        turned = shapely.orient_polygons(_decode(shapes[piece]), exterior_cw=False)
        drawn = shapely.to_geojson(turned)
        for key, row, shape in zip(table.keys[piece], table.rows[piece], drawn, strict=True):
            properties = {
                name: cell
                for name, cell in zip(names, row, strict=True)
                if cell not in ("", None) or name == "valeur"
            }
            yield (
                f'{{"type":"Feature","id":{_to_json(key)},"properties":{_to_json(properties)},'
                f'"geometry":{shape or "null"}}}'
            )


def _decode(shapes: Shapes) -> Any:
    """Give shapes as an array of geometries."""
    import numpy as np  # noqa: PLC0415 - as above
    import shapely  # noqa: PLC0415 - as above

    return shapely.from_wkb(np.array([*shapes, None], dtype=object)[:-1])


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _bounds(shapes: Shapes) -> list[float] | None:
    """Give west, south, east and north; None where nothing is drawn."""
    import shapely  # noqa: PLC0415 - as above

    pieces = [
        shapely.total_bounds(_decode(shapes[start : start + _PIECE])).tolist()
        for start in range(0, len(shapes), _PIECE)
    ]
    drawn = [piece for piece in pieces if not math.isnan(piece[0])]
    if not drawn:
        return None
    west, south, east, north = zip(*drawn, strict=True)
    return [round(degrees, _DEGREES) for degrees in (min(west), min(south), max(east), max(north))]


def _to_frame(table: DataTable, shapes: Shapes, piece: slice) -> GeoDataFrame:
    """Give some rows with their outlines, each column as the type its file must have."""
    import geopandas as gpd  # noqa: PLC0415 - as above
    import pandas as pd  # noqa: PLC0415 - as above

    types = {ColumnKind.INTEGER: "Int64", ColumnKind.NUMBER: "Float64", ColumnKind.TEXT: "object"}
    columns = {
        column.name: pd.Series(
            [_plain(row[i]) for row in table.rows[piece]], dtype=types[column.kind]
        )
        for i, column in enumerate(table.columns)
    }
    return gpd.GeoDataFrame(columns, geometry=_decode(shapes[piece]), crs=_WGS84)


def _plain(cell: Cell) -> Cell:
    """Give a cell as a database takes it: nothing is no text, and no text holds its end."""
    return cell.replace("\x00", " ") or None if isinstance(cell, str) else cell


def _notes(table: DataTable) -> Sequence[tuple[str, str]]:
    drawn = (_COORDINATES,) if table.has_points else (_COORDINATES, _GENERALISED)
    return (*table.notes, *drawn)


def _notes_frame(table: DataTable, constants: Mapping[str, Cell]) -> pd.DataFrame:
    """Gather what must be said of the layer: what all rows share, columns, notes, terms."""
    import pandas as pd  # noqa: PLC0415 - as above

    headings = {column.name: column.heading for column in table.columns}
    lines = [
        ("Citation", table.citation.line),
        ("Licence", table.citation.licence),
        *_notes(table),
        *(
            (headings[name], str(value))
            for name, value in constants.items()
            if value not in ("", None)
        ),
        *(
            (f"Colonne « {column.name} »", column.description)
            for column in table.columns
            if column.name not in constants
        ),
    ]
    return pd.DataFrame(
        [(subject, str(_plain(text))) for subject, text in lines], columns=["sujet", "texte"]
    )
