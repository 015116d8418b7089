"""The files produced: their content as bytes, then their writing, all or nothing."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

#: Base name of the files of each level.
PLURALS = {
    "region": "regions",
    "departement": "departements",
    "epci": "epci",
    "commune": "communes",
    "commune-noms": "communes-noms",
}
MANIFEST = "data/geo/manifest.json"
SEARCH_FOLDER, SEARCH_NAME = "static/search", "territoires"
_ZSTD_LEVEL = 15
_HASH_LENGTH = 10


def geoparquet(frame: gpd.GeoDataFrame) -> bytes:
    """Write boundaries as GeoParquet, with fixed options: same frame, same bytes."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd", compression_level=_ZSTD_LEVEL)
    return buffer.getvalue()


def parquet(frame: pd.DataFrame) -> bytes:
    """Write a table without geometry as Parquet, with fixed options."""
    buffer = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table, buffer, compression="zstd", compression_level=_ZSTD_LEVEL)
    return buffer.getvalue()


def hashed_name(level: str, content: bytes) -> str:
    """Name a TopoJSON after its content, so that browsers may keep it for ever."""
    return _dated(PLURALS[level], content)


def departement_name(departement: str, content: bytes) -> str:
    """Name the TopoJSON of the communes of one département after its content."""
    return _dated(f"{PLURALS['commune']}-{departement}", content)


def search_path(content: bytes) -> str:
    """Give the path of the search index, relative to the project, named after its content."""
    return f"{SEARCH_FOLDER}/{_dated(SEARCH_NAME, content)}"


def _dated(name: str, content: bytes) -> str:
    return f"{name}.{hashlib.sha256(content).hexdigest()[:_HASH_LENGTH]}.json"


def name_list(frame: gpd.GeoDataFrame) -> bytes:
    """List the names of the territories in the order of their TopoJSON, as JSON."""
    names = frame["name"].to_list()
    return json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()


def describe(content: bytes, features: int) -> dict[str, Any]:
    """Give the entry of a file in the manifest."""
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "gzip_bytes": len(gzip.compress(content, 6, mtime=0)),
        "features": features,
    }


def manifest(
    sources: list[dict[str, Any]],
    contours: dict[str, Any],
    topojson: dict[str, str],
    search: str,
    files: dict[str, dict[str, Any]],
) -> bytes:
    """Write the manifest; its keys are sorted, it holds no date: same inputs, same bytes."""
    content = {
        "contours": contours,
        "files": files,
        "search": search,
        "sources": sources,
        "topojson": topojson,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def write_all(home: Path, contents: dict[str, bytes]) -> None:
    """Write every file (paths relative to ``home``), in the order given, then drop old ones.

    Each file is replaced in one move: a reader never sees half of one. What goes is the TopoJSON
    and the indexes of a former build, which neither ``contents`` nor its manifest name.
    """
    for name, content in contents.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".partial")
        partial.write_bytes(content)
        partial.replace(path)
    listed = json.loads(contents[MANIFEST]).get("files", {})
    kept = {home / name for name in (*contents, *listed)}
    made = [f"static/geo/{plural}.*.json" for plural in PLURALS.values()]
    made.append(f"static/geo/{PLURALS['commune']}-*.*.json")
    for pattern in (*made, f"{SEARCH_FOLDER}/{SEARCH_NAME}.*.json"):
        for path in home.glob(pattern):
            if path not in kept:
                path.unlink()
