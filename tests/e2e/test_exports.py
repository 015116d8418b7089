"""Files taken away in the browser: each button gives a file of its kind, named after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import Visit

SIGNS = {
    "pdf": b"%PDF-",
    "pptx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "png": b"\x89PNG",
    "svg": b"<",
    "csv": b"\xef\xbb\xbf",
    "geojson": b"{",
    "gpkg": b"SQLite format 3",
}


def take(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as taken:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / taken.value.suggested_filename
    taken.value.save_as(path)
    return path


def check(path: Path, start: str) -> None:
    assert path.name.startswith(start)
    content = path.read_bytes()
    assert content.startswith(SIGNS[path.suffix[1:]])
    assert len(content) > 1_000


def test_a_map_leaves_in_every_form(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/carte?territoire=region-28")
    visit.map_frame()
    page.get_by_text("Exporter la carte et ses données").click()
    for label in (
        "Image (PNG)",
        "Image à agrandir (SVG)",
        "Diapositive (PPTX)",
        "Données pour Excel (CSV ;)",
        "Classeur (XLSX)",
        "Contours et valeurs (GeoJSON)",
        "Contours et valeurs (GeoPackage)",
    ):
        check(take(page, label, tmp_path), "territoires_carte_adhesion-maires-region_2016-11")
    assert visit.foreign == []
    assert visit.errors == []


@pytest.mark.parametrize(("params", "mark"), [("", ""), ("&jeu=demonstration", "DEMO_")])
def test_the_sheet_and_the_slides_of_a_commune_are_two_actions_away(
    visit: Visit, tmp_path: Path, params: str, mark: str
) -> None:
    page = visit.open(f"/territoire?territoire=commune-53130{params}")
    check(take(page, "Fiche de deux pages (PDF)", tmp_path), f"{mark}territoires_fiche_commune")
    check(take(page, "Diaporama (PPTX)", tmp_path), f"{mark}territoires_diaporama_commune")
    assert visit.foreign == []
    assert visit.errors == []


def test_an_atlas_is_made_under_a_bar_then_taken(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/territoire?territoire=region-94")
    page.get_by_role("button", name="Préparer l’atlas des départements (PDF)").click()
    page.get_by_role("button", name="Atlas des départements (PDF)", exact=True).wait_for()
    check(take(page, "Atlas des départements (PDF)", tmp_path), "territoires_atlas_region-94")
    assert visit.errors == []
