"""The verb « kit »."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from territoires.cli import kit as verb
from territoires.cli import main


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make archives of one byte: what they hold is tested with what builds them."""
    monkeypatch.setattr(verb, "build_kit", lambda *_, **__: b"1")


def run(path: Path, *others: str, territory: str = "region-53") -> int:
    return main(["kit", "--territoire", territory, "--output", str(path), *others])


def test_the_archive_is_written_without_server_nor_store(tmp_path: Path, capsys) -> None:
    path = tmp_path / "kit.zip"
    assert run(path, "--jeu", "demonstration", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["territoire"] == "region-53"
    assert told["octets"] == path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        assert "index.html" in archive.namelist()
        page = archive.read("index.html").decode()
    assert "DÉMONSTRATION" in page
    assert "extrait le" in page
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("stubbed")
def test_the_archive_has_the_longest_name_and_the_rights_of_its_owner_s_files(
    tmp_path: Path,
) -> None:
    path = tmp_path / f"{'k' * 251}.zip"
    before = os.umask(0o077)
    try:
        assert run(path) == 0
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("stubbed")
def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path, capsys) -> None:
    path = tmp_path / "kit.zip"
    path.write_bytes(b"mine")
    assert run(path) == 2
    assert path.read_bytes() == b"mine"
    assert "--remplacer" in capsys.readouterr().err
    assert run(path, "--remplacer") == 0
    assert path.read_bytes() == b"1"
    assert "Bretagne" in capsys.readouterr().out


@pytest.mark.usefixtures("stubbed")
@pytest.mark.parametrize(
    ("territory", "hint"),
    [
        ("Laval", "commune-53130 : Laval"),
        ("region-99", "territoires chercher"),
        ("<script>", "n’est pas un territoire connu"),
    ],
)
def test_an_unknown_territory_is_told_with_what_was_meant(
    tmp_path: Path, capsys, territory: str, hint: str
) -> None:
    assert run(tmp_path / "kit.zip", territory=territory) == 2
    told = capsys.readouterr().err
    assert f"« {territory} » n’est pas un territoire connu." in told
    assert hint in told
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told_before_any_work(tmp_path: Path, capsys) -> None:
    assert run(tmp_path) == 2
    assert "est un dossier" in capsys.readouterr().err
    assert run(tmp_path / "absent" / "kit.zip") == 2
    assert "n’existe pas" in capsys.readouterr().err


def test_a_wrong_address_or_a_broken_story_is_told(tmp_path: Path, capsys) -> None:
    assert run(tmp_path / "kit.zip", "--adresse", "javascript:x") == 2
    assert "n’est pas une adresse" in capsys.readouterr().err
    broken = tmp_path / "recit.json"
    broken.write_text("{", encoding="utf-8")
    assert run(tmp_path / "kit.zip", "--recit", str(broken)) == 1
    assert capsys.readouterr().err
