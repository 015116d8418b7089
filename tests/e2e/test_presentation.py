"""A story is played from the keyboard with nothing but the server; a cut or a reload resumes it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from territoires.domain.story import Step, StepKind, Story
from territoires.domain.story_files import read_link, to_link
from tests.e2e.browsing import Visit
from tests.e2e.test_promises import english_left

STORY = Story(
    "Essai",
    (
        Step(StepKind.TITRE, "Bonjour"),
        Step(StepKind.CARTE, params={"indicateur": "taux_pauvrete", "acteurs": "non"}),
        Step(StepKind.CARTE, params={"indicateur": "part_75_ans_plus", "acteurs": "non"}),
        Step(StepKind.REPERES),
        Step(StepKind.TEXTE, "Merci", "À bientôt."),
    ),
)
ADDRESS = f"/presentation?recit={to_link(STORY)}&etape="
FRAME = "iframe[src*=streamlit_folium]"
SMALL_TEXTS = """() => {
  const scene = document.querySelector('.st-key-scene'), small = [];
  const loupe = parseFloat(getComputedStyle(scene).getPropertyValue('--scene-loupe'));
  const walker = document.createTreeWalker(scene, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || e.closest('.lecteur-seul, style, template') || !e.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(e).fontSize) * (e.closest('.main-svg') ? loupe : 1);
    if (size < 23.9) small.push(`${size} ${walker.currentNode.data}`);
  }
  return small;
}"""

SCROLLS = """() => {
  const body = document.querySelector('.st-key-scene_corps').parentElement;
  return body.scrollHeight > body.clientHeight + 1;
}"""


def on_step(page: Page, number: int, title: str) -> None:
    expect(page.locator(".scene-compteur")).to_contain_text(f"{number} / 5")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]')


def open_stage(visit: Visit, step: str = "1") -> Page:
    visit.page.goto(visit.address + ADDRESS + step)
    visit.page.wait_for_selector(".scene-compteur")
    return visit.page


def test_a_story_is_played_by_keyboard_without_any_network(new_visit, server: str) -> None:
    visit = new_visit(server, viewport={"width": 1920, "height": 1080})
    sockets = []
    visit.page.route_web_socket(
        "**/_stcore/stream", lambda ws: sockets.append((ws, ws.connect_to_server()))
    )
    # A step that does not exist is the first one, in the browser as on the server.
    page = open_stage(visit, "0009")
    on_step(page, 1, "Bonjour")
    # The map waits behind the title already: no step loads it.
    frame = page.frame_locator(FRAME)
    frame.locator('[data-pret="oui"]').wait_for(state="attached")
    page.keyboard.press("ArrowRight")
    on_step(page, 2, "Taux de pauvreté")
    page.locator(FRAME).evaluate("frame => { frame.temoin = true; }")
    page.keyboard.press("PageDown")
    on_step(page, 3, "Part des 75 ans")
    assert page.locator(FRAME).evaluate("frame => frame.temoin") is True
    assert page.evaluate(SMALL_TEXTS) == []
    assert not page.evaluate(SCROLLS)
    names = frame.locator(".cartouches text").evaluate_all(
        "ts => ts.map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"
    )
    assert min(names) >= 23.9
    page.keyboard.press(" ")
    on_step(page, 4, "Adhésion aux alliances")
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert page.evaluate(SMALL_TEXTS) == []
    assert not page.evaluate(SCROLLS)
    # Two quick presses are two steps.
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    on_step(page, 2, "Taux de pauvreté")
    page.keyboard.press("End")
    on_step(page, 5, "Merci")
    page.keyboard.press("Home")
    on_step(page, 1, "Bonjour")
    page.go_back()
    on_step(page, 5, "Merci")
    page.reload()
    on_step(page, 5, "Merci")
    # The connection is cut, then comes back by itself.
    browser_side, _ = sockets[-1]
    browser_side.close()
    page.keyboard.press("PageUp")
    on_step(page, 4, "Adhésion aux alliances")
    assert english_left(visit) == set()
    # « Échap » leaves full screen first, the stage then.
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.fullscreenElement")
    assert "edition" not in page.url
    page.keyboard.press("Escape")
    page.wait_for_selector(".pied")
    expect(page.locator(".recit-etape")).to_have_count(5)
    assert visit.foreign == []


def test_a_phone_reads_a_step_without_scrolling_sideways(new_visit, server: str) -> None:
    visit = new_visit(server, viewport={"width": 320, "height": 640}, has_touch=True)
    page = open_stage(visit, "3")
    on_step(page, 3, "Part des 75 ans")
    assert page.evaluate("document.querySelector('.st-key-scene').scrollWidth") <= 320
    page.get_by_role("link", name="Étape suivante").click()
    on_step(page, 4, "Adhésion aux alliances")
    assert page.evaluate("document.querySelector('.st-key-scene').scrollWidth") <= 320
    assert visit.errors == []


def test_a_map_alone_is_as_large_after_two_side_by_side(new_visit, server: str) -> None:
    inside = {"indicateur": "communes_moins_500_part", "niveau": "departement", "acteurs": "non"}
    pair = Step(
        StepKind.CARTE,
        params=inside | {"dans": "region-53"},
        beside=inside | {"dans": "region-28"},
    )
    alone = Step(StepKind.CARTE, params=inside)
    link = to_link(Story("Essai", (pair, alone)))
    visit = new_visit(server, viewport={"width": 1920, "height": 1080})
    page, scales = visit.page, []
    for first in ("1", "2"):
        page.goto(f"{visit.address}/presentation?recit={link}&etape={first}")
        page.wait_for_selector(".scene-compteur")
        shown = page.locator(f"{FRAME}:visible")
        expect(shown).to_have_count(2 if first == "1" else 1)
        if first == "1":
            for side in (0, 1):
                shown.nth(side).content_frame.locator('[data-pret="oui"]').wait_for(
                    state="attached"
                )
            page.keyboard.press("ArrowRight")
            expect(shown).to_have_count(1)
        expect(page.locator(".scene-compteur")).to_contain_text("2 / 2")
        drawn = shown.content_frame.locator('[data-pret="oui"]')
        drawn.wait_for(state="attached")
        scales.append(settled_scale(page, shown))
    assert abs(scales[0] - scales[1]) < 0.02 * scales[1]


def test_a_step_is_added_to_what_the_browser_keeps_whatever_the_session(
    new_visit, server: str
) -> None:
    """A page loaded anew and another tab are new sessions; the presentation is one."""
    visit = new_visit(server, apart=True)
    page = visit.page
    other = page.context.new_page()

    def add(tab: Page, number: int) -> None:
        tab.get_by_role("button", name="Ajouter à la présentation").click()
        expect(tab.locator(".recit-ajout")).to_contain_text(f"Étape {number} ajoutée")
        tab.wait_for_function(
            "n => (localStorage.getItem('territoires-recit') ?? '') !== (window.avant ?? '')"
            " && (window.avant = localStorage.getItem('territoires-recit'))"
        )

    page.goto(f"{visit.address}/agir?niveau=departement")
    add(page, 1)
    other.goto(f"{visit.address}/agir")
    add(other, 2)
    add(page, 3)
    kept = read_link(page.evaluate("localStorage.getItem('territoires-recit')")).story
    # Of the link, what the page reads.
    assert kept.steps == (Step(StepKind.AGIR, params={"jeu": "publie"}),) * 3
    # A link does not replace it without a way back.
    page.goto(f"{visit.address}/presentation?edition=oui&recit={to_link(STORY)}")
    expect(page.locator(".recit-etape")).to_have_count(5)
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator(".recit-etape")).to_have_count(3)
    assert visit.errors == []


def settled_scale(page: Page, frame: Locator) -> float:
    """Wait until a map has stopped growing, and give its scale."""
    read = """frame => parseFloat([...frame.contentDocument.querySelectorAll('svg')]
      .map((svg) => svg.style.getPropertyValue('--km')).find(Boolean))"""
    before = 0.0
    while abs((now := frame.evaluate(read)) - before) > 0.01 * now:
        before = now
        page.wait_for_timeout(400)
    return now
