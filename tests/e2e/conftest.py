"""A real server, a real Chromium, and a network that holds nothing but the server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_S = 60
#: A page is ready when the script has stopped and, where there is a map, it has been painted.
STEP_LIMIT_MS = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in str(item.path):
            item.add_marker(pytest.mark.e2e)
            # A busy machine may delay a frame; a test that fails twice more is a fault.
            item.add_marker(pytest.mark.flaky(reruns=2))


@contextmanager
def running_server(home: Path = ROOT, **variables: str) -> Iterator[str]:
    """Serve the application from a folder on a free port; it stops with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "dashboard.py",
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
        ],
        cwd=home,
        env={**os.environ, "TERRITOIRES_HOME": str(home), **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        assert process.poll() is None, "the server stopped while starting"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with running_server() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


class Visit:
    """A reader's browser, which notes every foreign request and every error."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.requests: list[str] = []
        context.route("**/*", self._let_through)
        context.set_default_timeout(STEP_LIMIT_MS)
        self.page: Page = context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        # On a deep link Streamlit looks for its server under each part of the path: its own 404s.
        own_probe = "/_stcore/" in message.location.get("url", "")
        if message.type == "error" and not own_probe:
            self.errors.append(message.text)

    def _let_through(self, route, request) -> None:
        self.requests.append(request.url)
        if request.url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        else:
            self.foreign.append(request.url)
            route.abort()

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        return self.settle()

    def settle(self) -> Page:
        """Wait until the page's script has run and its foot is drawn."""
        self.page.wait_for_selector(".pied")
        self.page.wait_for_selector('.stApp[data-test-script-state="notRunning"]')
        return self.page

    def map_frame(self):
        """Give the map's frame once it is painted."""
        # While the level changes, the frame that leaves is still there for a moment.
        expect(self.page.locator("iframe[src*=streamlit_folium]")).to_have_count(1)
        frame = self.page.frame_locator("iframe[src*=streamlit_folium]")
        frame.locator('[data-pret="oui"]').wait_for(state="attached")
        return frame


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    yield Visit(context, server)
    context.close()


@pytest.fixture
def new_visit(browser: Browser):
    """Open visits of other sizes, other servers, other colour schemes."""
    contexts: list[BrowserContext] = []

    def start(address: str, **options: object) -> Visit:
        context = browser.new_context(locale="fr-FR", **options)
        contexts.append(context)
        return Visit(context, address)

    yield start
    for context in contexts:
        context.close()
