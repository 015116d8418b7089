"""What people do, in a real browser: find, choose, go back, share; by mouse and by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsing import Visit

MAP_URL = re.compile(r"/carte\?.*territoire=region-\d\d")


def choose_option(visit: Visit, label: str, text: str) -> None:
    """Open one of Streamlit's lists by its label and choose an option."""
    field = visit.page.get_by_label(label, exact=False).locator("visible=true").first
    field.click()
    visit.page.get_by_role("option", name=text).click()
    visit.settle()


def test_an_official_reaches_their_commune_in_two_actions(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("combobox", name=re.compile("Votre commune")).fill("quimper")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quimper")
    assert "territoire=commune-29232" in page.url
    assert not visit.errors


def test_typing_enter_at_once_waits_for_the_answer(visit: Visit) -> None:
    page = visit.open("/")
    field = page.get_by_role("combobox", name=re.compile("Votre commune"))
    field.fill("35000")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rennes")


def test_homonyms_are_told_apart_and_chosen_with_arrows(visit: Visit) -> None:
    page = visit.open("/sources")
    field = page.get_by_role("combobox", name=re.compile("Chercher"))
    field.fill("saint-denis")
    expect(page.get_by_role("option").nth(1)).to_contain_text("Seine-Saint-Denis")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile("commune-93066"))


def test_a_name_that_does_not_exist_is_explained(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("combobox", name=re.compile("Votre commune")).fill("<script>xyzzy")
    told = page.locator(".propositions").get_by_text("Aucun territoire de ce nom")
    expect(told).to_be_visible()
    assert not visit.errors


def test_the_map_shows_eighteen_named_shapes(visit: Visit) -> None:
    visit.open("/carte")
    shapes = visit.map_frame().locator("[data-territoire]")
    expect(shapes).to_have_count(18)
    names = shapes.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert len(set(names)) == 18
    normandie = visit.map_frame().locator('[data-territoire="region-28"]')
    assert re.search(
        r"^Normandie, 77\s%, Effectif non communiqué", normandie.get_attribute("aria-label")
    )
    assert normandie.get_attribute("data-etat") == "inconnu"
    bretagne = visit.map_frame().locator('[data-territoire="region-53"]')
    assert bretagne.get_attribute("data-etat") == "manquant"


def test_a_region_chosen_by_keyboard_leads_to_its_page(visit: Visit) -> None:
    page = visit.open("/carte")
    frame = visit.map_frame()
    for code, name in (("28", "Normandie"), ("53", "Bretagne")):
        frame.locator(f'[data-territoire="region-{code}"]').focus()
        page.keyboard.press("Enter" if code == "28" else "Space")
        expect(page.locator(".resume h2")).to_have_text(name)
        expect(page).to_have_url(re.compile(f"territoire=region-{code}"))
    page.get_by_role("link", name="Ouvrir la page Bretagne").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bretagne")
    assert not visit.errors


def test_arrows_move_to_the_neighbour(visit: Visit) -> None:
    page = visit.open("/carte")
    frame = visit.map_frame()
    frame.locator('[data-territoire="region-53"]').focus()
    page.keyboard.press("ArrowRight")
    focused = frame.locator("[data-territoire]:focus")
    assert focused.get_attribute("data-territoire") in {"region-28", "region-52"}


def test_a_region_chosen_by_mouse_twice_in_a_row(visit: Visit) -> None:
    page = visit.open("/carte")
    frame = visit.map_frame()
    for code, name in (("84", "Auvergne-Rhône-Alpes"), ("76", "Occitanie")):
        frame.locator(f'[data-territoire="region-{code}"]').click(force=True)
        expect(page.locator(".resume h2")).to_have_text(name)


def test_the_frame_and_its_shapes_stay_when_the_indicator_changes(visit: Visit) -> None:
    page = visit.open("/carte?indicateur=taux_pauvrete")
    frame = visit.map_frame()
    page.evaluate("document.querySelector('iframe[src*=streamlit_folium]').repere = 1")
    frame.locator('[data-territoire="region-53"]').evaluate("shape => { shape.repere = 1 }")
    for label, value in (
        ("Part des 75 ans et plus", "part_75_ans_plus"),
        ("Taux de chômage", "taux_chomage"),
    ):
        before = frame.locator('[data-territoire="region-53"]').get_attribute("aria-label")
        choose_option(visit, "Indicateur", label)
        expect(page).to_have_url(re.compile(value))
        expect(frame.locator('[data-territoire="region-53"]')).not_to_have_attribute(
            "aria-label", before
        )
    assert page.evaluate("document.querySelector('iframe[src*=streamlit_folium]').repere") == 1
    assert frame.locator('[data-territoire="region-53"]').evaluate("shape => shape.repere") == 1


def test_levels_change_twice(visit: Visit) -> None:
    page = visit.open("/carte")
    visit.map_frame()
    changes = (("Départements", "departement", 101), ("Régions", "region", 18))
    for label, level, number in (*changes, *changes):
        page.get_by_role("radio", name=label).or_(
            page.get_by_role("button", name=label)
        ).first.click()
        expect(page).to_have_url(re.compile(f"niveau={level}"))
        frame = page.frame_locator(f".st-key-carte_{level}_cadre iframe")
        expect(frame.locator("[data-territoire]")).to_have_count(number)


def test_the_title_takes_the_focus_on_a_new_page(visit: Visit) -> None:
    page = visit.open("/sources")
    page.locator(".pied").get_by_role("link", name="Accessibilité").click()
    expect(page.get_by_role("heading", level=1, name="Accessibilité")).to_be_focused()
    expect(page).to_have_title("Accessibilité – Territoires")


def test_the_skip_link_goes_past_the_head(visit: Visit) -> None:
    page = visit.open("/sources")
    page.keyboard.press("Tab")
    page.get_by_role("link", name="Aller au contenu").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#catalogue"


def test_enter_on_homonyms_lets_the_reader_choose(visit: Visit) -> None:
    page = visit.open("/sources")
    field = page.get_by_role("combobox", name=re.compile("Chercher"))
    field.fill("saint-denis")
    page.get_by_role("option").nth(1).wait_for()
    field.press("Enter")
    expect(page.get_by_role("option", selected=True)).to_contain_text("La Réunion")
    assert "/sources" in page.url
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile("commune-93066"))


