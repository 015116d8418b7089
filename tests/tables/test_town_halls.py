"""Communes whose point is their town hall."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.errors import DataFileError
from territoires.tables.boundaries import read_boundaries
from territoires.tables.town_halls import read_town_halls


def test_town_halls_are_those_of_the_boundaries(directory: Directory) -> None:
    halls = read_town_halls()
    communes = read_boundaries(Level.COMMUNE)
    assert halls == set(communes.loc[communes["point_source"] == "mairie", "code"])
    known = {commune.id.code for commune in directory.of_level(Level.COMMUNE)}
    assert halls < known


def test_an_altered_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(settings.GEO, tmp_path / "geo")
    monkeypatch.setattr(settings, "GEO", tmp_path / "geo")
    path = tmp_path / "geo" / "communes.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(DataFileError):
        read_town_halls()
