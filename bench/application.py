"""Measures of the application itself, on its map page, beside an empty page."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from playwright.sync_api import Browser, Page

from bench.measure import ROOT, Change, Reader, change_selectbox, resident_memory, serve
from bench.report import Row, describe, kilobytes, number, seconds
from bench.wire import relay
from territoires.domain.classification import Method
from territoires.tables.indicators import read_catalogue
from territoires.views.classification import METHOD_NAMES

APPLICATION = ROOT / "dashboard.py"
#: Indicators picked in turn, per level; the first is the one the page is opened with.
CHOICES = {
    "region": ("taux_pauvrete", "part_75_ans_plus", "taux_chomage_localise"),
    "departement": (
        "communes_moins_500_part",
        "communes_500_3499_part",
        "communes_3500_9999_part",
    ),
}
#: Class methods picked in turn.
METHODS = [METHOD_NAMES[m] for m in (Method.QUANTILES, Method.EGALES, Method.ECART_TYPE)]
#: Two durations of a few tenths of a second are never equal.
TOLERANCE = 1.1
PLURALS = {"region": "18 régions", "departement": "101 départements"}


def address(url: str, level: str) -> str:
    """Give the address of the map page at a level."""
    return f"{url}/carte?niveau={level}&indicateur={CHOICES[level][0]}"


def pick(level: str) -> Callable[[Page, int], None]:
    """Give the way to choose another indicator on the page."""
    catalogue = read_catalogue()
    return change_selectbox("Indicateur", [catalogue[name].label for name in CHOICES[level]])


def measure_changes(browser: Browser, url: str, level: str, turns: int) -> list[Row]:
    """Change the indicator on the page: bytes of the messages, then bytes on the wire."""
    reader = Reader(browser, address(url, level), pick(level))
    changes = [reader.measure() for _ in range(turns)]
    reader.close()
    with relay(url) as wire:
        watched = Reader(browser, address(wire.url, level), pick(level))
        weights = []
        for _ in range(turns):
            before = wire.received
            watched.measure()
            weights.append((wire.received - before) / 1000)
        watched.close()
    sent = statistics.median(weights)
    return _rows(PLURALS[level], changes, sent)


def choose_method(page: Page, turn: int) -> None:
    """Choose another class method; the panel stays open once it is."""
    if not page.get_by_role("combobox", name="Méthode").is_visible():
        page.get_by_role("button", name="Classes et couleurs").click()
    change_selectbox("Méthode", METHODS)(page, turn)


def compare_methods(browser: Browser, url: str, level: str, turns: int) -> list[Row]:
    """Change the class method and the indicator, in turn, on the same page opened twice."""
    methods = Reader(browser, address(url, level), choose_method)
    indicators = Reader(browser, address(url, level), pick(level))
    by_method, by_indicator = [], []
    for _ in range(turns):
        by_method.append(methods.measure())
        by_indicator.append(indicators.measure())
    methods.close()
    indicators.close()
    slower = seconds(by_method) / seconds(by_indicator)
    heavier = kilobytes(by_method) / kilobytes(by_indicator)
    return [
        Row(f"Page carte, {PLURALS[level]} : changement d’indicateur", describe(by_indicator)),
        Row(
            f"Page carte, {PLURALS[level]} : changement de méthode de classes",
            f"{describe(by_method)} ; durée × {number(slower, 2)}, octets × {number(heavier, 2)}",
            "pas plus qu’un indicateur (durée à 10 % près)",
            slower <= TOLERANCE and heavier <= 1,
        ),
    ]


def _rows(where: str, changes: Sequence[Change], sent_kb: float) -> list[Row]:
    return [
        Row(
            f"Page carte, {where} : changement, messages avant compression",
            f"{describe(changes)}",
            "≤ 0,5 s",
            seconds(changes) <= 0.5,
        ),
        Row(
            f"Page carte, {where} : changement, octets sur le fil (websocket compressé)",
            f"{number(sent_kb, 1)} Ko (messages : {number(kilobytes(changes), 1)} Ko)",
            "≤ 10 Ko",
            sent_kb <= 10,
        ),
    ]


def measure_memory(browser: Browser, turns: int) -> Row:
    """Let one reader go through the pages, then weigh the server."""
    with serve(APPLICATION) as alone:
        reader = Reader(browser, address(alone.url, "region"), pick("region"))
        for _ in range(turns):
            reader.measure()
        for path in ("/", "/territoire?territoire=region-76", "/sources", "/accessibilite"):
            reader.page.goto(alone.url + path)
            reader.page.wait_for_selector(".pied")
            reader.page.wait_for_timeout(800)
        field = reader.page.get_by_role("combobox")
        field.fill("saint-denis")
        reader.page.get_by_role("option").first.wait_for()
        memory = resident_memory(alone.pid)
        reader.close()
    required = "≤ 450 Mo"
    return Row("Mémoire du serveur, un lecteur", f"{memory:.0f} Mo", required, memory <= 450)
