"""Measure the stage: ``python -m bench.stage`` (needs Chromium, about 4 min).

Writes bench/results/DATE-scene.md. Plays the ready-made stories of both sets from the keyboard, at 1920 × 1080. Every step is visited
once before, to learn what it looks like when it is drawn; then each change goes from the key press
seen by the browser to the animation frame where the step looks so: its title, its words, the
classes of its maps, its charts. Two map steps in a row must keep the very frame of the map.
"""

from __future__ import annotations

import argparse
import statistics
from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Browser, Page, sync_playwright

from bench.measure import SECONDS, serve
from bench.report import Row, spread, write_report
from bench.run import APPLICATION, CHROMIUM

WORDS = "De la touche à l’étape dessinée ; médiane (minimum–maximum)"
STORIES = (
    "recit=france",
    "recit=region&territoire=region-28",
    "recit=catalyseurs",
    "recit=france&jeu=demonstration",
    "recit=region&territoire=region-53&jeu=demonstration",
    "recit=catalyseurs&jeu=demonstration",
)
#: Seconds from the key to the drawing.
MAP_LIMIT, LIMIT = 0.5, 1.0

#: What a step looks like, in one text; asked at every animation frame after a key.
LOOK = """
(() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const frames = () => [...document.querySelectorAll('.st-key-scene iframe')].filter(seen);
  window.__look = () => {
    const text = (selector) => document.querySelector(selector)?.textContent ?? '';
    const maps = frames().map((frame) => {
      const page = frame.contentDocument;
      if (!page?.querySelector('[data-pret="oui"]')) return '∅';
      const shapes = [...page.querySelectorAll('path[data-territoire]')];
      return shapes.map((shape) => shape.dataset.classe).join('') + page.querySelectorAll('.acteur, .acteurs').length;
    });
    const charts = [...document.querySelectorAll('.st-key-scene .scene-place')].map((place, index) => {
      const chart = document.querySelector(`.st-key-scene_graphique_${index}_trace`);
      return chart?.querySelector('.main-svg .xtick') ? chart.textContent : '∅';
    });
    const words = [...document.querySelectorAll('.st-key-scene_corps [data-testid="stHtml"]')].map((place) => place.textContent);
    return JSON.stringify([text('.st-key-scene h1'), text('.scene-compteur'), words, maps, charts]);
  };
  const all = () => document.querySelectorAll('.st-key-scene iframe');
  window.__mark = () => all().forEach((frame) => { frame.contentDocument.body.temoin = frame; frame.temoin = true; });
  window.__kept = () => frames().every((frame) => frame.temoin && frame.contentDocument.body.temoin === frame);
  addEventListener('keydown', (event) => { window.__key = event.timeStamp; }, true);
  window.__until = (look) => new Promise((resolve, reject) => {
    const next = (now) => {
      if (window.__look() === look) return resolve((now - window.__key) / 1000);
      if (now - window.__key > 20000) return reject(new Error(`${window.__look()} is not ${look}`));
      requestAnimationFrame(next);
    };
    window.__key = performance.now();
    requestAnimationFrame(next);
  });
})();
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of step: seconds, between two maps or not, whether the frame of the map stayed."""

    seconds: float
    is_map: bool
    kept: bool


def _settle(page: Page, number: int) -> str:
    """Wait until a step looks the same twice, half a second apart; give its look."""
    page.wait_for_function(
        "n => document.querySelector('.scene-compteur')?.dataset.numero === String(n)", arg=number
    )
    before = ""
    while True:
        page.wait_for_timeout(500)
        look = str(page.evaluate("window.__look()"))
        running = page.locator('.stApp[data-test-script-state="running"]').count()
        if look == before and "∅" not in look and not running:
            return look
        before = look


def play(browser: Browser, url: str, story: str, turns: int) -> list[Turn]:
    """Play a story from its first step to its last, several times."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="fr-FR")
    context.set_default_timeout(SECONDS * 1000)
    page = context.new_page()
    page.add_init_script(LOOK)
    page.goto(f"{url}/presentation?{story}")
    looks = [_settle(page, 1)]
    total = int(page.locator(".scene-compteur").inner_text().rpartition("/")[2])
    has_map = [page.locator(".scene-genre:is(.carte, .catalyseurs)").count() > 0]
    for number in range(2, total + 1):
        page.keyboard.press("ArrowRight")
        looks.append(_settle(page, number))
        has_map.append(page.locator(".scene-genre:is(.carte, .catalyseurs)").count() > 0)
    found = []
    for _ in range(turns):
        page.keyboard.press("Home")
        _settle(page, 1)
        for before, after in pairwise(range(total)):
            page.evaluate("window.__mark()")
            drawn = page.evaluate_handle("look => ({ time: window.__until(look) })", looks[after])
            page.keyboard.press("PageDown")
            seconds = float(drawn.evaluate("async (drawn) => await drawn.time"))
            same_layer = has_map[before] and has_map[after]
            kept = not same_layer or bool(page.evaluate("window.__kept()"))
            found.append(Turn(seconds, same_layer, kept))
            page.wait_for_timeout(700)
    context.close()
    return found


def rows(found: list[Turn]) -> list[Row]:
    """Say it in a table."""
    maps = [turn.seconds for turn in found if turn.is_map]
    others = [turn.seconds for turn in found if not turn.is_map]
    kept = sum(turn.kept for turn in found if turn.is_map)
    return [
        Row(
            f"D’une carte à une carte ({len(maps)} changements)",
            spread(maps),
            "≤ 0,5 s",
            statistics.median(maps) <= MAP_LIMIT,
        ),
        Row("dont la carte est restée en place", f"{kept} sur {len(maps)}"),
        Row(
            f"Autres étapes ({len(others)} changements)",
            spread(others),
            "≤ 1 s",
            statistics.median(others) <= LIMIT,
        ),
    ]


def main() -> None:
    """Run every measure."""
    parser = argparse.ArgumentParser(description="Mesure la présentation, d’étape en étape.")
    parser.add_argument("--tours", type=int, default=3, help="lectures de chaque récit")
    turns = parser.parse_args().tours
    found: list[Turn] = []
    with sync_playwright() as playwright, serve(APPLICATION) as application:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        for story in STORIES:
            found += play(browser, application.url, story, turns)
        browser.close()
    print(write_report("Présentation", WORDS, rows(found), "scene"))


if __name__ == "__main__":
    main()
