"""From level to level and into a territory, in a real browser: by mouse, by keyboard, and back."""

from __future__ import annotations

import re

from playwright.sync_api import Frame, Page, expect

from tests.e2e.browsing import Visit
from tests.e2e.engine import wait_at_rest

POPULATION = "/carte?indicateur=population_municipale"


def engine(visit: Visit) -> Frame:
    """Give the map's own frame once it is painted."""
    visit.map_frame()
    (frame,) = [one for one in visit.page.frames if "streamlit_folium" in one.url]
    return frame


def wait_for_paint(frame: Frame, after: int) -> None:
    frame.wait_for_function(
        "(n) => Number(Territoires.map.frame.container.dataset.paint) > n", arg=after
    )
    wait_at_rest(frame)


def paints(frame: Frame) -> int:
    return frame.evaluate("() => Number(Territoires.map.frame.container.dataset.paint)")


def inside(frame: Frame) -> int:
    """Count the territories that the map is limited to."""
    return frame.evaluate(
        "() => [...Territoires.map.wanted.classes].filter((one) => one !== 'o').length"
    )


def filled(frame: Frame) -> float:
    """Give how much of the frame is filled by what the map is limited to."""
    return frame.evaluate(
        """() => {
          const { shapes, wanted, frame: { map } } = Territoires.map;
          const hulls = shapes.filter((_, index) => wanted.classes[index] !== 'o').map(({ hull }) => hull);
          const edge = (side, of) => hulls.reduce((most, hull) => of(most, hull[side]), hulls[0][side]);
          const low = map.latLngToContainerPoint([edge(1, Math.min), edge(0, Math.min)]);
          const high = map.latLngToContainerPoint([edge(3, Math.max), edge(2, Math.max)]);
          const { x: width, y: height } = map.getSize();
          return Math.max((high.x - low.x) / width, (low.y - high.y) / height);
        }"""
    )


def choose_zoom(page: Page, text: str) -> None:
    """Choose a territory in « Zoom » with the keyboard alone."""
    field = page.get_by_role("combobox", name=re.compile("Zoom"))
    field.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type(text)
    page.get_by_role("option", name=re.compile(text)).first.wait_for()
    page.keyboard.press("Enter")


