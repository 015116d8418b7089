"""What the colours say, how classes are chosen, and which set of data is in view."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsing import Visit

DEMONSTRATION = "/carte?jeu=demonstration"
FRAME = "iframe[src*=streamlit_folium]"


def choose(visit: Visit, label: str, option: str) -> None:
    field = visit.page.get_by_label(label, exact=True).locator("visible=true").first
    field.click()
    visit.page.get_by_role("option", name=option).first.click()
    visit.settle()


def states(visit: Visit) -> list[str]:
    shapes = visit.map_frame().locator("[data-territoire]")
    return shapes.evaluate_all("all => all.map(one => one.dataset.etat)")


def classes(visit: Visit) -> list[str]:
    shapes = visit.map_frame().locator("[data-territoire]")
    return shapes.evaluate_all("all => all.map(one => one.dataset.classe)")


def test_every_state_of_a_sample_is_drawn(visit: Visit) -> None:
    visit.open(DEMONSTRATION)
    assert set(states(visit)) == {"classe", "indicatif", "imprecis", "supprime"}
    visit.open("/carte")
    assert set(states(visit)) == {"inconnu", "manquant"}


def test_the_three_ways_of_looking_keep_the_frame(visit: Visit) -> None:
    page = visit.open(DEMONSTRATION)
    visit.map_frame()
    page.evaluate(f"document.querySelector('{FRAME}').repere = 1")
    for _ in range(2):
        for name, param, words in (
            ("Différent de la France", "voir=difference", "diffèrent de la France"),
            ("La précision", "voir=precision", r"chiffre précis dans \d"),
            ("La valeur", "niveau=region", r"14.régions sur 18"),
        ):
            page.get_by_role("radio", name=name).or_(
                page.get_by_role("button", name=name)
            ).first.click()
            expect(page.locator(".st-key-phrase")).to_contain_text(re.compile(words))
            expect(page).to_have_url(re.compile(param))
    assert "voir=" not in page.url
    assert page.evaluate(f"document.querySelector('{FRAME}').repere") == 1
    assert not visit.errors


def test_a_class_method_is_chosen_twice_and_undone(visit: Visit) -> None:
    page = visit.open(DEMONSTRATION + "&acteurs=non")
    visit.map_frame()
    before = classes(visit)
    page.get_by_role("button", name="Classes et couleurs").click()
    painted = visit.map_frame().locator("[data-paint]")
    for option, slug, words in (
        ("(quantiles)", "quantiles", "autant de territoires par classe"),
        ("Seuils naturels", "naturelles", "seuils naturels"),
    ):
        number = painted.get_attribute("data-paint")
        choose(visit, "Méthode", option)
        expect(page).to_have_url(re.compile(f"methode={slug}"))
        expect(painted).not_to_have_attribute("data-paint", number)
        expect(page.locator(".st-key-legende")).to_contain_text(words)
        if slug == "quantiles":
            assert classes(visit) != before
    number = painted.get_attribute("data-paint")
    page.go_back()
    expect(page).to_have_url(re.compile("methode=quantiles"))
    expect(page.locator(".st-key-legende")).to_contain_text("autant de territoires par classe")
    expect(painted).not_to_have_attribute("data-paint", number)
    number = painted.get_attribute("data-paint")
    page.go_back()
    expect(page).not_to_have_url(re.compile("methode="))
    expect(page.locator(".st-key-legende")).to_contain_text("bornes arrondies")
    expect(painted).not_to_have_attribute("data-paint", number)
    assert classes(visit) == before


def test_bounds_typed_by_hand_are_used_or_refused_in_french(visit: Visit) -> None:
    page = visit.open(DEMONSTRATION + "&methode=manuelles")
    visit.map_frame()
    page.get_by_role("button", name="Classes et couleurs").click()
    field = page.get_by_label(re.compile("Bornes intérieures"))
    field.fill("50 ; 70,5")
    field.press("Enter")
    expect(page.locator(".st-key-legende")).to_contain_text("bornes choisies à la main")
    expect(page.locator(".st-key-legende")).to_contain_text("70,5")
    field.fill("<script>alert(1)</script>")
    field.press("Enter")
    expect(page.locator(".avis")).to_contain_text("<script>")
    assert not visit.errors


def test_a_count_is_drawn_as_circles_with_the_reason(visit: Visit) -> None:
    page = visit.open("/carte?indicateur=communes_nombre&niveau=departement")
    frame = visit.map_frame()
    assert set(states(visit)) == {"symbole"}
    assert frame.locator("circle").count() >= 96
    expect(page.get_by_text("Un nombre ne se colore pas")).to_be_visible()
    assert page.get_by_role("button", name="Classes et couleurs").count() == 0


def test_the_set_of_data_changes_and_comes_back(visit: Visit) -> None:
    page = visit.open("/carte?indicateur=taux_pauvrete&territoire=region-53")
    visit.map_frame()
    for _ in range(2):
        page.get_by_role("link", name="Démonstration (simulée)").click()
        expect(page.locator(".bandeau-demo")).to_contain_text("aucun maire n’a répondu")
        expect(page).to_have_url(re.compile("jeu=demonstration.*territoire=region-53"))
        expect(page.locator(".st-key-phrase")).to_contain_text("Démonstration, données simulées")
        expect(visit.map_frame().locator("body")).to_contain_text("DÉMONSTRATION")
        assert page.locator(".avis").count() == 0
        page.get_by_role("link", name="Données publiées").click()
        expect(page.locator(".bandeau-demo")).to_have_count(0)
        expect(page.locator(".st-key-phrase")).not_to_contain_text("simulées")
        assert page.locator(".avis").count() == 0
    assert not visit.errors


def test_the_banner_follows_the_reader_from_page_to_page_and_down(visit: Visit) -> None:
    page = visit.open("/?jeu=demonstration")
    for name in ("Territoire", "Comparer", "Repères", "Méthode", "Sources", "Carte"):
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()
        visit.settle()
        expect(page).to_have_url(re.compile("jeu=demonstration"))
        expect(page.locator(".bandeau-demo")).to_be_visible()
        # A page printed to a file takes the name of the document.
        expect(page).to_have_title(re.compile("^DEMO – .*Territoires$"))
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 900)")
    expect(page.locator(".bandeau-demo")).to_be_in_viewport()


def test_real_figures_stay_unmarked_as_simulated_in_the_demonstration(visit: Visit) -> None:
    page = visit.open("/carte?jeu=demonstration&indicateur=taux_pauvrete")
    frame = visit.map_frame()
    expect(page.locator(".st-key-phrase")).to_contain_text("Donnée réelle")
    expect(frame.locator("body")).to_contain_text("Donnée réelle")
    expect(frame.locator("body")).not_to_contain_text("données simulées")
