"""Measure « Catalyseurs » with 5,000 actors: ``python -m bench.catalysts`` (needs Chromium).

The list is drawn at random on real communes, in a copy of the simulated set: nobody is measured.
The required times are those of the map itself: an empty page is measured beside it, because the
browser spends most of the first second on Streamlit.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from bench.measure import (
    ROOT,
    Change,
    Reader,
    Server,
    change_selectbox,
    environment,
    first_paint,
    open_context,
    serve,
)
from bench.report import Row, kilobytes, number, seconds, spread
from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.selection import ActorFilter, Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.directory import read_directory
from territoires.tables.published import Published, read_dataset
from territoires.views.catalyst_index import CatalystIndex, build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places
from territoires.views.catalysts import nearest_actors

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
NUMBER = 5_000
SEED = 20261122
USABLE_S, CHANGE_S, NEAREST_MS = 2.0, 0.3, 1.0
#: Kinds picked in turn.
KINDS = (
    "Fondation territoriale (simulée)",
    "Catalyseur territorial (simulé)",
    "Toutes les natures",
)
PAGE = "/catalyseurs?jeu=demonstration"
LAVAL = TerritoryId(Level.COMMUNE, "53130")


@contextmanager
def crowded_home(directory: Directory) -> Iterator[Path]:
    """Give a copy of the data where the simulated list has thousands of actors."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(settings.DATA, home / "data")
        (home / "static").symlink_to(ROOT / "static")
        write_crowd(home / "data" / "demonstration" / "catalysts.csv", directory)
        yield home


def write_crowd(path: Path, directory: Directory) -> None:
    """Replace a list of actors by a longer one, on communes drawn at random by population."""
    with path.open(encoding="utf-8", newline="") as file:
        models = list(csv.DictReader(file))
    communes = directory.of_level(Level.COMMUNE)
    weights = np.sqrt([commune.population or 0 for commune in communes])
    draw = np.random.default_rng(SEED)
    chosen = draw.choice(len(communes), NUMBER, p=weights / weights.sum())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, models[0])
        writer.writeheader()
        for rank, row in enumerate(chosen):
            commune, model = communes[row], models[rank % len(models)]
            writer.writerow(
                model
                | {
                    "actor_id": f"demo_mesure_{rank:05d}",
                    "name": f"Acteur de mesure n° {rank:05d}",
                    "place_name": commune.name,
                    "insee_commune": commune.id.code,
                    "epci_code": commune.epci_code or "",
                    "departement_code": commune.departement_code or "",
                    "region_code": commune.region_code or "",
                }
            )


def usable(browser: Browser, url: str) -> float:
    """Measure the seconds from the navigation, in a warm browser, to the actors on the map."""
    context = open_context(browser)
    try:
        page = context.new_page()
        for _ in range(2):
            page.goto(url, wait_until="commit")
            page.wait_for_function(
                """() => [...document.querySelectorAll('iframe')].some(
                  (one) => one.contentDocument?.querySelector('.acteur, .acteurs'))""",
                polling="raf",
                timeout=60_000,
            )
            shown = float(page.evaluate("performance.now()")) / 1000
            page.wait_for_selector(".pied")
            page.wait_for_timeout(400)
        return shown
    finally:
        context.close()


def measure_page(browser: Browser, server: Server, empty: Server, turns: int) -> list[Row]:
    """Open the page and an empty one in turn, then change the kind of actors."""
    url = server.url + PAGE
    first_paint(browser, url)
    first_paint(browser, empty.url)
    cold, bare, warm = [], [], []
    for _ in range(turns):
        bare.append(first_paint(browser, empty.url))
        cold.append(first_paint(browser, url))
        warm.append(usable(browser, url))
    reader = Reader(browser, url, change_selectbox("Nature", list(KINDS)))
    changes = [reader.measure() for _ in range(turns)]
    zooms = [zoom_in(reader.page) for _ in range(turns)]
    reader.close()
    where = f"{NUMBER} acteurs"
    return [
        Row("Page vide, rien en mémoire du navigateur", spread(bare)),
        Row(f"{where} : première carte, rien en mémoire", spread(cold)),
        Row(
            f"{where} : carte utilisable, navigateur déjà venu",
            spread(warm),
            f"≤ {number(USABLE_S, 0)} s",
            statistics.median(warm) <= USABLE_S,
        ),
        _change_row(where, changes),
        Row(f"{where} : un cran de zoom redessiné", spread(zooms, "ms", 0)),
    ]


def _change_row(where: str, changes: list[Change]) -> Row:
    return Row(
        f"{where} : changement de nature, du clic à la carte",
        f"{spread([c.seconds for c in changes])} ; {number(kilobytes(changes), 1)} Ko",
        f"≤ {number(CHANGE_S, 1)} s",
        seconds(changes) <= CHANGE_S,
    )


def zoom_in(page: Page) -> float:
    """Measure the milliseconds of a redraw one step closer."""
    (frame,) = [one for one in page.frames if "streamlit_folium" in one.url]
    return float(
        frame.evaluate(
            """() => {
              const { map } = Territoires.map.frame;
              const start = performance.now();
              map.setView(map.getCenter(), map.getZoom() + 0.4, { animate: false });
              document.body.offsetHeight;
              return performance.now() - start;
            }"""
        )
    )


def measure_server(crowd: Published, directory: Directory, turns: int) -> list[Row]:
    """Filter the list and look around a commune, without any browser."""
    places = build_actor_places(crowd, directory)
    index = build_catalyst_index(crowd, directory, places)
    selection = Selection(
        "", "", crowd.dataset, territory=LAVAL, actor_filter=ActorFilter(text="saint")
    )
    filters = [_milliseconds(selection, crowd, directory, index) for _ in range(turns)]
    near = []
    for _ in range(turns):
        start = time.perf_counter()
        nearest_actors(crowd, directory, LAVAL, places=places)
        near.append(1000 * (time.perf_counter() - start))
    return [
        Row(f"{NUMBER} acteurs : filtre et tri par distance, serveur", spread(filters, "ms", 1)),
        Row(
            f"{NUMBER} acteurs : les plus proches d’une commune",
            spread(near, "ms", 2),
            f"≤ {number(NEAREST_MS, 0)} ms",
            statistics.median(near) <= NEAREST_MS,
        ),
    ]


def _milliseconds(
    selection: Selection, crowd: Published, directory: Directory, index: CatalystIndex
) -> float:
    start = time.perf_counter()
    build_catalysts_view(selection, crowd, directory, index)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Run every measure and print the table."""
    parser = argparse.ArgumentParser(description="Mesure la page Catalyseurs avec 5 000 acteurs.")
    parser.add_argument("--tours", type=int, default=5, help="mesures par ligne (5 au moins)")
    turns = parser.parse_args().tours
    directory = Directory(read_directory())
    with crowded_home(directory) as home, sync_playwright() as playwright:
        settings.DEMONSTRATION = home / "data" / "demonstration"
        crowd = read_dataset(Dataset.DEMONSTRATION, directory.known_codes())
        rows = measure_server(crowd, directory, 4 * turns)
        os.environ["TERRITOIRES_HOME"] = str(home)
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        with serve(ROOT / "dashboard.py") as server, serve("empty.py") as empty:
            rows += measure_page(browser, server, empty, turns)
        browser.close()
    heading = ["| mesure | médiane (minimum–maximum) | exigé | atteint |", "|---|---|---|---|"]
    print(environment())
    print("\n".join([*heading, *map(str, rows)]))


if __name__ == "__main__":
    main()