def test_an_epci_is_reached_and_chosen_by_keyboard(visit: Visit) -> None:
    page = visit.open("/carte?niveau=epci")
    frame = engine(visit)
    assert frame.locator("path[data-territoire]").count() == 1255
    stops = frame.locator("path[tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    for key in ("End", "Home", "PageDown", "ArrowRight"):
        page.keyboard.press(key)
    focused = frame.locator("path[data-territoire]:focus")
    name = (focused.get_attribute("aria-label") or "").partition(", ")[0]
    page.keyboard.press("Enter")
    expect(page.locator(".resume h2")).to_have_text(name)
    expect(page).to_have_url(re.compile(r"territoire=epci-\d{9}"))
    assert not visit.errors
    assert not visit.foreign


def test_a_territory_is_zoomed_into_by_keyboard_without_a_new_frame_and_left_again(
    visit: Visit,
) -> None:
    page = visit.open(f"{POPULATION}&niveau=commune")
    frame = engine(visit)
    page.evaluate("document.querySelector('iframe[src*=streamlit_folium]').repere = 1")
    for name, code, number in (("Mayenne", "departement-53", 240), ("La Réunion", "region-04", 24)):
        before = paints(frame)
        choose_zoom(page, name)
        expect(page).to_have_url(re.compile(f"dans={code}"))
        wait_for_paint(frame, before)
        assert inside(frame) == number
        assert filled(frame) > 0.8
    kept = page.evaluate("document.querySelector('iframe[src*=streamlit_folium]').repere")
    assert kept == 1
    before = paints(frame)
    page.go_back()
    wait_for_paint(frame, before)
    expect(page).to_have_url(re.compile("dans=departement-53"))
    assert inside(frame) == 240
    page.get_by_role("navigation", name="Sortir du zoom").get_by_role("link", name="France").click()
    frame = engine(visit)
    frame.wait_for_function("() => !Territoires.map.wanted.classes.includes('o')")
    expect(page).to_have_url(re.compile("dans=pays-FR"))
    assert not visit.errors


def test_a_commune_is_chosen_by_mouse(visit: Visit) -> None:
    page = visit.open(f"{POPULATION}&niveau=commune&dans=departement-53")
    frame = engine(visit)
    expect(page.locator("iframe[src*=streamlit_folium]")).to_be_visible()
    for code, name in (("53130", "Laval"), ("53147", "Mayenne"), ("53062", "Château-Gontier")):
        place = frame.evaluate(
            """(code) => {
              const { shapes, frame: { map } } = Territoires.map;
              const { box: [west, south, east, north] } = shapes.find(({ id }) => id === code);
              const { x, y } = map.latLngToContainerPoint([(south + north) / 2, (west + east) / 2]);
              return { x, y };
            }""",
            f"commune-{code}",
        )
        visit.map_frame().locator(".leaflet-container").click(position=place)
        expect(page.locator(".resume h2")).to_contain_text(name)
        expect(page).to_have_url(re.compile(f"territoire=commune-{code}"))
    assert not visit.errors


def test_a_departement_leads_down_to_its_communes_and_keeps_what_it_knows(visit: Visit) -> None:
    page = visit.open(f"{POPULATION}&niveau=departement&territoire=departement-53")
    engine(visit)
    page.locator(".resume").get_by_role("link", name=re.compile("240")).click()
    expect(page.locator(".phrase")).to_contain_text("en Mayenne")
    frame = engine(visit)
    assert inside(frame) == 240
    expect(page).to_have_url(re.compile("niveau=commune"))
    expect(page.locator(".avis")).to_have_count(0)
    page.go_back()
    expect(page.locator(".phrase")).to_contain_text("101")
    assert not visit.errors


def test_the_zones_of_the_demonstration_are_drawn_named_and_chosen(visit: Visit) -> None:
    page = visit.open("/carte?jeu=demonstration&niveau=zone")
    frame = engine(visit)
    labels = frame.locator("path[data-territoire]").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert len(labels) == 59
    names = [label.partition(", ")[0] for label in labels]
    assert names == [f"Pays de démonstration n°\u00a0{n} (simulé)" for n in range(1, 60)]
    assert all("simulé" in label.partition(", ")[2] for label in labels)
    assert "simulées" in frame.locator(".marque").inner_text()
    frame.locator("path[tabindex='0']").focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("Enter")
    expect(page.locator(".resume h2")).to_have_text("Pays de démonstration n° 2 (simulé)")
    expect(page).to_have_url(re.compile(r"territoire=zone-demo_pays_petr\.002"))
    expect(page.locator(".reserve")).not_to_have_count(0)
    assert not visit.errors
    assert not visit.foreign


def test_a_replaced_indicator_is_told_until_the_next_choice(visit: Visit) -> None:
    page = visit.open("/carte")
    visit.map_frame()
    page.get_by_role("radio", name="Communes").click()
    notice = page.locator(".avis")
    expect(notice).to_contain_text("n’est pas publié par commune")
    visit.map_frame()
    page.get_by_role("radio", name="Intercommunalités").click()
    expect(notice).to_have_count(0)
    expect(page.locator(".phrase")).to_contain_text("Population municipale")
    assert not visit.errors


def test_a_small_screen_has_every_level_at_hand(new_visit, server: str) -> None:
    visit = new_visit(server, viewport={"width": 320, "height": 800})
    page = visit.open("/carte?jeu=demonstration&niveau=zone&dans=region-53")
    visit.map_frame()
    for name in ("Régions", "Pays et PETR", "Communes"):
        box = page.get_by_role("radio", name=re.compile(name)).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
