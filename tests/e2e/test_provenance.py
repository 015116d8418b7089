"""Each figure leads in one action to its card, and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import Visit

CARD = "dialog.fiche[open]"
LINES = ("Étude", "Date", "Interrogés", "Énoncé", "Réponses", "Précision", "Fiabilité", "Source")


def figures(page: Page) -> Locator:
    return page.locator("button.chiffre-lien:visible")


def terms(page: Page) -> list[str]:
    return page.locator(f"{CARD} dt").all_inner_texts()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?jeu=demonstration",
        "/territoire?territoire=region-28",
        "/territoire?territoire=departement-29&jeu=demonstration",
    ],
)
def test_one_click_opens_the_card_without_asking_the_server(visit: Visit, path: str) -> None:
    page = visit.open(path)
    # Whatever the page itself still loads (the small map of the home page) is not the card's.
    if "territoire" not in path:
        visit.map_frame()
    visit.wait_until_quiet()
    figure = figures(page).first
    text = figure.inner_text()
    before = len(visit.requests)
    figure.click()
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    expect(card.locator(".valeur")).to_have_text(text)
    assert set(LINES) <= set(terms(page))
    assert len(visit.requests) == before
    card.get_by_role("button", name="Fermer").click()
    expect(page.locator(CARD)).to_have_count(0)
    expect(figure).to_be_focused()
    assert not visit.errors


def test_the_keyboard_opens_the_card_and_leaves_it(visit: Visit) -> None:
    page = visit.open("/territoire?territoire=region-53&jeu=demonstration")
    figure = figures(page).nth(2)
    for key in ("Enter", "Space"):
        figure.focus()
        page.keyboard.press(key)
        card = page.get_by_role("dialog")
        expect(card).to_be_visible()
        # It is named after the figure's indicator and place, and holds the focus.
        name = card.evaluate(
            "d => document.getElementById(d.getAttribute('aria-labelledby')).textContent"
        )
        assert name in card.inner_text()
        assert card.evaluate("d => d.contains(document.activeElement)")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body"
            f" || !!document.activeElement.closest('{CARD}')"
        )
        page.keyboard.press("Escape")
        expect(page.locator(CARD)).to_have_count(0)
        expect(figure).to_be_focused()


def test_a_simulated_figure_says_so_on_its_card(visit: Visit) -> None:
    page = visit.open("/territoire?territoire=region-53&jeu=demonstration")
    figures(page).first.click()
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("donnée simulée")
    expect(card).to_contain_text(re.compile(r"Intervalle de confiance \(95.%\)"))
    expect(card).to_contain_text("Effet de plan")


def test_contradictory_readings_are_a_visible_pair(visit: Visit) -> None:
    page = visit.open("/")
    for figure in figures(page).all():
        figure.click()
        pair = page.locator(f"{CARD} .lectures li")
        if pair.count():
            expect(page.locator(CARD)).to_contain_text("lectures publiées")
            assert pair.count() > 1
            first, second = (pair.nth(i).bounding_box() for i in (0, 1))
            assert first["y"] == second["y"]
            return
        page.keyboard.press("Escape")
    raise AssertionError("no figure of the home page has two readings")


def row_of(page: Page, name: str) -> Locator:
    return page.locator(".st-key-table table.donnees tbody tr").filter(
        has=page.get_by_role("link", name=name, exact=True)
    )


def test_a_cell_of_the_map_table_opens_the_card_of_its_row(visit: Visit) -> None:
    page = visit.open("/carte?jeu=demonstration")
    row = row_of(page, "Bretagne")
    figure = row.locator("button.chiffre-lien")
    value = figure.inner_text()
    figure.click()
    card = page.get_by_role("dialog")
    expect(card.locator("h2")).to_have_text("Bretagne")
    expect(card.locator(".valeur")).to_have_text(value)
    for term in ("Étude", "Date", "Interrogés", "Énoncé", "Source"):
        assert term in terms(page)
    expect(card).to_contain_text("donnée simulée")
    page.keyboard.press("Escape")
    expect(figure).to_be_focused()
    assert not visit.errors


def test_the_table_still_sorts_and_its_cells_still_open(visit: Visit) -> None:
    page = visit.open("/carte?jeu=demonstration")
    table = page.locator(".st-key-table table.donnees").first
    table.locator("thead th.nombre button").first.click()
    shown = [
        float(text.replace("\u00a0%", "").replace(",", "."))
        for text in table.locator("tbody td:nth-child(2)").all_inner_texts()
        if re.match(r"\d", text)
    ]
    assert len(shown) > 10
    assert shown == sorted(shown)
    table.locator("tbody button.chiffre-lien").first.click()
    heading = table.locator("tbody tr").first.locator("th").inner_text()
    expect(page.get_by_role("dialog").locator("h2")).to_have_text(heading)


def test_the_cells_still_open_after_the_table_is_drawn_again(visit: Visit) -> None:
    page = visit.open("/carte?jeu=demonstration")
    visit.map_frame()
    page.get_by_role("radio", name="2023").or_(
        page.get_by_label("Vague", exact=True).locator("visible=true")
    ).first.click()
    option = page.get_by_role("option", name="2023")
    if option.count():
        option.click()
    expect(page).to_have_url(re.compile("vague=2023"))
    visit.settle()
    expect(page.locator(".st-key-phrase")).to_contain_text("2023")
    row_of(page, "Bretagne").locator("button.chiffre-lien").click()
    expect(page.get_by_role("dialog")).to_contain_text("2023")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_card_fits_the_screen(new_visit, server: str, scheme: str) -> None:
    visit = new_visit(server, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = visit.open("/territoire?territoire=region-28")
    figures(page).first.click()
    card = page.locator(CARD)
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 845
    assert card.evaluate("d => d.scrollWidth <= d.clientWidth")
    ink, paper = (
        card.evaluate(f"d => getComputedStyle(d).{name}") for name in ("color", "backgroundColor")
    )
    lightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (ink, paper)]
    assert (lightness[0] < lightness[1]) is (scheme == "light")


def test_the_national_figure_of_the_map_has_its_card_too(visit: Visit) -> None:
    page = visit.open("/carte?jeu=demonstration")
    visit.map_frame()
    page.locator("caption").get_by_role("button", name="France").click()
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("3 469 réponses")
    expect(card).to_contain_text("Intention de « jouer collectif »")
    page.keyboard.press("Escape")
    expect(page.locator("caption").get_by_role("button", name="France")).to_be_focused()
