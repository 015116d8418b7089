"""What holds on every page: offline, French, accessible, fit for a phone, no error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.e2e.browsing import Visit, running_server

PAGES = {
    "accueil": "/",
    "carte": "/carte",
    "carte-departements": "/carte?niveau=departement&territoire=departement-29",
    "carte-zoom": "/carte?niveau=epci&dans=region-53&territoire=epci-200067932",
    "carte-communes": "/carte?niveau=commune&dans=departement-53",
    "territoire-vide": "/territoire",
    "territoire": "/territoire?territoire=region-76",
    "territoire-commune": "/territoire?territoire=commune-97209",
    "comparer": "/comparer?territoire=region-28",
    "catalyseurs": "/catalyseurs",
    "catalyseurs-pres-de": "/catalyseurs?territoire=commune-67482&dans=region-44",
    "reperes": "/reperes",
    "agir": "/agir",
    "agir-reponses": "/agir?reponses=12122&domaine=education",
    "presentation": "/presentation",
    "methode": "/methode",
    "sources": "/sources",
    "mise-a-jour": "/mise_a_jour",
    "accessibilite": "/accessibilite",
    "demonstration-accueil": "/?jeu=demonstration",
    "demonstration-carte": "/carte?jeu=demonstration&voir=difference&territoire=region-53",
    "demonstration-zones": "/carte?jeu=demonstration&niveau=zone",
    "demonstration-territoire": "/territoire?jeu=demonstration&territoire=departement-29",
    "demonstration-comparer": "/comparer?jeu=demonstration&avec=region-53+region-52+region-03",
    "demonstration-catalyseurs": "/catalyseurs?jeu=demonstration&territoire=commune-53130",
    "demonstration-reperes": "/reperes?jeu=demonstration",
    "demonstration-agir": "/agir?jeu=demonstration&reponses=12122&domaine=emploi",
}
#: Words of an English interface; a French page has no reason to hold any of them.
ENGLISH = (Path(__file__).parent / "english_words.txt").read_text(encoding="utf-8").split()
#: Spelt alike in both languages.
SHARED = {
    "change",
    "main",
    "option",
    "options",
    "page",
    "pages",
    "menu",
    "table",
    "source",
    "sources",
    "on",
    "or",
}
#: Names of products and publications, English by birth.
NAMES = re.compile(
    r"streamlit(-folium)?|«\s?(make run|territoires publish)\s?»|Imaz Press|Open Font License|Leaflet|Hyperlegible Next",
    re.IGNORECASE,
)


def wait_for_map(visit: Visit) -> None:
    for frame in visit.page.locator("iframe[src*=streamlit_folium]").all():
        frame.content_frame.locator('[data-pret="oui"]').wait_for(state="attached")


#: What is drawn before the style sheet has arrived is wider for a moment.
FITS_A_PHONE = (
    "Math.max(...[...document.querySelectorAll('html, body, [data-testid=stMain],"
    " [data-testid=stMainBlockContainer]')].map(e => e.scrollWidth)) <= 320"
)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_asks_nobody_fails_nowhere_and_is_made_for_everyone_in_french(
    visit: Visit, path: str
) -> None:
    # One visit for all: loading a page is most of the time of each promise.
    page = visit.open(path)
    wait_for_map(visit)
    assert visit.requests
    assert visit.foreign == []
    assert visit.errors == []
    page.wait_for_function("document.documentElement.lang === 'fr'")
    assert english_left(visit) == set()
    assert all(
        frame.evaluate("document.documentElement.lang") == "fr"
        for frame in page.frames
        if "streamlit_folium" in frame.url
    )
    violations = Axe().run(page).response["violations"]
    serious = [v for v in violations if v["impact"] in {"serious", "critical"}]
    told = [(v["id"], [node["html"][:160] for node in v["nodes"][:3]]) for v in serious]
    assert told == []
    # Loaded again on a narrow phone, it needs no horizontal scroll.
    page.set_viewport_size({"width": 320, "height": 640})
    visit.open(path)
    wait_for_map(visit)
    page.wait_for_function(FITS_A_PHONE)
    assert visit.foreign == []
    assert visit.errors == []


def test_axe_finds_nothing_serious_in_the_dark(new_visit, server: str) -> None:
    visit = new_visit(server, color_scheme="dark", viewport={"width": 1440, "height": 900})
    for path in (
        "/",
        "/carte?territoire=region-28",
        "/territoire?territoire=region-76",
        "/methode",
        "/carte?jeu=demonstration&voir=precision",
        "/comparer?jeu=demonstration",
        "/catalyseurs?jeu=demonstration&territoire=commune-53130",
        "/reperes?jeu=demonstration",
        "/agir?reponses=12122&domaine=education",
    ):
        visit.open(path)
        wait_for_map(visit)
        violations = Axe().run(visit.page).response["violations"]
        serious = [v for v in violations if v["impact"] in {"serious", "critical"}]
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in serious] == [], path


TEXTS_ON_SCREEN = """() => {
  const texts = [];
  if (!document.body) return texts;
  // The name of an icon is drawn as a picture, and hidden from screen readers.
  const shown = (e) => (e.checkVisibility?.() ?? true) && !e.closest('[aria-hidden=true][data-testid=stIconMaterial]');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent && shown(parent) && !/^(SCRIPT|STYLE|NOSCRIPT)$/.test(parent.tagName))
      texts.push(walker.currentNode.data);
  }
  for (const e of document.querySelectorAll('*')) if (shown(e))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (e.getAttribute(name)) texts.push(e.getAttribute(name));
  return texts;
}"""


def english_left(visit: Visit) -> set[tuple[str, str]]:
    texts = [text for frame in visit.page.frames for text in frame.evaluate(TEXTS_ON_SCREEN)]
    words = set(ENGLISH) - SHARED
    return {
        (word, text[:80])
        for text in texts
        for word in re.findall(r"[^\W\d_]+", NAMES.sub("", text).lower())
        if word in words
    }


def test_lists_open_in_french(visit: Visit) -> None:
    page = visit.open("/carte")
    wait_for_map(visit)
    page.get_by_label("Indicateur").locator("visible=true").first.click()
    page.get_by_role("option").first.wait_for()
    assert english_left(visit) == set()
    page.keyboard.type("zzzz")
    page.get_by_text("Aucun résultat").wait_for()
    assert english_left(visit) == set()


def test_a_deep_link_works_on_a_fresh_server(new_visit) -> None:
    with running_server() as address:
        visit = new_visit(address, viewport={"width": 1440, "height": 900})
        page = visit.open(
            "/carte?jeu=publie&indicateur=part_75_ans_plus&niveau=region&territoire=region-53"
        )
        visit.map_frame()
        assert page.locator(".resume h2").inner_text() == "Bretagne"
        assert "Part des 75 ans et plus" in page.locator(".st-key-phrase").inner_text()
        page.get_by_role("navigation").get_by_role("link", name="Sources").click()
        page.get_by_role("heading", name="Catalogue des indicateurs").wait_for()
        assert visit.errors == []


def test_hostile_links_are_shown_as_text(visit: Visit) -> None:
    hostile = "%3Cscript%3Ewindow.volé=1%3C/script%3E"
    page = visit.open(
        f"/carte?indicateur={hostile}&territoire={hostile}&niveau={hostile}&jeu={hostile}&vague={hostile}"
    )
    visit.map_frame()
    assert page.evaluate("window.volé") is None
    assert "<script>" in page.locator(".avis").inner_text()
    assert visit.errors == []


def test_geometry_is_not_loaded_again_on_a_second_visit(browser: Browser, server: str) -> None:
    # No routing here: it would switch the browser's cache off.
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    received: dict[str, int] = {}
    names: dict[str, str] = {}
    client.on(
        "Network.responseReceived", lambda e: names.update({e["requestId"]: e["response"]["url"]})
    )
    client.on(
        "Network.loadingFinished",
        lambda e: received.__setitem__(
            names.get(e["requestId"], ""),
            received.get(names.get(e["requestId"], ""), 0) + int(e["encodedDataLength"]),
        ),
    )
    weights = []
    for _ in range(2):
        received.clear()
        page.goto(f"{server}/carte")
        frame = page.frame_locator("iframe[src*=streamlit_folium]")
        frame.locator('[data-pret="oui"]').wait_for(state="attached")
        weights.append(sum(size for url, size in received.items() if "/static/geo/" in url))
    context.close()
    assert weights[0] > 0
    assert weights[1] == 0