def test_a_department_after_the_name_narrows_the_search(visit: Visit) -> None:
    page = visit.open("/sources")
    field = page.get_by_role("combobox", name=re.compile("Chercher"))
    field.fill("saint-denis 93")
    expect(page.get_by_role("option").first).to_contain_text("Seine-Saint-Denis")
    field.press("Enter")
    expect(page).to_have_url(re.compile("commune-93066"))


def test_back_and_forward_follow_the_choices(visit: Visit) -> None:
    page = visit.open("/carte?indicateur=taux_pauvrete")
    visit.map_frame()
    choose_option(visit, "Indicateur", "Part des 75 ans et plus")
    expect(page.locator(".st-key-phrase")).to_contain_text("Part des 75 ans et plus")
    choose_option(visit, "Indicateur", "Taux de chômage")
    expect(page.locator(".st-key-phrase")).to_contain_text("Taux de chômage")
    page.go_back()
    expect(page.locator(".st-key-phrase")).to_contain_text("Part des 75 ans et plus")
    page.go_back()
    expect(page.locator(".st-key-phrase")).to_contain_text("Taux de pauvreté")
    page.go_forward()
    expect(page.locator(".st-key-phrase")).to_contain_text("Part des 75 ans et plus")


def test_the_menu_keeps_what_is_in_view_without_reloading(visit: Visit) -> None:
    page = visit.open("/carte?indicateur=taux_pauvrete&territoire=region-53")
    page.evaluate("window.repere = 1")
    page.get_by_role("navigation").get_by_role("link", name="Territoire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bretagne")
    page.get_by_role("navigation").get_by_role("link", name="Carte").click()
    expect(page.locator(".st-key-phrase")).to_contain_text("Taux de pauvreté")
    assert page.evaluate("window.repere") == 1
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bretagne")


def test_the_copied_link_gives_the_same_view(visit: Visit) -> None:
    page = visit.open("/carte?indicateur=part_75_ans_plus&territoire=region-53")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_role("button", name="Lien copié")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(visit.address)
    for part in (
        "jeu=publie",
        "indicateur=part_75_ans_plus",
        "niveau=region",
        "territoire=region-53",
    ):
        assert part in link
    visit.page.goto(link)
    visit.settle()
    expect(page.locator(".resume h2")).to_have_text("Bretagne")


def test_tables_sort_both_ways(visit: Visit) -> None:
    page = visit.open("/carte?indicateur=part_75_ans_plus")
    visit.map_frame()
    table = page.locator(".st-key-table table")
    heading = table.locator("thead th").nth(1)

    def values() -> list[float]:
        cells = table.locator("tbody td").all_inner_texts()
        return [float(re.sub(r"[^\d,]", "", cell).replace(",", ".")) for cell in cells]

    for order, backwards in (("ascending", False), ("descending", True), ("ascending", False)):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", order)
        assert values() == sorted(values(), reverse=backwards)
