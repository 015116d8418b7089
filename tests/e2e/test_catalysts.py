"""« Catalyseurs » in a real browser, mostly by keyboard: near a place, filtered, opened, taken away."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Visit


def press_until(visit: Visit, key: str, name: str) -> None:
    """Press a key until the element of that name has the focus."""
    for _ in range(60):
        visit.page.keyboard.press(key)
        active = visit.page.evaluate(
            "() => document.activeElement?.textContent || document.activeElement?.ariaLabel || ''"
        )
        if name in active:
            return
    raise AssertionError(f"{name} was never reached")


def rows(visit: Visit):
    return visit.page.get_by_role("region", name="Acteurs placés").locator("tbody tr")


def test_by_keyboard_alone_one_finds_who_is_near_and_takes_the_list_away(visit: Visit) -> None:
    page = visit.open("/catalyseurs?jeu=demonstration")
    visit.map_frame()
    field = page.get_by_role("combobox", name=re.compile("Au plus près"))
    field.focus()
    page.keyboard.type("rennes")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/catalyseurs.*territoire=commune-35238"))
    expect(page.locator(".st-key-phrase")).to_contain_text("depuis la mairie de Rennes")
    distances = rows(visit).locator("td[data-titre=Distance]").all_inner_texts()[:20]
    numbers = [float(re.search(r"[\d,]+", text)[0].replace(",", ".")) for text in distances]
    assert numbers == sorted(numbers)
    press_until(visit, "Tab", "Exporter la liste et sa carte")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Image (PNG)")).to_be_focused()
    press_until(visit, "Tab", "Données pour Excel (CSV ;)")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    name = "DEMO_territoires_catalyseurs_depuis-commune-35238.csv"
    assert download.value.suggested_filename == name
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    records = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(records) == 350
    assert {record["jeu"] for record in records} == {"Démonstration (simulée)"}
    assert visit.errors == []


def test_an_actor_of_the_list_opens_its_card_by_keyboard(visit: Visit) -> None:
    page = visit.open("/catalyseurs")
    visit.map_frame()
    name = rows(visit).first.locator("button.chiffre-lien")
    name.focus()
    page.keyboard.press("Enter")
    card = page.locator("dialog.fiche")
    expect(card).to_contain_text("Qui est cet acteur ?")
    expect(card).to_contain_text("Source")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(name).to_be_focused()


def test_list_and_map_follow_the_text_and_the_back_button(visit: Visit) -> None:
    page = visit.open("/catalyseurs")
    frame = visit.map_frame()
    expect(rows(visit)).to_have_count(21)
    page.get_by_label("Nom ou lieu").fill("lille")
    page.keyboard.press("Enter")
    expect(rows(visit)).to_have_count(2)
    shown = "() => Territoires.map.points.elements.reduce((n, one) => n + one.group.length, 0)"
    (inner,) = [one for one in page.frames if "streamlit_folium" in one.url]
    inner.wait_for_function(f"({shown})() === 2")
    page.get_by_role("button", name="Tout afficher").click()
    expect(rows(visit)).to_have_count(21)
    inner.wait_for_function(f"({shown})() === 21")
    page.go_back()
    expect(rows(visit)).to_have_count(2)
    expect(page.get_by_label("Nom ou lieu")).to_have_value("lille")
    expect(frame.locator(".acteur, .acteurs").first).to_be_attached()
    assert visit.errors == []


def test_a_region_chosen_on_the_map_limits_the_list_and_leaves_it_again(visit: Visit) -> None:
    page = visit.open("/catalyseurs")
    frame = visit.map_frame()
    frame.locator('[data-territoire="region-32"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("dans=region-32"))
    expect(rows(visit)).to_have_count(4)
    nord = visit.map_frame().locator('[data-territoire="departement-59"]')
    expect(nord).to_have_attribute("aria-label", re.compile("Nord, 2\\sacteurs recensés"))
    nord.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("dans=departement-59"))
    expect(rows(visit)).to_have_count(2)
    visit.map_frame().locator('[data-territoire="departement-59"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("dans=region-32"))
    assert visit.errors == []


def test_the_points_are_taken_away_as_geojson(visit: Visit) -> None:
    page = visit.open("/catalyseurs?dans=region-32")
    visit.map_frame()
    page.get_by_role("button", name="Exporter la liste et sa carte").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Points (GeoJSON)").click()
    assert download.value.suggested_filename == "territoires_catalyseurs_region-32.geojson"
    collection = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert len(collection["features"]) == 4
    for feature in collection["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 1.3 < longitude < 4.3
        assert 48.8 < latitude < 51.1


def test_the_following_rows_come_with_their_page(visit: Visit) -> None:
    page = visit.open("/catalyseurs?jeu=demonstration")
    visit.map_frame()
    expect(rows(visit)).to_have_count(50)
    first = rows(visit).first.locator("button.chiffre-lien").inner_text()
    page.get_by_role("button", name="Page suivante").click()
    expect(page.get_by_role("region", name="Acteurs placés")).to_contain_text("lignes 51 à 100")
    assert rows(visit).first.locator("button.chiffre-lien").inner_text() != first
    page.get_by_label("Nom ou lieu").fill("bretagne")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Acteurs placés")).not_to_contain_text("lignes")
    assert visit.errors == []


@pytest.mark.parametrize("path", ["/catalyseurs", "/catalyseurs?jeu=demonstration"])
def test_on_a_phone_the_map_comes_before_the_list(new_visit, server: str, path: str) -> None:
    visit = new_visit(server, viewport={"width": 390, "height": 844})
    page = visit.open(path)
    visit.map_frame()
    map_top = page.locator("iframe[src*=streamlit_folium]").bounding_box()["y"]
    list_top = page.get_by_role("region", name="Acteurs placés").bounding_box()["y"]
    assert map_top < list_top
    assert visit.errors == []
