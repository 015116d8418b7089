"""Rebuild the search index alone: ``python -m tools.build_search``.

It is made from the directory already built and from the reference packages; the whole build
(``tools.build_boundaries``) makes the same one. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from territoires import settings
from territoires.errors import TerritoiresError
from territoires.tables.boundaries import read_manifest
from territoires.tables.directory import read_directory
from tools.boundaries import outputs, sources
from tools.boundaries.reference import build_reference
from tools.boundaries.search_index import build_index


def main(arguments: list[str] | None = None) -> int:
    """Run the build; a refusal is told in French and gives the exit code 1."""
    cache = _parser().parse_args(arguments).cache
    try:
        tables = sources.reference_tables(sources.obtain(sources.REFERENCE, cache))
        history = sources.history_table(sources.obtain(sources.HISTORY, cache))
        reference = build_reference(tables)
        content, names = build_index(read_directory(), reference, tables["communes"], history)
        contents = replace_index(read_manifest(), content, names)
    except TerritoiresError as error:
        print(error, file=sys.stderr)
        return 1
    outputs.write_all(settings.HOME, contents)
    size = outputs.describe(content, names)["gzip_bytes"]
    line = (
        f"{outputs.search_path(content)} : {names:,} noms, {len(content):,} octets ({size:,} gzip)."
    )
    print(line.replace(",", " "))
    return 0


def replace_index(manifest: dict[str, Any], content: bytes, names: int) -> dict[str, bytes]:
    """Put the index in the place of the former one; the other files of the manifest stay."""
    path = outputs.search_path(content)
    former = f"{outputs.SEARCH_FOLDER}/"
    files = {name: e for name, e in manifest["files"].items() if not name.startswith(former)}
    files[path] = outputs.describe(content, names)
    text = outputs.manifest(
        sources.describe(), manifest["contours"], manifest["topojson"], Path(path).name, files
    )
    return {path: content, outputs.MANIFEST: text}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.build_search",
        description="Reconstruit l’index de la recherche à partir de l’annuaire.",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=settings.HOME / ".cache" / "sources",
        help="dossier des paquets d’origine (téléchargés s’ils n’y sont pas)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
