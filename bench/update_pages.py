"""What an analyst and the other readers wait for, in Chromium, while files are published."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bench.application import APPLICATION, address, pick
from bench.measure import Reader, Server, _wait_paint, first_paint, resident_memory, serve
from bench.memory import HEAP, measure_left, say_memory
from bench.report import Row, number, spread
from bench.update_files import RATE, WAVE, build_file
from territoires.domain.directory import Directory
from territoires.domain.territories import Level

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-background-networking"]
TERRITORY = "/territoire?territoire=departement-29"
LIMIT_MS = 60_000
#: When the person last did something; the moment something is shown is asked for beside it.
CLOCK = """
addEventListener('click', () => { window.__since = performance.now(); }, true);
addEventListener('change', () => { window.__since = performance.now(); }, true);
window.__until = (selector) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`nothing is ${selector}`)), 60000);
  const look = () => document.querySelector(selector)
    ? requestAnimationFrame(() => done((performance.now() - window.__since) / 1000))
    : requestAnimationFrame(look);
  look();
});
"""


@dataclass(slots=True)
class Times:
    """Seconds of each turn, by what was waited for; spans are moments of the clock."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    checking: list[tuple[float, float]] = field(default_factory=list)
    publishing: list[tuple[float, float]] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    #: Megabytes once every reader has left.
    left: float = 0

    def add(self, what: str, seconds: float) -> None:
        """Keep a measure."""
        self.seconds.setdefault(what, []).append(seconds)


@contextmanager
def serve_open() -> Iterator[Server]:
    """Serve the application with versions of its own, publishing being open."""
    with tempfile.TemporaryDirectory() as folder:
        own = HEAP | {
            "TERRITOIRES_DATABASE_URL": f"sqlite:///{folder}/versions.sqlite",
            "TERRITOIRES_PUBLICATION": "oui",
        }
        before = {name: os.environ.get(name) for name in own}
        os.environ.update(own)
        try:
            with serve(APPLICATION) as server:
                yield server
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def tell(files: Sequence[Path], what: str) -> Iterator[Path]:
    """Give files one by one and say how far it is, on a terminal."""
    for done, file in enumerate(files):
        if sys.stderr.isatty():
            print(f"\r{what} : {done}/{len(files)} ", end="", file=sys.stderr, flush=True)
        yield file


def _open(browser: Browser, url: str) -> tuple[BrowserContext, Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(LIMIT_MS)
    context.add_init_script(CLOCK)
    page = context.new_page()
    page.goto(url)
    _settle(page)
    return context, page


def _settle(page: Page) -> None:
    page.wait_for_selector(".pied")
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]')


def _bring(page: Page, path: Path) -> float:
    """Give a file to the page; give the seconds until its report is there."""
    page.set_input_files("input[type=file]", path)
    return float(page.evaluate("window.__until('#verification')"))


def measure_small(browser: Browser, url: str, file: Path, turns: int) -> list[float]:
    """Bring 18 rows, each time in another browser."""
    times = []
    for turn in range(turns + 1):
        context, page = _open(browser, f"{url}/mise_a_jour")
        took = _bring(page, file)
        context.close()
        # The first one loads what no page needs.
        if turn:
            times.append(took)
    return times


def publish_whole(page: Page, file: Path, times: Times) -> None:
    """Take a file the whole way."""
    start = time.time()
    times.add("rapport", _bring(page, file))
    _settle(page)
    page.get_by_role("button", name="Confirmer les correspondances").click()
    expect(page.get_by_text("Correspondances confirmées")).to_be_visible(timeout=LIMIT_MS)
    _settle(page)
    times.checking.append((start, time.time()))
    page.get_by_label("Votre nom").first.fill("Banc d’essai")
    page.get_by_label("Pourquoi ce changement", exact=False).fill("Mesure")
    if page.get_by_role("checkbox").count():
        page.locator('[data-testid="stCheckbox"] label').last.click()
    start = time.time()
    page.get_by_role("button", name="Publier").click()
    times.add("publication", float(page.evaluate("window.__until('.avis.reussite')")))
    times.publishing.append((start, time.time()))


def _reload(page: Page) -> float:
    start = time.perf_counter()
    page.reload()
    _settle(page)
    return time.perf_counter() - start


def measure_large(browser: Browser, server: Server, files: Sequence[Path]) -> Times:
    """Publish files of all communes; time the next view of everyone, and the same one before."""
    times = Times()
    context, territory = _open(browser, f"{server.url}{TERRITORY}")
    reader = Reader(browser, address(server.url, "region"), pick("region"))
    reader.measure()
    times.megabytes.append(resident_memory(server.pid))
    communes = f"{server.url}/carte?niveau=commune&indicateur={RATE}&vague={WAVE}"
    for file in tell(files, "Publications de 34 875 lignes"):
        own, page = _open(browser, f"{server.url}/mise_a_jour")
        reader.measure()
        times.add("carte avant", reader.measure().seconds)
        _reload(territory)
        times.add("territoire avant", _reload(territory))
        publish_whole(page, file, times)
        times.add("carte après", reader.measure().seconds)
        times.add("territoire après", _reload(territory))
        times.add("communes, première vue", first_paint(browser, communes))
        times.add("communes, deuxième vue", first_paint(browser, communes))
        times.megabytes.append(resident_memory(server.pid))
        own.close()
    reader.close()
    context.close()
    times.left = measure_left(browser, server)
    return times


