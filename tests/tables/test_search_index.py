"""The search index as shipped, and what happens when it is not the file expected."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.errors import DataFileError
from territoires.tables.boundaries import read_manifest
from territoires.tables.search_index import (
    AliasKind,
    Place,
    SearchTable,
    read_search_table,
    search_index_path,
)

LIGHT = 600_000


@cache
def table() -> SearchTable:
    return read_search_table()


@cache
def places() -> dict[str, Place]:
    return {str(place.id): place for place in table().places}


def test_it_tells_of_every_territory_what_the_directory_does(directory: Directory) -> None:
    assert len(table().places) == len(places()) == len(directory.frame)
    for place in table().places:
        known = directory.get(place.id)
        assert (place.name, place.population) == (known.name, known.population)
        assert place.postcodes == known.postcodes
        if place.id.level is not Level.REGION:
            assert place.departement_code == known.departement_code
        if place.id.level in (Level.REGION, Level.DEPARTEMENT):
            assert place.region_code == (known.region_code or "")


def test_sirens_are_whole() -> None:
    for place in table().places:
        if place.siren:
            doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(place.siren)]
            assert len(place.siren) == 9
            assert sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
    assert places()["commune-01001"].siren == "210100012"
    assert places()["commune-2A004"].siren == "212000046"
    assert places()["commune-87028"].siren == "200083657"
    assert places()["epci-200067981"].siren == "200067981"
    assert places()["commune-97502"].siren == ""
    without = [p for p in table().places if p.id.level is Level.COMMUNE and not p.siren]
    assert len(without) == 94


def test_overseas_collectivities_are_departements_without_region() -> None:
    overseas = {
        place.id.code: place.population
        for place in table().places
        if place.id.level is Level.DEPARTEMENT and not place.region_code
    }
    assert set(overseas) == {"975", "977", "978", "984", "986", "987", "988", "989"}
    assert {code for code, people in overseas.items() if people is None} == {"984", "989"}
    assert places()["commune-97502"].departement_code == "975"


def test_former_names_and_codes_lead_to_the_commune_of_today() -> None:
    known = {(a.name, a.code, str(a.target), a.kind) for a in table().aliases}
    assert {
        ("Bussière-Boffy", "87026", "commune-87097", AliasKind.COMMUNE),
        ("Bussière-Poitevine", "", "commune-87028", AliasKind.COMMUNE),
        ("Coupy", "01126", "commune-01033", AliasKind.COMMUNE),
        ("Colleville-sur-Orne", "", "commune-14166", AliasKind.NAME),
        ("Argenteuil", "78018", "commune-95018", AliasKind.CODE),
        ("Paris 14e Arrondissement", "75114", "commune-75056", AliasKind.ARRONDISSEMENT),
        ("Lorraine", "", "region-44", AliasKind.REGION),
        ("Grand Lyon", "", "epci-200046977", AliasKind.USAGE),
    } <= known


def test_aliases_are_sound() -> None:
    kinds = Counter(alias.kind for alias in table().aliases)
    assert kinds[AliasKind.ARRONDISSEMENT] == 45
    assert kinds[AliasKind.COMMUNE] > 4000
    assert min(kinds.values()) > 5
    codes = {place.id.code for place in table().places if place.id.level is Level.COMMUNE}
    for alias in table().aliases:
        assert str(alias.target) in places()
        assert alias.name.strip() == alias.name != ""
        assert alias.code not in codes
        assert "'" not in alias.name


def test_it_is_light_and_named_after_its_content() -> None:
    path = search_index_path()
    content = path.read_bytes()
    assert len(gzip.compress(content, 6, mtime=0)) <= LIGHT
    assert path.name.split(".")[1] == hashlib.sha256(content).hexdigest()[:10]
    entry = read_manifest()["files"][f"static/search/{path.name}"]
    assert entry["features"] == len(table().places) + len(table().aliases)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the index and of the manifest, which a test may damage."""
    (tmp_path / "data" / "geo").mkdir(parents=True)
    shutil.copy(settings.GEO / "manifest.json", tmp_path / "data" / "geo")
    shutil.copytree(settings.STATIC / "search", tmp_path / "static" / "search")
    monkeypatch.setattr(settings, "GEO", tmp_path / "data" / "geo")
    monkeypatch.setattr(settings, "STATIC", tmp_path / "static")
    return tmp_path


@pytest.mark.usefixtures("copy")
def test_a_missing_or_altered_index_is_named() -> None:
    path = search_index_path()
    path.write_bytes(path.read_bytes().replace(b"Rennes", b"Rannes", 1))
    with pytest.raises(DataFileError, match=rf"static/search/{path.name} est modifié"):
        read_search_table()
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(DataFileError, match="tronqué") as caught:
        read_search_table()
    assert f"git checkout -- static/search/{path.name}" in caught.value.remedy
    path.unlink()
    with pytest.raises(DataFileError, match="est absent"):
        search_index_path()


def test_a_manifest_without_index_is_told(copy: Path) -> None:
    path = copy / "data" / "geo" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "search": 3}), encoding="utf-8")
    with pytest.raises(DataFileError, match="index de recherche"):
        search_index_path()


@pytest.mark.parametrize("content", ["[]", "{}", '{"format": 2}', "null", "{", '{"format": 1}'])
def test_another_format_is_refused(copy: Path, content: str) -> None:
    path = search_index_path()
    path.write_text(content, encoding="utf-8")
    place = copy / "data" / "geo" / "manifest.json"
    manifest = json.loads(place.read_text(encoding="utf-8"))
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    manifest["files"][f"static/search/{path.name}"] = {"sha256": sha256, "bytes": len(content)}
    place.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(DataFileError, match="n’est pas l’index de recherche attendu"):
        read_search_table()


def test_an_identifier_is_typed() -> None:
    assert table().places[0].id == TerritoryId(Level.REGION, "01")
