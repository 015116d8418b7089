"""Communes whose point is their town hall; that of the others lies somewhere inside them."""

from __future__ import annotations

import io
from pathlib import Path

from territoires import settings
from territoires.tables.boundaries import read_checked

_TOWN_HALL = "mairie"


def read_town_halls(folder: Path | None = None) -> frozenset[str]:
    """Read the codes of the communes whose point in the directory is their town hall.

    Raises
    ------
    DataFileError
        When the boundaries of the communes are missing, truncated or altered.
    """
    import pandas as pd  # noqa: PLC0415 - nothing heavy at import

    content = read_checked((folder or settings.GEO) / "communes.parquet")
    points = pd.read_parquet(io.BytesIO(content), columns=["code", "point_source"])
    return frozenset(points.loc[points["point_source"] == _TOWN_HALL, "code"])
