"""The boundary files as shipped, and what happens when one is not the file expected."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from territoires import settings
from territoires.analysis.composition import INSETS, map_bounds, to_map_points
from territoires.domain.directory import Directory
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.errors import DataFileError
from territoires.tables.boundaries import (
    read_boundaries,
    read_manifest,
    topojson_name,
    topojson_path,
)

COUNTS = {Level.REGION: 18, Level.DEPARTEMENT: 101, Level.EPCI: 1255, Level.COMMUNE: 34875}
LEVELS = list(COUNTS)
GZIP_LIMITS = {
    Level.REGION: 80_000,
    Level.DEPARTEMENT: 200_000,
    Level.EPCI: 900_000,
    Level.COMMUNE: 1_600_000,
}
#: Of the communes of one département, and of the 101 files together.
GZIP_DEPARTEMENT, GZIP_DEPARTEMENTS = 60_000, 2_500_000
PARENTS = {Level.DEPARTEMENT: "region_code", Level.EPCI: "departement_code"}
COMMUNES_BY_REGION = (
    "01 32 02 34 03 22 04 24 06 17 11 1266 24 1754 27 3685 28 2644 32 3782 44 5115 "
    "52 1228 53 1202 75 4293 76 4446 84 4025 93 946 94 360"
)


@cache
def boundaries(level: Level) -> gpd.GeoDataFrame:
    return read_boundaries(level)


def departement_files() -> dict[str, str]:
    """Give the drawing of communes of each département, by code."""
    return {
        key.removeprefix("commune-"): name
        for key, name in read_manifest()["topojson"].items()
        if key.startswith("commune-")
    }


@cache
def document(level: Level) -> dict[str, Any]:
    return json.loads(topojson_path(level).read_text(encoding="utf-8"))


def names(level: Level) -> list[str]:
    """Read the names of a drawing: in it, or for communes in the file it points to."""
    drawing = document(level)
    if level is Level.COMMUNE:
        path = topojson_path(level).with_name(drawing["names"])
        entry = read_manifest()["files"][f"static/geo/{path.name}"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
        return json.loads(path.read_text(encoding="utf-8"))
    return [g["properties"]["n"] for g in drawing["objects"]["territories"]["geometries"]]


def decode(topology: dict[str, Any], name: str) -> np.ndarray:
    """Decode one object of a TopoJSON into polygons, in map kilometres."""
    scale = np.array(topology["transform"]["scale"])
    origin = np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> np.ndarray:
        pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])

    shapes = []
    for geometry in topology["objects"][name]["geometries"]:
        one = geometry["type"] == "Polygon"
        polygons = [geometry["arcs"]] if one else geometry["arcs"]
        parts = [[ring(numbers) for numbers in rings] for rings in polygons]
        assert all((points[0] == points[-1]).all() for rings in parts for points in rings)
        assert all(len(points) >= 4 for rings in parts for points in rings)
        shapes.append(shapely.multipolygons([shapely.Polygon(r[0], r[1:]) for r in parts]))
    return np.array(shapes)


@cache
def drawn(level: Level) -> np.ndarray:
    return decode(document(level), "territories")


@pytest.mark.parametrize("level", LEVELS)
def test_true_boundaries(level: Level) -> None:
    frame = boundaries(level)
    assert len(frame) == COUNTS[level]
    assert frame.crs.to_epsg() == 4326
    assert frame["code"].is_unique
    assert frame["code"].is_monotonic_increasing
    shapes = frame.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert not shapely.is_empty(shapes).any()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.contains_xy(shapes, frame["longitude"], frame["latitude"]).all()
    assert set(frame["point_source"]) <= {"mairie", "interieur"}
    assert frame["population"].sum() == (
        68_350_798
        if level != Level.EPCI
        else boundaries(Level.COMMUNE).dropna(subset="epci_code")["population"].sum()
    )


def test_hierarchy() -> None:
    communes = boundaries(Level.COMMUNE)
    for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI):
        codes = set(boundaries(level)["code"])
        assert set(communes[f"{level}_code"].dropna()) == codes
    orphans = communes.loc[communes["epci_code"].isna(), "code"]
    assert orphans.to_list() == ["22016", "29083", "29155", "85113"]
    words = COMMUNES_BY_REGION.split()
    expected = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    assert communes.groupby("region_code").size().to_dict() == expected


def test_levels_are_nested() -> None:
    region = boundaries(Level.REGION).set_index("code").geometry["53"]
    inside = boundaries(Level.DEPARTEMENT).query("region_code == '53'")
    assert shapely.coverage_union_all(inside.geometry.to_numpy()).equals(region)


def test_most_communes_are_at_their_town_hall() -> None:
    assert (boundaries(Level.COMMUNE)["point_source"] == "mairie").mean() > 0.9


@pytest.mark.parametrize("level", LEVELS)
def test_drawn_territories_are_those_of_the_table(level: Level) -> None:
    frame, geometries = boundaries(level), document(level)["objects"]["territories"]["geometries"]
    assert [g["id"] for g in geometries] == frame["code"].to_list()
    assert names(level) == frame["name"].to_list()
    if level == Level.REGION:
        assert all(set(g["properties"]) == {"n"} for g in geometries)
    else:
        parents = frame[PARENTS.get(level, "departement_code")].to_list()
        assert [g["properties"]["p"] for g in geometries] == parents


@pytest.mark.parametrize("level", LEVELS)
def test_no_drawn_territory_is_degenerate(level: Level) -> None:
    assert (shapely.area(drawn(level)) > 0).all()
    west, south, east, north = map_bounds()
    x0, y0, x1, y1 = shapely.total_bounds(drawn(level))
    assert west < x0 < x1 < east
    assert south < y0 < y1 < north
    # Rounding to the grid makes a ring touch itself now and then: rare, and invisible.
    assert (~shapely.is_valid(drawn(level))).mean() < 1e-2


@pytest.mark.parametrize("level", LEVELS)
def test_borders_are_drawn_once(level: Level) -> None:
    """Every arc belongs to one territory (coast) or two, one on each side."""
    used: dict[int, list[int]] = {}

    def walk(arcs: Any) -> None:
        for item in arcs:
            if isinstance(item, list):
                walk(item)
            else:
                used.setdefault(max(item, ~item), []).append(item)

    for name in ("territories", "insets"):
        for geometry in document(level)["objects"][name]["geometries"]:
            walk(geometry["arcs"])
    assert set(used) == set(range(len(document(level)["arcs"])))
    odd = [n for n in used.values() if len(n) != 1 and sorted(n) != [~max(n), max(n)]]
    # The grid may close a corridor of a few metres: its two banks, four sides, are then one arc.
    assert len(odd) <= 2


@pytest.mark.parametrize("level", [Level.REGION, Level.DEPARTEMENT, Level.EPCI])
def test_drawings_leave_no_gap(level: Level) -> None:
    """The only holes of the country are Llívia, and the four islands without EPCI at most."""
    country = shapely.union_all(shapely.make_valid(drawn(level)))
    holes = [
        shapely.area(shapely.Polygon(ring))
        for part in shapely.get_parts(country)
        for ring in part.interiors
    ]
    assert [round(hole) for hole in holes if hole > 0.05] == [13]


@pytest.mark.parametrize("level", LEVELS)
def test_points_fall_in_their_drawing(level: Level) -> None:
    frame = boundaries(level)
    codes = frame["departement_code"].to_numpy(dtype=object)
    if level == Level.REGION:
        overseas = {inset.region_code: inset.departement_code for inset in INSETS}
        codes = frame["code"].map(overseas).fillna("75").to_numpy(dtype=object)
    x, y = to_map_points(frame["longitude"], frame["latitude"], codes)
    apart = shapely.distance(shapely.make_valid(drawn(level)), shapely.points(x, y))
    # Simplified coasts may move away from a town hall on the quay, by a pixel or two.
    assert (apart == 0).mean() > 0.99
    assert apart.max() < 1.5


@pytest.mark.parametrize("level", LEVELS)
def test_inset_frames_are_drawn(level: Level) -> None:
    frames = decode(document(level), "insets")
    captions = [g["properties"]["n"] for g in document(level)["objects"]["insets"]["geometries"]]
    assert captions == [inset.name for inset in INSETS]
    expected = [inset.frame for inset in INSETS]
    assert shapely.bounds(frames) == pytest.approx(np.array(expected), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_drawings_are_light(level: Level) -> None:
    content = topojson_path(level).read_bytes()
    size = len(gzip.compress(content, 6, mtime=0))
    assert size <= GZIP_LIMITS[level]
    entry = read_manifest()["files"][f"static/geo/{topojson_name(level)}"]
    assert (entry["bytes"], entry["features"]) == (len(content), COUNTS[level])
    assert entry["gzip_bytes"] == pytest.approx(size, rel=0.02)
    assert topojson_name(level).split(".")[1] == entry["sha256"][:10]


def test_each_departement_has_its_communes_drawn(directory: Directory) -> None:
    departements = [d.code for d in directory.children(FRANCE, Level.DEPARTEMENT)]
    drawings = read_manifest()["topojson"]
    assert {d for d in drawings if "-" in d} == {f"commune-{code}" for code in departements}
    for code in departements:
        communes = directory.children(TerritoryId(Level.DEPARTEMENT, code), Level.COMMUNE)
        drawing = json.loads(topojson_path(Level.COMMUNE, code).read_bytes())
        geometries = drawing["objects"]["territories"]["geometries"]
        assert [g["id"] for g in geometries] == [c.code for c in communes]
        assert {g["properties"]["p"] for g in geometries} == {code}
        assert [g["properties"]["n"] for g in geometries] == [
            directory.get(c).name for c in communes
        ]


@pytest.mark.parametrize("code", ["01", "2A", "75", "974"])
def test_a_departement_is_drawn_as_on_the_national_map(code: str) -> None:
    drawing = json.loads(topojson_path(Level.COMMUNE, code).read_bytes())
    rows = (boundaries(Level.COMMUNE)["departement_code"] == code).to_numpy()
    assert drawing["transform"] == document(Level.COMMUNE)["transform"]
    assert shapely.equals_identical(
        decode(drawing, "territories"), drawn(Level.COMMUNE)[rows]
    ).all()


def test_only_an_overseas_departement_brings_its_frame() -> None:
    frames = {
        code: [g["properties"]["n"] for g in drawing["objects"]["insets"]["geometries"]]
        for code in departement_files()
        if "insets"
        in (drawing := json.loads(topojson_path(Level.COMMUNE, code).read_bytes()))["objects"]
    }
    assert frames == {inset.departement_code: [inset.name] for inset in INSETS}


def test_drawings_by_departement_are_light() -> None:
    files, sizes = read_manifest()["files"], []
    for code, name in departement_files().items():
        entry, content = (
            files[f"static/geo/{name}"],
            topojson_path(Level.COMMUNE, code).read_bytes(),
        )
        assert entry["bytes"] == len(content)
        assert name == f"communes-{code}.{entry['sha256'][:10]}.json"
        sizes.append(len(gzip.compress(content, 6, mtime=0)))
    assert max(sizes) <= GZIP_DEPARTEMENT
    assert sum(sizes) <= GZIP_DEPARTEMENTS
    assert sum(files[f"static/geo/{n}"]["features"] for n in departement_files().values()) == 34875


def test_no_drawing_of_a_former_build_is_left() -> None:
    listed = {name for name in read_manifest()["files"] if name.startswith("static/geo/")}
    assert {f"static/geo/{p.name}" for p in (settings.STATIC / "geo").glob("*.json")} == listed


@pytest.mark.parametrize("code", ["", "00", "975", "noms", "../communes", "2a"])
def test_a_departement_without_drawing_is_refused(code: str) -> None:
    with pytest.raises(DataFileError, match="ne donne pas de carte"):
        topojson_path(Level.COMMUNE, code)


def test_an_altered_departement_is_refused(copy: Path) -> None:
    path = copy / "static" / "geo" / topojson_name(Level.COMMUNE, "90")
    with pytest.raises(DataFileError, match=r"static/geo/communes-90\..*absent"):
        topojson_path(Level.COMMUNE, "90")
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(DataFileError, match=rf"static/geo/{path.name} est tronqué"):
        topojson_path(Level.COMMUNE, "90")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the light files, which a test may damage."""
    (tmp_path / "data" / "geo").mkdir(parents=True)
    (tmp_path / "static" / "geo").mkdir(parents=True)
    for name in ("manifest.json", "regions.parquet"):
        shutil.copy(settings.GEO / name, tmp_path / "data" / "geo")
    shutil.copy(topojson_path(Level.REGION), tmp_path / "static" / "geo")
    monkeypatch.setattr(settings, "GEO", tmp_path / "data" / "geo")
    monkeypatch.setattr(settings, "STATIC", tmp_path / "static")
    return tmp_path


