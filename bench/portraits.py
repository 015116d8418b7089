"""Measure the territory page: ``python -m bench.portraits``.

Prints a Markdown table: the portraits of every territory of both sets built in one batch, then
the page itself in Chromium, opened for the first time by each reader on a warm server, from the
start of the navigation to the frame where its map is painted and its last part is there; then a
rerun of its script. Memory is that of the server once every page was open and every list loaded.
"""

from __future__ import annotations

import statistics
import sys
import time

from playwright.sync_api import Browser, sync_playwright
from streamlit.testing.v1 import AppTest

from bench.measure import ROOT, resident_memory, serve
from bench.report import Row, number
from bench.run import CHROMIUM
from territoires.domain.directory import Directory
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.directory import read_directory
from territoires.tables.names import read_names
from territoires.tables.profiles import add_profiles
from territoires.tables.published import read_dataset
from territoires.views.disclosure import protect
from territoires.views.french import format_number
from territoires.views.portrait import Portraits

TURNS = 7
PAGES = (
    "territoire=region-53",
    "territoire=departement-29",
    "territoire=epci-200046977",
    "territoire=commune-53130",
    "territoire=commune-97608",
    "territoire=region-53&jeu=demonstration",
)
#: The map painted, and the last part of the page.
READY = """() => {
  const inside = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument);
  return inside.some((page) => page?.querySelector('[data-pret="oui"]'))
    && document.querySelector('.pied') !== null
    && document.querySelector('.stApp').dataset.testScriptState === 'notRunning';
}"""
EVERY_PAGE = (
    "/",
    "/carte?niveau=epci",
    "/carte?niveau=commune",
    "/carte?niveau=zone&jeu=demonstration",
    "/territoire?territoire=region-53",
    "/territoire?territoire=region-53&jeu=demonstration",
    "/catalyseurs?jeu=demonstration",
    "/catalyseurs",
    "/agir",
    "/comparer",
    "/reperes",
    "/methode",
    "/sources",
    "/accessibilite",
)


def measure_batch() -> list[Row]:
    """Build the portraits of every territory of both sets; an error is not caught."""
    directory, names = Directory(read_directory()), read_names()
    published = read_dataset(Dataset.PUBLIE, directory.known_codes())
    rows = []
    for dataset in (Dataset.PUBLIE, Dataset.DEMONSTRATION):
        data = protect(read_dataset(dataset, directory.known_codes(), published), directory)
        data = add_profiles(data, directory)
        places = directory.with_zonings(data.zonings.values())
        portraits = Portraits(data, places, names)
        territories = [TerritoryId(Level(level), code) for level, code in places.known_codes()]
        start = time.perf_counter()
        for territory in territories:
            portraits.build(territory)
        spent = time.perf_counter() - start
        each = 1000 * spent / len(territories)
        rows.append(
            Row(
                f"Portraits de tous les territoires, jeu « {dataset} »",
                f"{format_number(len(territories))} portraits, 0 erreur, {number(spent, 1)} s "
                f"({number(each, 2)} ms chacun)",
                "aucune erreur",
                True,
            )
        )
    return rows


def measure_pages(browser: Browser, url: str) -> list[Row]:
    """Open each page as a new reader would, the server being warm."""
    rows = []
    for page in PAGES:
        durations = [_open(browser, f"{url}/territoire?{page}") for _ in range(TURNS + 1)][1:]
        middle = statistics.median(durations)
        rows.append(
            Row(
                f"Page d’un territoire, première visite : {page}",
                f"{number(middle, 2)} s ({number(min(durations), 2)}–{number(max(durations), 2)})",
                "≤ 1,5 s",
                middle <= 1.5,
            )
        )
    return rows


def _open(browser: Browser, address: str) -> float:
    """Time a first visit to the page by a reader who has been on the home page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    root, _, query = address.partition("/territoire")
    page.goto(f"{root}/methode")
    page.wait_for_selector(".pied")
    page.wait_for_function("() => window.Territoires?.go")
    start = time.perf_counter()
    page.evaluate("(url) => window.Territoires.go(url)", f"/territoire{query}")
    page.wait_for_function(READY, polling="raf")
    spent = time.perf_counter() - start
    context.close()
    return spent


def measure_reruns() -> list[Row]:
    """Run the page's script again, what is kept in memory being there."""
    rows = []
    for page in PAGES:
        at = AppTest.from_file(str(ROOT / "pages" / "territoire.py"), default_timeout=60)
        for pair in page.split("&"):
            name, _, value = pair.partition("=")
            at.query_params[name] = value
        at.run()
        durations = []
        for _ in range(TURNS):
            start = time.perf_counter()
            at.run()
            durations.append(1000 * (time.perf_counter() - start))
        middle = statistics.median(durations)
        rows.append(
            Row(
                f"Page d’un territoire, nouvel affichage côté serveur : {page}",
                f"{middle:.0f} ms ({min(durations):.0f}–{max(durations):.0f})",
                "≤ 300 ms",
                middle <= 300,
            )
        )
    return rows


def measure_memory(browser: Browser) -> Row:
    """Let one reader open every page of both sets, then weigh the server."""
    with serve(ROOT / "dashboard.py") as alone:
        page = browser.new_page()
        for path in EVERY_PAGE:
            page.goto(alone.url + path)
            page.wait_for_selector(".pied", timeout=60_000)
            page.wait_for_timeout(1_200)
        memory = resident_memory(alone.pid)
        page.close()
    name = "Mémoire du serveur, un lecteur, toutes les pages et les deux jeux ouverts"
    return Row(name, f"{memory:.0f} Mo", "≤ 500 Mo", memory <= 500)


def main() -> int:
    """Run every measure and print the table."""
    rows = measure_batch() if "--sans-lot" not in sys.argv else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        with serve(ROOT / "dashboard.py") as server:
            rows += measure_pages(browser, server.url)
        rows.append(measure_memory(browser))
        browser.close()
    rows += measure_reruns()
    heading = ["| mesure | médiane (minimum–maximum) | exigé | atteint |", "|---|---|---|---|"]
    print("\n".join([*heading, *map(str, rows)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
