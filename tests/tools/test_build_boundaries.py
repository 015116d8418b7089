"""The boundary build, on small invented territories; the shipped files have their own tests."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.analysis.composition import map_bounds
from territoires.errors import DataFileError
from tools import build_boundaries
from tools.boundaries import contours, coverage, outputs, sources, topojson
from tools.boundaries.arc_order import order_arcs, renumber
from tools.boundaries.reference import Reference, build_reference

FINE = topojson.Detail(tolerance=0.0, grid=0.01, islet=0.0)
WEST, SOUTH, _, _ = map_bounds()


def squares(columns: int, rows: int, side: float = 1.0, origin: float = 0.0) -> np.ndarray:
    return np.array(
        [
            shapely.box(
                origin + x * side,
                origin + y * side,
                origin + (x + 1) * side,
                origin + (y + 1) * side,
            )
            for x in range(columns)
            for y in range(rows)
        ]
    )


def reference(codes: list[str]) -> Reference:
    communes = pd.DataFrame({"code": codes, "kind": None})
    empty = pd.DataFrame()
    return Reference(communes, empty, empty, empty, successors={})


def decode(document: dict[str, Any]) -> np.ndarray:
    """Decode the territories back to polygons, in map kilometres."""
    grid = document["transform"]["scale"][0]
    arcs = [np.cumsum(arc, axis=0) * grid + (WEST, SOUTH) for arc in document["arcs"]]

    def ring(numbers: list[int]) -> np.ndarray:
        return np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers])

    return np.array(
        [
            shapely.multipolygons(
                [
                    shapely.Polygon(ring(p[0]), [ring(hole) for hole in p[1:]])
                    for p in ([g["arcs"]] if g["type"] == "Polygon" else g["arcs"])
                ]
            )
            for g in document["objects"]["territories"]["geometries"]
        ]
    )


def attributes(count: int) -> list[tuple[str, dict[str, str]]]:
    return [(f"{i:02}", {"n": f"Lieu {i}"}) for i in range(count)]


# Sources


def test_hashes_are_checked(tmp_path: Path) -> None:
    content = b"abc"
    sha512 = base64.b64encode(hashlib.sha512(content).digest()).decode()
    sources.check_hash("essai", content, hashlib.sha256(content).hexdigest(), sha512)
    with pytest.raises(DataFileError, match="essai : l’empreinte") as caught:
        sources.check_hash("essai", b"abd", hashlib.sha256(content).hexdigest(), sha512)
    assert len(caught.value.details) == 2
    (tmp_path / sources.REFERENCE.filename).write_bytes(content)
    with pytest.raises(DataFileError, match=sources.REFERENCE.filename):
        sources.obtain(sources.REFERENCE, tmp_path)


def test_a_failed_download_is_told(tmp_path: Path) -> None:
    package = sources.Package("rien", "1", "rien.tgz", "", None, ("false",))
    with pytest.raises(DataFileError, match="rien 1 n’a pas pu être téléchargé"):
        sources.obtain(package, tmp_path / "cache")


def test_the_command_refuses_in_french_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache, home = tmp_path / "cache", tmp_path / "home"
    cache.mkdir()
    for package in (sources.CONTOURS, sources.REFERENCE):
        (cache / package.filename).write_bytes(b"autre chose")
    assert build_boundaries.main(["--cache", str(cache), "--home", str(home)]) == 1
    assert "empreinte" in capsys.readouterr().err
    assert not home.exists()


def test_a_reference_of_another_year_is_refused() -> None:
    commune = {
        "code": "01001",
        "nom": "Ici",
        "departement": "01",
        "region": "84",
        "zone": "metro",
        "type": "commune-actuelle",
        "population": 10,
    }
    epci = {"code": "200000001", "nom": "CC", "type": "CC", "membres": [{"code": "01001"}]}
    place = {"nom": "Là", "zone": "metro", "region": "84"}
    tables = {
        "communes": [commune],
        "epci": [epci],
        "departements": [{**place, "code": "01"}],
        "regions": [{**place, "code": "84"}],
    }
    with pytest.raises(DataFileError, match="COG 2026") as caught:
        build_reference(tables)
    assert "commune : 1 trouvés, 34875 attendus" in caught.value.details


# Official contours


def collection(codes: list[str], key: str) -> str:
    shapes = squares(len(codes), 1)
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {key: code},
                    "geometry": json.loads(shapely.to_geojson(shape)),
                }
                for code, shape in zip(codes, shapes, strict=True)
            ],
        }
    )


@pytest.mark.parametrize("key", ["code", "insee", "INSEE_COM", "codgeo"])
def test_official_contours_are_read(tmp_path: Path, key: str) -> None:
    path = tmp_path / "communes.geojson"
    path.write_text(collection(["01001", "01002"], key), encoding="utf-8")
    found = contours.contours_from_files([path], reference(["01001", "01002"]))
    assert set(found) == {"01001", "01002"}


def test_every_wrong_code_is_listed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "communes.geojson"
    path.write_text(collection(["01001", "99001", "99002"], "code"), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"communes\.geojson.*rien n’a été modifié") as caught:
        contours.contours_from_files([path], reference(["01001", "01002", "01004"]))
    assert caught.value.details == (
        "2 code(s) sans contour : 01002 01004",
        "2 code(s) inconnu(s) du COG 2026 : 99001 99002",
    )


@pytest.mark.parametrize("content", ["", "[]", '{"type": "Feature"}'])
def test_an_unreadable_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "faux.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"faux\.geojson"):
        contours.contours_from_files([path], reference(["01001"]))


# Coverage


def test_overlaps_gaps_and_scraps_are_cleaned() -> None:
    left = shapely.union(shapely.box(0, 0, 0.1002, 0.1), shapely.box(0.5, 0.5, 0.50001, 0.50001))
    right = shapely.box(0.1, 0, 0.2, 0.1)
    top = shapely.Polygon(
        [(0, 0.1), (0.05, 0.1001), (0.15, 0.1001), (0.2, 0.1), (0.2, 0.2), (0, 0.2)]
    )
    codes, cleaned = coverage.clean_communes({"b": right, "a": left, "c": top})
    assert codes == ["a", "b", "c"]
    assert shapely.coverage_is_valid(cleaned)
    assert shapely.get_num_geometries(cleaned).tolist() == [1, 1, 1]
    assert shapely.area(shapely.union_all(cleaned)) == pytest.approx(0.04)


def test_levels_are_merged_in_the_order_asked_for() -> None:
    groups = pd.Series(["x", "y", "x", None])
    merged = coverage.dissolve(squares(4, 1), groups, ["y", "x"])
    assert shapely.area(merged).tolist() == [1, 2]


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(42, 50)), min_size=3, max_size=12, unique=True)
)
def test_inner_points_are_inside(points: list[tuple[float, float]]) -> None:
    hull = shapely.concave_hull(shapely.MultiPoint(np.round(points, 3)), ratio=0.2)
    if hull.geom_type == "Polygon" and coverage.area_km2(hull) > 1:
        (point,) = coverage.inner_points(np.array([hull]))
        assert shapely.distance(hull, shapely.Point(point)) < 1e-5


# TopoJSON


@given(st.integers(1, 5), st.integers(1, 5), st.data())
@settings(deadline=None, max_examples=40)
def test_a_coverage_survives_the_encoding(columns: int, rows: int, data: st.DataObject) -> None:
    shapes = squares(columns, rows, side=2.0, origin=6200.0)
    shapes = shapely.transform(shapes, lambda xy: xy - (5700.0, 0.0))
    groups = data.draw(
        st.lists(st.integers(0, 3), min_size=len(shapes), max_size=len(shapes)), label="groups"
    )
    names = sorted(set(groups))
    merged = coverage.dissolve(shapes, pd.Series(groups), names)
    document = topojson.topology(merged, attributes(len(merged)), FINE)
    back = decode(document)
    assert shapely.area(back).tolist() == pytest.approx(shapely.area(merged).tolist())
    assert shapely.area(shapely.symmetric_difference(back, merged)).max() < 1e-6
    assert json.loads(topojson.to_bytes(document)) == document


def test_a_shared_border_is_one_arc_and_an_island_its_own() -> None:
    two = shapely.transform(squares(2, 1, 2.0, 6200.0), lambda xy: xy - (5700.0, 0.0))
    island = shapely.box(510, 6200, 511, 6201)
    document = topojson.topology(np.append(two, island), attributes(3), FINE)
    frames = 5
    assert len(document["arcs"]) - frames == 3 + 1
    assert [g["id"] for g in document["objects"]["territories"]["geometries"]] == ["00", "01", "02"]


def test_an_enclave_shares_its_border_with_the_hole() -> None:
    enclave = shapely.box(504, 6204, 506, 6206)
    around = shapely.difference(shapely.box(500, 6200, 510, 6210), enclave)
    document = topojson.topology(np.array([around, enclave]), attributes(2), FINE)
    (outer, hole), (ring,) = (g["arcs"] for g in document["objects"]["territories"]["geometries"])
    assert hole[0] == ~ring[0] != outer[0]


def test_a_vanished_territory_is_named() -> None:
    shapes = np.array(
        [shapely.box(500, 6200, 510, 6210), shapely.box(520, 6200, 520.001, 6200.001)]
    )
    with pytest.raises(DataFileError, match="1 territoire") as caught:
        topojson.topology(shapes, attributes(2), FINE)
    assert caught.value.details == ("01",)


def test_islets_go_but_neither_enclaves_nor_the_last_land() -> None:
    islet, large = shapely.box(0, 0, 0.1, 0.1), shapely.box(5, 5, 9, 9)
    enclave = shapely.box(9, 6, 9.1, 6.1)
    shapes = np.array([shapely.union_all([islet, large]), shapely.box(20, 20, 20.1, 20.1), large])
    detail = topojson.Detail(tolerance=0.0, grid=0.01, islet=1.0)
    shapes[2] = shapely.difference(shapely.box(9, 5, 12, 9), enclave)
    shapes[0] = shapely.union_all([islet, large])
    kept = topojson.simplify(shapes, detail)
    assert shapely.area(kept[0]) == pytest.approx(16)
    assert shapely.area(kept[1]) == pytest.approx(0.01)
    with_enclave = np.array([shapely.MultiPolygon([shapely.box(0, 0, 2, 2), enclave]), shapes[2]])
    assert shapely.get_num_geometries(topojson.simplify(with_enclave, detail))[0] == 2


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_reordered_arcs_are_the_same_arcs(ends: list[tuple[int, int]]) -> None:
    arcs = [np.array([[a, a], [9, i], [b, b]]) for i, (a, b) in enumerate(ends)]
    ordered, numbers = order_arcs(arcs)
    for old, arc in enumerate(arcs):
        new = renumber(old, numbers)
        assert (ordered[new] if new >= 0 else ordered[~new][::-1]).tolist() == arc.tolist()
        assert renumber(~old, numbers) == ~new


# Files


def test_same_content_same_bytes() -> None:
    frame = gpd.GeoDataFrame({"code": ["01", "02"]}, geometry=list(squares(2, 1)), crs="EPSG:4326")
    assert outputs.geoparquet(frame) == outputs.geoparquet(frame.copy())
    table = pd.DataFrame({"code": ["01"], "population": pd.array([1], dtype="Int64")})
    assert outputs.parquet(table) == outputs.parquet(table.copy())


def test_old_drawings_are_removed_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "static" / "geo"
    folder.mkdir(parents=True)
    former = ("regions.0000000000.json", "epci.1111111111.json", "communes-2A.2222222222.json")
    for name in (*former, "autre.json"):
        (folder / name).write_text("{}")
    name = outputs.hashed_name("region", b"{}")
    outputs.write_all(tmp_path, {f"static/geo/{name}": b"{}", "data/geo/manifest.json": b"{}"})
    assert sorted(path.name for path in folder.iterdir()) == ["autre.json", name]
    assert (tmp_path / "data" / "geo" / "manifest.json").read_bytes() == b"{}"
