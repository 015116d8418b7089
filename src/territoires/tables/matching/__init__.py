"""What the columns and the places of a file are taken for."""

from territoires.tables.matching.columns import match_columns, normalise_wave
from territoires.tables.matching.fields import FIELDS, IGNORED, Field
from territoires.tables.matching.places import (
    PlaceCell,
    PlaceNames,
    build_place_names,
    match_places,
    propose_level,
    read_level,
    written,
    written_all,
)

__all__ = [
    "FIELDS",
    "IGNORED",
    "Field",
    "PlaceCell",
    "PlaceNames",
    "build_place_names",
    "match_columns",
    "match_places",
    "normalise_wave",
    "propose_level",
    "read_level",
    "written",
    "written_all",
]
