"""The archive that carries everything of a territory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.territories import TerritoryId
from territoires.render.kit_zip import build_kit
from territoires.tables.published import Published
from tests.render.kit import ReadPage, press_of


@pytest.fixture(scope="module")
def archive(
    demonstration: Published, zoned: Directory, names: Mapping[TerritoryId, NameForms]
) -> zipfile.ZipFile:
    press = press_of(demonstration, zoned, names)
    portrait = press.portraits.build(TerritoryId.parse("region-53"))
    return zipfile.ZipFile(io.BytesIO(build_kit(press, portrait)))


def test_everything_is_in_the_archive_under_names_that_say_it(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    assert names[:2] == ["LISEZMOI.txt", "index.html"]
    assert [name.rpartition(".")[2] for name in names[2:]] == [
        "pdf",
        "pptx",
        "pptx",
        "xlsx",
        "csv",
        "svg",
        "png",
    ]
    assert all(name.startswith("DEMO_territoires_") for name in names[2:])
    assert archive.testzip() is None
    starts = {"pdf": b"%PDF-", "pptx": b"PK", "xlsx": b"PK", "svg": b"<", "png": b"\x89PNG"}
    for name in names[2:]:
        start = starts.get(name.rpartition(".")[2], b"")
        assert archive.read(name).lstrip(b"\xef\xbb\xbf").startswith(start), name


def test_files_are_dated_from_the_data(archive: zipfile.ZipFile) -> None:
    assert {about.date_time for about in archive.infolist()} == {(2025, 11, 21, 0, 0, 0)}


def test_the_notice_tells_what_each_file_is_and_under_what_terms(archive: zipfile.ZipFile) -> None:
    notice = archive.read("LISEZMOI.txt").decode("utf-8-sig")
    assert notice.startswith("Démonstration, données simulées – Bretagne")
    for name in archive.namelist()[1:]:
        assert f"- {name} : " in notice
    for words in ("Édition", "Sources", "Licences", "Pour citer", "Données simulées"):
        assert words in notice


def test_the_page_leads_to_the_files_beside_it(archive: zipfile.ZipFile) -> None:
    read = ReadPage(archive.read("index.html").decode())
    assert set(archive.namelist()[2:]) <= set(read.values("href"))


def test_without_a_story_it_has_that_of_its_region(archive: zipfile.ZipFile) -> None:
    assert "DEMO_territoires_presentation_la-co-construction-en-bretagne.pptx" in archive.namelist()
    page = archive.read("index.html").decode()
    assert "La co-construction en Bretagne" in page
    assert page.count('class="etape') > 5
