"""An analyst's file taken the whole way in the browser, seen by somebody else, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.browsing import Visit, running_server
from tests.e2e.test_exports import take
from tests.e2e.test_promises import english_left

REGIONS = ("Bretagne", "Grand Est", "Normandie", "Occitanie", "Corse")
WAVES = (
    ("nov. 2024", "Île-de-France"),
    ("nov. 2025", "ILE DE FRANCE"),
    ("nov. 2026", "Region Ile-de-Frnace"),
)
MAP = "/carte?indicateur=adhesion_maires_region&vague=2026-11"


@pytest.fixture(scope="module")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("versions")
    url = f"sqlite:///{folder}/versions.sqlite"
    with running_server(TERRITOIRES_DATABASE_URL=url, TERRITOIRES_PUBLICATION="oui") as address:
        yield address


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Write what a French Excel saves: « ; », decimal commas, cp1252, and four slips."""
    rows = ["Région;Vague;Adhésion (%);Nombre de répondants"]
    for wave, idf in WAVES:
        rows += [f"{name};{wave};{70 + 2 * i},0;100" for i, name in enumerate((*REGIONS, idf))]
    rows[3] = "Normandie;nov. 2024;187,5;100"
    rows += [rows[6], "Total;nov. 2026;74,2;600"]
    path = tmp_path / "enquete.csv"
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    return path


def choose(page: Page, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True).first
    box.click()
    box.press_sequentially(text)
    page.get_by_role("option", name=text).first.wait_for()
    page.keyboard.press("Enter")


def bring(visit: Visit, file: Path) -> Page:
    page = visit.open("/mise_a_jour")
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector("#verification")
    return visit.settle()


def leave_out(visit: Visit, *rows: int) -> None:
    page = visit.page
    box = page.get_by_label("Écarter des lignes", exact=False).first
    for row in rows:
        visit.settle()
        box.click()
        box.press_sequentially(f"ligne {row} ")
        page.get_by_role("option", name=f"ligne {row} ").first.wait_for()
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        expect(page.locator(".st-key-verification_lignes")).to_contain_text(f"ligne {row} ")


def test_a_file_goes_the_whole_way_and_is_undone(
    new_visit, open_server: str, survey: Path, tmp_path: Path
) -> None:
    analyst = new_visit(open_server, apart=True)
    reader = new_visit(open_server, apart=True)
    page = bring(analyst, survey)
    problems = page.locator(".st-key-problemes")
    for said in ("187,5", "Region Ile-de-Frnace", "Total", "un seul chiffre par territoire"):
        expect(problems).to_contain_text(said)
    choose(page, "Source", "11e rapport régional")
    choose(page, "Fiabilité", "claire")
    page.get_by_role("button", name="Confirmer les correspondances").click()
    expect(page.get_by_text("Correspondances confirmées")).to_be_visible()
    leave_out(analyst, 4, 20)
    expect(page.locator(".etapes")).to_contain_text("rien ne bloque")
    expect(page.locator(".st-key-comparaison")).to_contain_text("17 chiffres ajoutés")
    changes = take(page, "Tous les changements (CSV)", tmp_path).read_text("utf-8-sig")
    assert changes.count(";ajouté;") == 17

    # The draft is in the whole app, for this person alone, page loaded again included.
    page.get_by_role("link", name="Voir toute l’application sur ce brouillon").click()
    expect(page.locator(".phrase").first).to_contain_text("Brouillon, non publié")
    page.reload()
    analyst.settle()
    expect(page.locator(".phrase").first).to_contain_text("6 régions sur 18")
    page.get_by_role("button", name="Exporter la carte et ses données").click()
    taken = take(page, "Données pour Excel (CSV ;)", tmp_path)
    assert taken.name.startswith("BROUILLON_")
    content = taken.read_text("utf-8-sig")
    assert "Brouillon, non publié" in content
    assert [line for line in content.splitlines() if "Bretagne" in line and ";70" in line]
    other = reader.open(MAP + "&jeu=brouillon")
    expect(other.locator(".avis")).to_contain_text("Vous n’avez pas de brouillon")

    page = analyst.open("/mise_a_jour")
    page.get_by_label("Votre nom").first.fill("Camille Martin")
    page.get_by_label("Pourquoi ce changement", exact=False).fill("Vagues 2024 à 2026")
    page.get_by_role("button", name="Publier").click()
    expect(page.locator(".avis").last).to_contain_text("cochez d’abord que vous avez lu")
    page.get_by_text("J’ai lu les 3 points à vérifier").click()
    page.get_by_role("button", name="Publier").click()
    expect(page.locator(".avis.reussite")).to_contain_text("Version 1 en ligne")
    other = reader.open(MAP)
    expect(other.locator(".phrase").first).to_contain_text("6 régions sur 18")

    page.get_by_role("button", name="Annuler la version 1").click()
    expect(page.locator(".avis.reussite")).to_contain_text("Version 2 en ligne")
    expect(page.locator(".st-key-historique")).to_contain_text("retour à la version 0")
    other = reader.open(MAP)
    expect(other.locator(".avis")).to_contain_text("n’existe pas pour cet indicateur")
    assert analyst.foreign == reader.foreign == []
    assert analyst.errors == reader.errors == []


def test_where_publishing_is_closed_the_page_checks_and_says_how_it_opens(
    visit: Visit, survey: Path
) -> None:
    page = bring(visit, survey)
    expect(page.locator("#verification")).to_be_visible()
    expect(page.locator(".vide-explique").last).to_contain_text("Publier n’est pas ouvert")
    expect(page.get_by_role("button", name="Publier")).to_have_count(0)
    assert visit.foreign == []


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (320, "light")])
def test_a_file_being_prepared_is_shown_in_french_to_everyone_at_every_width(
    new_visit, open_server: str, survey: Path, width: int, scheme: str
) -> None:
    visit = new_visit(open_server, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = bring(visit, survey)
    for name in ("Lire le fichier autrement", "Une source qui n’est pas encore au registre"):
        page.get_by_text(name).click()
    assert english_left(visit) == set()
    violations = Axe().run(page).response["violations"]
    serious = [v for v in violations if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in serious] == []
    main = page.locator("[data-testid=stMainBlockContainer]")
    assert main.evaluate("e => e.scrollWidth") <= width
