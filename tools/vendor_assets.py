"""Put the browser libraries and the font under static/vendor/, from pinned npm archives.

Run ``python -m tools.vendor_assets`` from the project's folder; npm, fonttools and brotli are
needed. The archives are checked against the integrity hashes below before anything is extracted.
Documents and images need the font as TTF files of one weight each: ``tools/static_fonts.py``
makes them from the WOFF2 files extracted here.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.static_fonts import FONT_FILES, write_static_fonts

VENDOR = Path(__file__).resolve().parents[1] / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package, what is taken from it, and where it goes."""

    name: str
    version: str
    integrity: str
    licence: str
    use: str
    folder: str
    #: Path inside the archive (without « package/ ») → file name under ``folder``.
    files: dict[str, str]


FONT = "files/atkinson-hyperlegible-next-{subset}-wght-{style}.woff2"
PACKAGES = (
    Package(
        name="leaflet",
        version="1.9.4",
        integrity="sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
        licence="BSD-2-Clause",
        use="affichage et déplacement de la carte",
        folder="leaflet",
        files={
            "dist/leaflet.js": "leaflet.js",
            "dist/leaflet.css": "leaflet.css",
            "LICENSE": "LICENSE",
        },
    ),
    Package(
        name="topojson-client",
        version="3.1.0",
        integrity="sha512-605uxS6bcYxGXw9qi62XyrV6Q3xwbndjachmNxu8HWTtVPxZfEJN9fd/SZS1Q54Sn2y0TMyMxFj/cJINqGHrKw==",
        licence="ISC",
        use="lecture des contours (TopoJSON)",
        folder="topojson-client",
        files={
            "dist/topojson-client.min.js": "topojson-client.min.js",
            "LICENSE": "LICENSE",
        },
    ),
    Package(
        name="@fontsource-variable/atkinson-hyperlegible-next",
        version="5.3.0",
        integrity="sha512-UnLzNUy1RWoLDfydAatP4NaRm99X/WbQEph7q/PymJnCFIOOwKOx3pBmp5ys8trO0dM+CKGuJgeZP9fAR4mQpA==",
        licence="OFL-1.1",
        use="caractères de l’interface et de la carte",
        folder="atkinson-hyperlegible-next",
        files={
            **{
                FONT.format(subset=subset, style=style): f"{subset}-{style}.woff2"
                for subset, style in (
                    ("latin", "normal"),
                    ("latin", "italic"),
                    ("latin-ext", "normal"),
                )
            },
            "LICENSE": "LICENSE",
        },
    ),
)


def fetch_archive(package: Package, folder: Path) -> Path:
    """Download a package with npm and check its integrity hash."""
    printed = subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = folder / printed.stdout.strip().splitlines()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        sys.exit(f"{package.name}@{package.version}: integrity is sha512-{digest}, nothing written")
    return archive


def extract_files(package: Package, archive: Path) -> list[Path]:
    """Write the wanted files of an archive under static/vendor/, and give their paths."""
    target = VENDOR / package.folder
    target.mkdir(parents=True, exist_ok=True)
    written = []
    with tarfile.open(archive) as tar:
        for source, name in package.files.items():
            member = tar.extractfile(f"package/{source}")
            if member is None:
                sys.exit(f"{package.name}: {source} is not a file of the archive")
            path = target / name
            path.write_bytes(member.read())
            written.append(path)
    return written


def describe(package: Package, written: list[Path]) -> str:
    """Give the French paragraph of VENDORED.md about one package."""
    rows = "\n".join(
        f"| `{path.relative_to(VENDOR).as_posix()}` | {path.stat().st_size} | "
        f"`{hashlib.sha256(path.read_bytes()).hexdigest()}` |"
        for path in written
    )
    return (
        f"## {package.name} {package.version}\n\n"
        f"- Usage : {package.use}\n"
        f"- Licence : {package.licence} (texte dans `{package.folder}/LICENSE`)\n"
        f"- Archive npm : `{package.integrity}`\n\n"
        f"| fichier | octets | sha256 |\n|---|---|---|\n{rows}\n"
    )


def describe_fonts(written: list[Path]) -> str:
    """Give the French paragraph of VENDORED.md about the fonts of documents and images."""
    sources = {path.name: FONT_FILES[path.name].describe() for path in written}
    rows = "\n".join(
        f"| `{path.relative_to(VENDOR).as_posix()}` | {sources[path.name]} | "
        f"{path.stat().st_size} | `{hashlib.sha256(path.read_bytes()).hexdigest()}` |"
        for path in written
    )
    return (
        "## Caractères des documents et des images\n\n"
        "Faits des fichiers WOFF2 ci-dessus par `tools/static_fonts.py` (fontTools) : une graisse "
        "fixe chacun, tracés inchangés. Deux signes absents y sont ajoutés : l’espace fine insécable "
        "(un cinquième de cadratin) et le trait d’union insécable (tracé du trait d’union).\n\n"
        "- Usage : PDF, présentations, images PNG et SVG\n"
        "- Licence : OFL-1.1 (texte dans `atkinson-hyperlegible-next/LICENSE`)\n\n"
        f"| fichier | fait de | octets | sha256 |\n|---|---|---|---|\n{rows}\n"
    )


def main() -> None:
    """Fetch, check and extract every package, make the fonts, then write VENDORED.md."""
    parts = [
        "# Bibliothèques et caractères embarqués\n\n"
        "Rien n’est chargé depuis un autre site : ces fichiers sont servis par l’application.\n"
        "Ils sont extraits sans modification d’archives npm dont l’empreinte est vérifiée "
        "par `python -m tools.vendor_assets`, qui écrit aussi cette page.\n"
    ]
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            archive = fetch_archive(package, Path(folder))
            parts.append(describe(package, extract_files(package, archive)))
    parts.append(describe_fonts(write_static_fonts(VENDOR / "atkinson-hyperlegible-next")))
    (VENDOR / "VENDORED.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
