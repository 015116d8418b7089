"""The terminal's verbs."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from territoires.cli import main

ROOT = Path(__file__).resolve().parents[1]


def test_the_shipped_data_is_in_order(capsys) -> None:
    assert main(["verifier"]) == 0
    total, published, demonstration = capsys.readouterr().out.splitlines()
    assert total.startswith("Tout est en règle : 36352 territoires")
    assert published.startswith("Données publiées : 146 indicateurs, 2201 chiffres, 74 acteurs")
    assert demonstration.startswith("Démonstration (enquête et catalyseurs simulés")
    assert "350 acteurs" in demonstration


@pytest.mark.parametrize("folder", ["indicators", "demonstration"])
def test_a_broken_row_is_told_with_its_file_its_line_and_what_to_do(
    tmp_path: Path, folder: str
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "static").symlink_to(ROOT / "static")
    file = tmp_path / "data" / folder / "observations.csv"
    cells = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    cells[1][cells[0].index("value")] = "abc"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(cells)
    done = subprocess.run(
        [sys.executable, "-m", "territoires.cli", "verifier"],
        env={**os.environ, "TERRITOIRES_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"data/{folder}/observations.csv" in done.stderr
    assert "colonne value : lu « abc »" in done.stderr.replace("\u00a0", " ")
    assert "git checkout" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_territory_is_found_by_the_rules_of_the_search_field(capsys) -> None:
    assert main(["chercher", "saint-denis", "reunion"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split("\t")[:2] == ["commune-97411", "Saint-Denis"]
    assert "La Réunion\u00a0(974)" in line


def test_no_territory_found_is_told_and_gives_the_exit_code_1(capsys) -> None:
    assert main(["chercher", "Barcelona"]) == 1
    assert "Aucun territoire" in capsys.readouterr().err
