"""Measure the search field: ``python -m bench.search`` (needs Chromium, about a minute).

A letter is timed from its ``keydown`` to the frame that shows what answers to it, on the home page,
in a browser that has already loaded the index; the index itself from the first focus, cache empty.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
from collections.abc import Sequence

from playwright.sync_api import Browser, Page, sync_playwright

from bench.application import APPLICATION
from bench.measure import ROOT, environment, serve
from bench.report import Row, number, spread

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
#: Names, a narrowed name, mistakes and codes: each letter is a measure.
TYPED = ("saint-denis 93", "quimper", "l'hay les roses", "strassbourg", "35000", "zzzz", "lyon 12")
REQUIRED_MS = 100
#: Times every letter: the list is drawn in the frame that follows its change, hence the second one.
WATCH = """
(() => {
  const log = (window.__letters = []);
  addEventListener('keydown', (event) => {
    if (event.key.length !== 1) return;
    const start = performance.now();
    const panel = document.querySelector('.propositions');
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => log.push(performance.now() - start)));
    });
    seen.observe(panel, { subtree: true, childList: true, attributes: true });
  }, true);
})();
"""


def open_home(browser: Browser, url: str) -> Page:
    """Open the home page in a browser with an empty cache."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(url)
    page.wait_for_selector(".pied")
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]')
    return page


def time_letters(page: Page, turns: int) -> list[float]:
    """Type the texts letter by letter; give the milliseconds of each one."""
    field = page.get_by_role("combobox").first
    field.focus()
    page.wait_for_function(
        "performance.getEntriesByType('resource').some((r) => r.name.includes('/static/search/'))"
    )
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    for _ in range(turns):
        for text in TYPED:
            for letter in text:
                before = page.evaluate("window.__letters.length")
                page.keyboard.press(letter)
                page.wait_for_function("(n) => window.__letters.length > n", arg=before)
            field.fill("")
            page.wait_for_timeout(50)
    return [float(value) for value in page.evaluate("window.__letters")]


def time_index(browser: Browser, url: str, turns: int) -> list[float]:
    """Ask for a name at once, the index being held back until then; milliseconds to the answer."""
    times = []
    for _ in range(turns):
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        # No idle time: the index is fetched on the first focus only.
        page.add_init_script("window.requestIdleCallback = () => 0;")
        page.goto(url)
        page.wait_for_selector('.stApp[data-test-script-state="notRunning"]')
        page.get_by_role("combobox").first.wait_for()
        page.wait_for_timeout(1000)
        start = page.evaluate("performance.now()")
        page.get_by_role("combobox").first.fill("rennes")
        page.get_by_role("option").first.wait_for()
        times.append(float(page.evaluate("performance.now()")) - float(start))
        page.context.close()
    return times


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that a share of the measures does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(browser: Browser, turns: int) -> list[Row]:
    """Measure letters, then the index."""
    with serve(APPLICATION) as application:
        page = open_home(browser, application.url)
        letters = time_letters(page, turns)
        page.context.close()
        loads = time_index(browser, application.url, turns)
    worst = percentile(letters, 0.95)
    (path,) = (ROOT / "static" / "search").glob("*.json")
    content = path.read_bytes()
    light = len(gzip.compress(content, 6, mtime=0)) / 1000
    return [
        Row(
            f"Recherche : de la touche aux propositions ({len(letters)} touches)",
            f"médiane {number(statistics.median(letters), 0)} ms ; "
            f"95 % en moins de {number(worst, 0)} ms ; plus longue {number(max(letters), 0)} ms",
            f"≤ {REQUIRED_MS} ms (95 %)",
            worst <= REQUIRED_MS,
        ),
        Row(
            "Recherche : premières propositions, index compris (sans cache)",
            spread(loads, "ms", 0),
        ),
        Row(
            "Recherche : poids de l’index",
            f"{number(light, 0)} Ko compressé ({number(len(content) / 1000, 0)} Ko)",
            "≤ 600 Ko",
            light <= 600,
        ),
    ]


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--tours", type=int, default=3, help="nombre de mesures (3)")
    turns = parser.parse_args().tours
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        rows = measure(browser, turns)
        browser.close()
    print(f"{environment()}\n")
    print("| Mesure | Résultat | Exigé | Atteint |\n|---|---|---|---|")
    print("\n".join(str(row) for row in rows))


if __name__ == "__main__":
    main()
