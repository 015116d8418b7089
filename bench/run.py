"""Measure the map beside the usual way: ``python -m bench.run`` (needs Chromium, about 6 min).

Prints a table and writes it to bench/results/<date>.md. The pages compared take turns within one
run, because the machine may be shared; the spread is printed for the same reason.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.application import (
    APPLICATION,
    address,
    compare_methods,
    measure_changes,
    measure_memory,
)
from bench.measure import (
    Change,
    Reader,
    change_selectbox,
    first_paint,
    second_visit_geometry,
    serve,
)
from bench.report import Row, describe, kilobytes, number, seconds, spread, write_report

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WORDS = (
    "Médiane (minimum–maximum) ; durées jusqu’à l’affichage effectif ; octets reçus par le "
    "websocket. Les manières comparées sont mesurées tour à tour ; celle que tout le monde emploie "
    "reçoit ici Leaflet sans délai, ni fond de carte ni légende : elle ne prend rien sur d’autres "
    "sites."
)
PICK = change_selectbox("Indicateur", [f"Indicateur {number}" for number in range(1, 9)])
PLURALS = {
    "region": "18 régions",
    "departement": "101 départements",
    "epci": "1 255 EPCI",
    "commune": "34 875 communes",
}


def compare_changes(browser: Browser, naive: str, engine: str, turns: int) -> list[Row]:
    """Change the indicator in the three pages in turn, for régions and départements."""
    rows = []
    for level in ("region", "departement"):
        readers = {
            "full": Reader(browser, f"{naive}/?niveau={level}&contours=complets", PICK),
            "simplified": Reader(browser, f"{naive}/?niveau={level}&contours=simplifies", PICK),
            "ours": Reader(browser, f"{engine}/?niveau={level}", PICK),
        }
        seen: dict[str, list[Change]] = {name: [] for name in readers}
        for _ in range(turns):
            for name, reader in readers.items():
                seen[name].append(reader.measure())
        for reader in readers.values():
            reader.close()
        ours = seen["ours"]
        lightest = min(kilobytes(seen["full"]), kilobytes(seen["simplified"]))
        lighter = lightest / kilobytes(ours)
        faster = seconds(seen["full"]) / seconds(ours)
        simplified = seconds(seen["simplified"])
        where = PLURALS[level]
        rows += [
            Row(f"{where} : manière habituelle, contours complets", describe(seen["full"])),
            Row(f"{where} : manière habituelle, simplifiés", describe(seen["simplified"])),
            Row(
                f"{where} : notre carte",
                describe(ours),
                "≤ 0,5 s ; ≤ 10 Ko",
                seconds(ours) <= 0.5 and kilobytes(ours) <= 10,
            ),
            Row(
                f"{where} : octets, contre la plus légère",
                f"{number(lighter, 0)} fois moins",
                "≥ 20",
                lighter >= 20,
            ),
            Row(
                f"{where} : durée, contre contours complets",
                f"{number(faster, 1)} fois plus rapide",
                "≥ 5",
                faster >= 5,
            ),
            Row(
                f"{where} : durée, contre simplifiés",
                f"{number(simplified / seconds(ours), 1)} fois plus rapide",
                "≥ 1",
                seconds(ours) <= simplified,
            ),
        ]
    return rows


def measure_fine_levels(browser: Browser, engine: str, turns: int) -> list[Row]:
    """Change the indicator of the EPCI and of all communes; draw the latter from nothing."""
    rows = []
    for level in ("epci", "commune"):
        reader = Reader(browser, f"{engine}/?niveau={level}", PICK)
        changes = [reader.measure() for _ in range(turns)]
        reader.close()
        required = ("≤ 1 s ; ≤ 60 Ko", seconds(changes) <= 1 and kilobytes(changes) <= 60)
        rows.append(Row(f"{PLURALS[level]} : notre carte", describe(changes), *required))
    times = [first_paint(browser, f"{engine}/?niveau=commune") for _ in range(turns)]
    reached = statistics.median(times) <= 6
    rows.append(Row(f"{PLURALS['commune']} : première carte", spread(times), "≤ 6 s", reached))
    return rows


def compare_first_maps(browser: Browser, empty: str, page: str, turns: int) -> list[Row]:
    """Open an empty page and ours in turn, with an empty cache and a warm server."""
    first_paint(browser, empty)
    first_paint(browser, page)
    empties, ours = [], []
    for _ in range(turns):
        empties.append(first_paint(browser, empty))
        ours.append(first_paint(browser, page))
    more = statistics.median(ours) - statistics.median(empties)
    again = second_visit_geometry(browser, page)
    return [
        Row("Page vide", spread(empties)),
        Row("Première carte des régions", spread(ours)),
        Row(
            "Première carte, de plus que la page vide", f"{number(more)} s", "≤ 1,2 s", more <= 1.2
        ),
        Row("Deuxième visite : contours transférés", f"{again} octets", "0", again == 0),
    ]


def measure_cold_start(browser: Browser, app: str | Path, path: str, turns: int) -> Row:
    """Start a server and open the map at once."""
    times = []
    for _ in range(turns):
        start = time.monotonic()
        with serve(app) as server:
            first_paint(browser, f"{server.url}{path}")
            times.append(time.monotonic() - start - 0.3)
    reached = statistics.median(times) <= 10
    return Row("Démarrage à froid, jusqu’à la carte", spread(times), "≤ 10 s", reached)


def main() -> None:
    """Run every measure."""
    parser = argparse.ArgumentParser(description="Mesure la carte à côté de la manière habituelle.")
    parser.add_argument("--tours", type=int, default=5, help="mesures par ligne (5 au moins)")
    turns = parser.parse_args().tours
    rows: list[Row] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        with serve("naive.py") as naive, serve("engine.py") as engine:
            rows += compare_changes(browser, naive.url, engine.url, turns)
            rows += measure_fine_levels(browser, engine.url, turns)
        with serve(APPLICATION) as application, serve("empty.py") as empty:
            page = address(application.url, "region")
            rows += compare_first_maps(browser, empty.url, page, turns)
            for level in ("region", "departement"):
                rows += measure_changes(browser, application.url, level, turns)
                rows += compare_methods(browser, application.url, level, turns)
        rows.append(measure_memory(browser, turns))
        rows.append(measure_cold_start(browser, APPLICATION, "/carte", 3))
        browser.close()
    print(write_report("Mesures de la carte", WORDS, rows))


if __name__ == "__main__":
    main()