def read_meanwhile(url: str, says: Connection) -> None:
    """Change the indicator of the map of régions again and again; say when and how long."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        reader = Reader(browser, address(url, "region"), pick("region"))
        says.send((0.0, 0.0))
        while not says.poll():
            before = int(reader.page.evaluate("window.__log.paints.length"))
            start = time.time()
            reader.turn += 1
            reader.change(reader.page, reader.turn)
            painted = _wait_paint(reader.page, before)
            clicked = float(reader.page.evaluate("window.__log.clicks.at(-1)"))
            says.send((start, (painted - clicked) / 1000))
            reader.page.wait_for_timeout(150)
        browser.close()
    # Left unread, the word would reset the pipe before the last measures are heard.
    says.recv()
    says.close()


@contextmanager
def another_reader(url: str) -> Iterator[list[tuple[float, float]]]:
    """Have somebody else read the map, in a process of their own; fills the list at the end."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=read_meanwhile, args=(url, there))
    child.start()
    there.close()
    seen: list[tuple[float, float]] = []
    here.recv()
    try:
        yield seen
    finally:
        here.send("stop")
        try:
            while True:
                seen.append(here.recv())
        except EOFError:
            child.join()


def _within(
    seen: Sequence[tuple[float, float]], spans: Sequence[tuple[float, float]]
) -> list[float]:
    return [
        took
        for start, took in seen
        if any(start < last and start + took > first for first, last in spans)
    ]


def build_rows(directory: Directory, turns: int) -> list[Row]:
    """Measure everything that is seen in a browser."""
    with (
        tempfile.TemporaryDirectory() as text,
        serve_open() as server,
        sync_playwright() as playwright,
    ):
        folder = Path(text)
        small = folder / "regions.csv"
        small.write_bytes(build_file(directory, Level.REGION, 0))
        files = []
        for turn in range(2 * turns):
            files.append(folder / f"communes-{turn}.csv")
            files[-1].write_bytes(build_file(directory, Level.COMMUNE, turn))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        dropped = measure_small(browser, server.url, small, turns)
        times = measure_large(browser, server, files[:turns])
        with another_reader(server.url) as seen:
            time.sleep(15)
            meanwhile = Times()
            for file in tell(files[turns:], "Publications, un autre lisant"):
                context, page = _open(browser, f"{server.url}/mise_a_jour")
                publish_whole(page, file, meanwhile)
                context.close()
                time.sleep(3)
        browser.close()
    return [*_say_waits(dropped, times), *_say_meanwhile(seen, meanwhile)]


def _say_waits(dropped: list[float], times: Times) -> list[Row]:
    seconds = times.seconds
    rows = [
        _held("Page : 18 lignes, du dépôt au rapport", dropped, 1),
        _held("Page : 34 875 communes, du dépôt au rapport", seconds["rapport"]),
        _held("Page : 34 875 communes, publier", seconds["publication"], 3),
    ]
    for view, what in (("carte", "autre indicateur"), ("territoire", "page rechargée")):
        before, after = seconds[f"{view} avant"], seconds[f"{view} après"]
        more = statistics.median(after) - statistics.median(before)
        rows.append(Row(f"Autre lecteur, {view}, {what}, avant la publication", spread(before)))
        rows.append(Row(f"Autre lecteur, {view}, {what}, première fois après", spread(after)))
        rows.append(Row(f"Autre lecteur, {view}, de plus", f"{number(more)} s", "≤ 1 s", more <= 1))
    for view in ("première", "deuxième"):
        rows.append(
            Row(
                f"Carte des communes publiées, {view} vue", spread(seconds[f"communes, {view} vue"])
            )
        )
    return [*rows, *say_memory(times.megabytes, times.left)]


def _say_meanwhile(seen: list[tuple[float, float]], times: Times) -> list[Row]:
    busy = [*times.checking, *times.publishing]
    quiet = [took for start, took in seen if took and not _within([(start, took)], busy)]
    rows = [_read("au calme", quiet)]
    rows.append(_read("pendant la vérification de 34 875 lignes", _within(seen, times.checking)))
    rows.append(_read("pendant leur publication", _within(seen, times.publishing)))
    return rows


def _read(when: str, took: list[float]) -> Row:
    if not took:
        return Row(f"Carte d’un autre lecteur, {when}", "aucune mesure")
    result = (
        f"{number(statistics.median(took))} s ; au pire {number(max(took))} s ({len(took)} vues)"
    )
    return Row(f"Carte d’un autre lecteur, {when}", result)


def _held(what: str, took: list[float], limit: float = 0) -> Row:
    if not limit:
        return Row(what, spread(took))
    return Row(what, spread(took), f"≤ {number(limit, 0)} s", statistics.median(took) <= limit)
