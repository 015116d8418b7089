"""The search index and the former names, on small invented tables; the shipped file has its own tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from territoires.errors import DataFileError
from tools import build_search
from tools.boundaries import outputs, search_index, sources
from tools.boundaries.former_names import Alias, former_names, usual_names
from tools.boundaries.reference import Reference


def reference(names: dict[str, str], successors: dict[str, str]) -> Reference:
    communes = pd.DataFrame({"code": list(names), "name": list(names.values())})
    empty = pd.DataFrame()
    return Reference(communes, empty, empty, empty, successors)


def was(code: str, name: str, end: str = "", successor: str = "", start: str = "1943") -> dict:
    record: dict[str, Any] = {"id": f"COM-{code}@{start}", "code": code, "nom": name, "type": "COM"}
    if end:
        record["raisonFin"] = end
    if successor:
        record["successeur"] = successor
    return record


def test_what_became_of_a_commune_is_told() -> None:
    present = reference({"01001": "Ici", "01002": "Là-Bas"}, {"01003": "01001", "78002": "01002"})
    history = [
        was("01001", "Ici"),
        was("01002", "Là", "changement de nom", "COM-01002@1970"),
        was("01002", "Là-Bas", start="1970"),
        was("01003", "L'Autre", "fusion simple", "COM-01001@1943"),
        was("78002", "Là Bas", "changement de département", "COM-01002@1970"),
    ]
    communes = [
        {"code": "01004", "nom": "Née", "type": "commune-deleguee", "chefLieu": "01001"},
        {"code": "01001", "nom": "Ici-Vieux", "type": "commune-deleguee", "chefLieu": "01001"},
        {"code": "01101", "nom": "Ici 1er", "type": "arrondissement-municipal", "commune": "01001"},
    ]
    assert former_names(present, communes, history) == [
        Alias("01001", "", "Ici-Vieux", "c"),
        Alias("01001", "01003", "L’Autre", "c"),
        Alias("01001", "01004", "Née", "c"),
        Alias("01001", "01101", "Ici 1er", "a"),
        Alias("01002", "", "Là", "n"),
        Alias("01002", "78002", "Là Bas", "k"),
    ]


def test_a_part_of_a_commune_today_counts_more_than_the_history() -> None:
    present = reference({"01001": "Ici", "01002": "Là"}, {"01003": "01001"})
    communes = [{"code": "01003", "nom": "Part", "type": "commune-associee", "chefLieu": "01002"}]
    history = [was("01003", "Part", "fusion-association", "COM-01003@1943")]
    assert former_names(present, communes, history) == [Alias("01002", "01003", "Part", "c")]


def test_usual_names_are_of_known_kinds() -> None:
    rows = usual_names()
    assert ("Grand Lyon", "epci-200046977", "u") in rows
    assert ("Lorraine", "region-44", "r") in rows
    assert len({(name, territory) for name, territory, _ in rows}) == len(rows)


@pytest.mark.parametrize(
    ("digits", "control"), [("21010001", "2"), ("20006798", "1"), ("00000000", "0")]
)
def test_the_control_digit_of_a_siren(digits: str, control: str) -> None:
    assert search_index.check_digit(digits) == control


def test_a_false_siren_is_refused() -> None:
    good = {"code": "01001", "siren": "210100012"}
    assert search_index.read_sirens([good, {"code": "97501"}]) == {"01001": "210100012"}
    with pytest.raises(DataFileError, match="SIREN") as caught:
        search_index.read_sirens([good, {"code": "01002", "siren": "210100013"}])
    assert caught.value.details == ("01002 : 210100013",)


def test_the_other_files_of_the_manifest_stay(tmp_path: Path) -> None:
    files = {"data/geo/regions.parquet": {"sha256": "a"}, "static/search/x.json": {"sha256": "b"}}
    manifest = {"files": files, "topojson": {"region": "r.json"}, "contours": {"origin": "ici"}}
    contents = build_search.replace_index(manifest, b"{}", 3)
    path = outputs.search_path(b"{}")
    assert list(contents) == [path, outputs.MANIFEST]
    written = json.loads(contents[outputs.MANIFEST])
    assert set(written["files"]) == {"data/geo/regions.parquet", path}
    assert written["search"] == Path(path).name
    assert written["files"][path]["features"] == 3
    (tmp_path / "static" / "search").mkdir(parents=True)
    (tmp_path / "static" / "search" / "territoires.0.json").write_text("{}")
    (tmp_path / "static" / "geo").mkdir()
    (tmp_path / "static" / "geo" / "regions.0.json").write_text("{}")
    outputs.write_all(tmp_path, contents)
    assert [file.name for file in (tmp_path / "static" / "search").iterdir()] == [Path(path).name]


def test_the_command_refuses_in_french_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / sources.REFERENCE.filename).write_bytes(b"autre chose")
    assert build_search.main(["--cache", str(tmp_path)]) == 1
    assert "empreinte" in capsys.readouterr().err
