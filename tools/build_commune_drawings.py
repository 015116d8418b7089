"""Rebuild the drawings of communes by département alone: ``python -m tools.build_commune_drawings``.

They are cut out of the national drawing already built; the whole build
(``tools.build_boundaries``) makes the same ones. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from territoires import settings
from territoires.domain.territories import Level
from territoires.errors import TerritoiresError
from territoires.tables.boundaries import read_checked, read_manifest, topojson_path
from tools.boundaries import outputs
from tools.boundaries.subset import Drawing, draw_departements


def main(arguments: list[str] | None = None) -> int:
    """Run the build; a refusal is told in French and gives the exit code 1."""
    argparse.ArgumentParser(
        prog="python -m tools.build_commune_drawings",
        description="Redécoupe par département le TopoJSON national des communes.",
    ).parse_args(arguments)
    try:
        path = topojson_path(Level.COMMUNE)
        topology = json.loads(read_checked(path))
        names = json.loads(read_checked(path.with_name(topology["names"])))
        drawings = draw_departements(topology, names)
        contents = replace_drawings(read_manifest(), drawings)
    except TerritoiresError as error:
        print(error, file=sys.stderr)
        return 1
    outputs.write_all(settings.HOME, contents)
    files = json.loads(contents[outputs.MANIFEST])["files"]
    sizes = [files[drawing.path]["gzip_bytes"] for drawing in drawings]
    line = f"{len(sizes)} fichiers : {sum(sizes):,} octets (gzip) – {max(sizes):,} au plus."
    print(line.replace(",", " "))
    return 0


def replace_drawings(manifest: dict[str, Any], drawings: list[Drawing]) -> dict[str, bytes]:
    """Put the drawings in the place of the former ones; the rest of the manifest stays."""
    former = {key for key in manifest["topojson"] if key.startswith("commune-")}
    gone = {f"static/geo/{manifest['topojson'][key]}" for key in former}
    files = {name: entry for name, entry in manifest["files"].items() if name not in gone}
    names = {key: name for key, name in manifest["topojson"].items() if key not in former}
    for drawing in drawings:
        files[drawing.path] = outputs.describe(drawing.content, drawing.features)
        names[drawing.key] = drawing.name
    text = outputs.manifest(
        manifest["sources"], manifest["contours"], names, manifest["search"], files
    )
    return {**{drawing.path: drawing.content for drawing in drawings}, outputs.MANIFEST: text}


if __name__ == "__main__":
    sys.exit(main())
