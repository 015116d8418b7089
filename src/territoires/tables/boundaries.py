"""The boundary files, read only after their content has been checked against the manifest."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

from territoires import settings
from territoires.domain.territories import Level
from territoires.errors import DataFileError

if TYPE_CHECKING:
    from pathlib import Path

    from geopandas import GeoDataFrame

_FILES = {
    Level.REGION: "regions.parquet",
    Level.DEPARTEMENT: "departements.parquet",
    Level.EPCI: "epci.parquet",
    Level.COMMUNE: "communes.parquet",
}


def read_manifest() -> dict[str, Any]:
    """Read the list of the produced files: their hashes, sizes and sources.

    Raises
    ------
    DataFileError
        When the manifest is missing or is not the JSON object expected.
    """
    path = settings.GEO / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not (isinstance(manifest["files"], dict) and isinstance(manifest["topojson"], dict)):
            raise TypeError("« files » et « topojson » doivent être des objets")
    except FileNotFoundError as error:
        raise _missing(path) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFileError(
            f"{_name(path)} est illisible : liste des fichiers (JSON) attendue.",
            remedy=_remedy(path),
            details=(str(error)[:200],),
        ) from error
    return dict(manifest)


def read_checked(path: Path) -> bytes:
    """Read a file of the manifest whole, once; its size and sha256 must be those written there.

    Raises
    ------
    DataFileError
        When the file is missing, unlisted, truncated or altered.
    """
    name = _name(path)
    entry = read_manifest()["files"].get(name)
    if entry is None:
        raise DataFileError(
            f"{name} n’est pas décrit dans data/geo/manifest.json.", remedy=_remedy(path)
        )
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise _missing(path) from error
    except OSError as error:
        raise DataFileError(
            f"{name} ne peut pas être lu.", remedy=_remedy(path), details=(str(error)[:200],)
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != entry["sha256"]:
        state = "tronqué" if len(content) < entry["bytes"] else "modifié"
        raise DataFileError(
            f"{name} est {state} : ce n’est pas le fichier décrit dans data/geo/manifest.json.",
            remedy=_remedy(path),
            details=(
                f"attendu : {entry['bytes']} octets, sha256 {entry['sha256']}",
                f"trouvé : {len(content)} octets, sha256 {found}",
            ),
        )
    return content


def read_boundaries(level: Level) -> GeoDataFrame:
    """Read the true boundaries of a level (EPSG:4326), one row per territory in code order.

    Columns: code, name, region_code, departement_code, epci_code (communes only), population,
    longitude, latitude (a point inside), point_source (« mairie » or « interieur »), geometry.

    Raises
    ------
    DataFileError
        When the file is missing, truncated or altered.
    KeyError
        When the level has no boundaries of its own (the whole country).
    """
    import geopandas as gpd  # noqa: PLC0415 - costs half a second, spared to pages without a map

    return gpd.read_parquet(io.BytesIO(read_checked(settings.GEO / _FILES[level])))


def read_outlines(level: Level) -> dict[str, bytes]:
    """Read the same boundaries alone, as WKB by code: a fifth of the memory, no GeoDataFrame.

    Raises
    ------
    DataFileError
        When the file is missing, truncated or altered.
    KeyError
        When the level has no boundaries of its own (the whole country).
    """
    from pyarrow import parquet  # noqa: PLC0415 - spared to pages without a map

    content = io.BytesIO(read_checked(settings.GEO / _FILES[level]))
    table = parquet.read_table(content, columns=["code", "geometry"])
    codes, shapes = table["code"].to_pylist(), table["geometry"].to_pylist()
    return dict(zip(codes, shapes, strict=True))


def topojson_name(level: Level, departement: str | None = None) -> str:
    """Give the name, which holds a hash, of the file drawn by the browser for a level.

    The communes of one département have a file of their own, with their names inside and the
    same arcs as the national one. The overseas collectivities are not drawn.

    Raises
    ------
    DataFileError
        When the manifest knows no such drawing.
    """
    drawing = str(level) if departement is None else f"{level}-{departement}"
    name = read_manifest()["topojson"].get(drawing)
    if not isinstance(name, str):
        raise DataFileError(
            f"data/geo/manifest.json ne donne pas de carte pour « {drawing} ».",
            remedy="Lancez `make data`.",
        )
    return name


def topojson_path(level: Level, departement: str | None = None) -> Path:
    """Give the path of the file drawn by the browser, once sure that it is there and intact.

    Raises
    ------
    DataFileError
        When the file is missing, truncated or altered, or when there is no such drawing.
    """
    path = settings.STATIC / "geo" / topojson_name(level, departement)
    read_checked(path)
    return path


def _name(path: Path) -> str:
    """Name a file as the manifest and the messages do: « data/geo/regions.parquet »."""
    if path.is_relative_to(settings.STATIC):
        return f"static/{path.relative_to(settings.STATIC).as_posix()}"
    return f"data/geo/{path.name}"


def _missing(path: Path) -> DataFileError:
    return DataFileError(f"{_name(path)} est absent.", remedy=_remedy(path))


def _remedy(path: Path) -> str:
    return (
        "Lancez `make data` pour le reconstruire, ou récupérez le fichier d’origine "
        f"(git checkout -- {_name(path)})."
    )
