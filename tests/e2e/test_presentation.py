"""A story is played from the keyboard with nothing but the server; a cut or a reload resumes it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from territoires.domain.story import Step, StepKind, Story
from territoires.domain.story_files import to_link
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


def on_step(page: Page, number: int, title: str) -> None:
    expect(page.locator(".scene-compteur")).to_contain_text(f"{number} / 5")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]')


def open_stage(visit: Visit, step: int = 1) -> Page:
    visit.page.goto(visit.address + ADDRESS + str(step))
    visit.page.wait_for_selector(".scene-compteur")
    return visit.page


def test_a_story_is_played_by_keyboard_without_any_network(new_visit, server: str) -> None:
    visit = new_visit(server, viewport={"width": 1920, "height": 1080})
    sockets = []
    visit.page.route_web_socket(
        "**/_stcore/stream", lambda ws: sockets.append((ws, ws.connect_to_server()))
    )
    page = open_stage(visit)
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
    page.keyboard.press(" ")
    on_step(page, 4, "Adhésion aux alliances")
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert page.evaluate(SMALL_TEXTS) == []
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
    page.keyboard.press("Escape")
    page.wait_for_selector(".pied")
    expect(page.locator(".recit-etape")).to_have_count(5)
    assert visit.foreign == []


def test_a_phone_reads_a_step_without_scrolling_sideways(new_visit, server: str) -> None:
    visit = new_visit(server, viewport={"width": 320, "height": 640}, has_touch=True)
    page = open_stage(visit, 3)
    on_step(page, 3, "Part des 75 ans")
    assert page.evaluate("document.querySelector('.st-key-scene').scrollWidth") <= 320
    page.get_by_role("link", name="Étape suivante").click()
    on_step(page, 4, "Adhésion aux alliances")
    assert page.evaluate("document.querySelector('.st-key-scene').scrollWidth") <= 320
    assert visit.errors == []