def test_only_the_file_asked_for_is_read(copy: Path) -> None:
    assert len(read_boundaries(Level.REGION)) == 18
    assert topojson_path(Level.REGION).parent == copy / "static" / "geo"
    with pytest.raises(DataFileError, match=r"data/geo/communes\.parquet est absent") as caught:
        read_boundaries(Level.COMMUNE)
    assert "make data" in caught.value.remedy
    assert "git checkout -- data/geo/communes.parquet" in caught.value.remedy


def test_truncated_file(copy: Path) -> None:
    path = copy / "data" / "geo" / "regions.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DataFileError, match=r"data/geo/regions\.parquet est tronqué") as caught:
        read_boundaries(Level.REGION)
    assert any("attendu" in line for line in caught.value.details)


def test_altered_file(copy: Path) -> None:
    path = copy / "static" / "geo" / topojson_name(Level.REGION)
    path.write_bytes(path.read_bytes().replace(b"Bretagne", b"Bretogne"))
    with pytest.raises(DataFileError, match=rf"static/geo/{path.name} est modifié"):
        topojson_path(Level.REGION)


def test_missing_drawing(copy: Path) -> None:
    (copy / "static" / "geo" / topojson_name(Level.REGION)).unlink()
    with pytest.raises(DataFileError, match=r"static/geo/regions.*absent"):
        topojson_path(Level.REGION)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": [], "topojson": {}}', "\ufeff{"])
def test_broken_manifest(copy: Path, content: str) -> None:
    (copy / "data" / "geo" / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"data/geo/manifest\.json"):
        read_boundaries(Level.REGION)


def test_missing_manifest(copy: Path) -> None:
    (copy / "data" / "geo" / "manifest.json").unlink()
    with pytest.raises(DataFileError, match=r"data/geo/manifest\.json est absent"):
        topojson_name(Level.REGION)


def test_incomplete_manifest(copy: Path) -> None:
    path = copy / "data" / "geo" / "manifest.json"
    path.write_text('{"files": {}, "topojson": {}}', encoding="utf-8")
    with pytest.raises(DataFileError, match="pas décrit"):
        read_boundaries(Level.REGION)
    with pytest.raises(DataFileError, match="region"):
        topojson_name(Level.REGION)


def test_the_country_has_no_boundaries_of_its_own() -> None:
    with pytest.raises(KeyError):
        read_boundaries(Level.PAYS)
