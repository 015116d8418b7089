"""Rebuild every boundary file from the pinned packages: ``python -m tools.build_boundaries``.

Nothing is written before everything has been built and checked; two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path
from typing import Any

import geopandas as gpd

from territoires import settings
from territoires.errors import TerritoiresError
from tools.boundaries import assembly, contours, coverage, outputs, sources, subset, topojson
from tools.boundaries.reference import Reference, build_reference
from tools.boundaries.search_index import build_index


def main(arguments: list[str] | None = None) -> int:
    """Run the build; a refusal is told in French and gives the exit code 1."""
    options = _parser().parse_args(arguments)
    start = time.perf_counter()
    try:
        contents = build(options.cache, options.contours)
        outputs.write_all(options.home, contents)
    except TerritoiresError as error:
        print(error, file=sys.stderr)
        return 1
    for name, content in contents.items():
        print(f"{name} : {len(content):,} octets".replace(",", " "))
    print(f"Contours reconstruits en {time.perf_counter() - start:.0f} s.")
    return 0


def build(cache: Path, contour_files: list[Path]) -> dict[str, bytes]:
    """Build the content of every file, by path relative to the project; the manifest comes last."""
    tables = sources.reference_tables(sources.obtain(sources.REFERENCE, cache))
    reference = build_reference(tables)
    history = sources.history_table(sources.obtain(sources.HISTORY, cache))
    table = contours.read_wheel_table(
        sources.contours_table(sources.obtain(sources.CONTOURS, cache))
    )
    if contour_files:
        raw = contours.contours_from_files(contour_files, reference)
    else:
        raw = contours.contours_from_wheel(table, reference)
    codes, communes = coverage.clean_communes(raw)
    frames = assembly.boundaries(reference, codes, communes, table.town_halls)
    return _contents(reference, frames, tables["communes"], history, _origin(contour_files))


def _contents(
    reference: Reference,
    frames: dict[str, gpd.GeoDataFrame],
    communes: list[dict[str, Any]],
    history: list[dict[str, Any]],
    origin: dict[str, Any],
) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    files: dict[str, dict[str, Any]] = {}
    names: dict[str, str] = {}

    def add(name: str, content: bytes, features: int) -> None:
        contents[name] = content
        files[name] = outputs.describe(content, features)

    for level, frame in frames.items():
        add(f"data/geo/{outputs.PLURALS[level]}.parquet", outputs.geoparquet(frame), len(frame))
        detail = topojson.DETAILS[level]
        drawn = topojson.simplify(assembly.composed(frame, level), detail)
        document = topojson.topology(drawn, assembly.attributes(frame, level), detail)
        if level == assembly.NAMES_APART:
            # 300 KB that the first drawing does without: the browser asks for them afterwards.
            listed = outputs.name_list(frame)
            document["names"] = outputs.hashed_name(f"{level}-noms", listed)
            add(f"static/geo/{document['names']}", listed, len(frame))
            for drawing in subset.draw_departements(document, frame["name"].to_list()):
                names[drawing.key] = drawing.name
                add(drawing.path, drawing.content, drawing.features)
        content = topojson.to_bytes(document)
        names[level] = outputs.hashed_name(level, content)
        add(f"static/geo/{names[level]}", content, len(frame))
    directory = assembly.directory(reference, frames)
    add("data/geo/directory.parquet", outputs.parquet(directory), len(directory))
    index, searched = build_index(directory, reference, communes, history)
    search = outputs.search_path(index)
    add(search, index, searched)
    contents[outputs.MANIFEST] = outputs.manifest(
        sources.describe(), origin, names, Path(search).name, files
    )
    return contents


def _origin(contour_files: list[Path]) -> dict[str, Any]:
    """Tell in the manifest where the contours come from."""
    if not contour_files:
        return {"origin": f"{sources.CONTOURS.name} {sources.CONTOURS.version}"}
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in contour_files}
    return {"origin": "fichiers fournis par --contours", "sha256": hashes}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.build_boundaries",
        description="Reconstruit contours, annuaire, TopoJSON et index de la recherche.",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=settings.HOME / ".cache" / "sources",
        help="dossier des paquets d’origine (téléchargés s’ils n’y sont pas)",
    )
    parser.add_argument(
        "--contours",
        type=Path,
        nargs="+",
        default=[],
        metavar="FICHIER",
        help="contours officiels des communes (GeoJSON, WGS 84), à la place de ceux du paquet",
    )
    parser.add_argument(
        "--home", type=Path, default=settings.HOME, help="dossier qui contient data/ et static/"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
