"""A real server, a real Chromium, and a network that holds nothing but the server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_S = 180
#: A page is ready when the script has stopped and, where there is a map, it has been painted.
STEP_LIMIT_MS = 60_000
expect.set_options(timeout=STEP_LIMIT_MS)

Size = dict[str, int]
WIDE: Size = {"width": 1440, "height": 900}
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    # No name leads anywhere but the server: a foreign request is noted, and fails.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    # A page is loaded hundreds of times: a process for each compiles every script again.
    "--process-per-site",
]


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


class Visit:
    """A reader's tab, which notes every request, every foreign one and every error."""

    def __init__(self, page: Page, address: str) -> None:
        self.address = address
        self.page = page
        self.forget()
        page.set_default_timeout(STEP_LIMIT_MS)
        page.on("request", self._note_request)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def forget(self) -> None:
        """Begin the notes again."""
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.requests: list[str] = []

    def _note(self, message: ConsoleMessage) -> None:
        # On a deep link Streamlit looks for its server under each part of the path: its own 404s.
        own_probe = "/_stcore/" in message.location.get("url", "")
        if message.type == "error" and not own_probe:
            self.errors.append(message.text)

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        return self.settle()

    def settle(self) -> Page:
        """Wait until the page's script has run and its foot is drawn."""
        self.page.wait_for_selector(".pied")
        self.page.wait_for_selector('.stApp[data-test-script-state="notRunning"]')
        return self.page

    def wait_until_quiet(self) -> None:
        """Wait until nothing is asked of the server for half a second."""
        known = -1
        while known != len(self.requests):
            known = len(self.requests)
            self.page.wait_for_timeout(500)

    def map_frame(self):
        """Give the map's frame once it is painted."""
        # While the level changes, the frame that leaves is still there for a moment.
        expect(self.page.locator("iframe[src*=streamlit_folium]")).to_have_count(1)
        frame = self.page.frame_locator("iframe[src*=streamlit_folium]")
        frame.locator('[data-pret="oui"]').wait_for(state="attached")
        return frame


class Desk:
    """One context lent to reader after reader: what one has fetched is not fetched again.

    Each reader has a tab of their own and leaves nothing behind: cookies, storage, permissions.
    """

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(locale="fr-FR")
        self._spare: Page | None = None

    def start(self, address: str, viewport: Size = WIDE, color_scheme: str = "light") -> Visit:
        if self._spare is None:
            # A tab that stays keeps the site's process, and the scripts compiled in it.
            self._spare = self.context.new_page()
            self._spare.goto(f"{address}/_stcore/health")
        page = self.context.new_page()
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=color_scheme)
        return Visit(page, address)

    def leave(self, visit: Visit) -> None:
        visit.page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        client = self.context.new_cdp_session(self._spare)
        stored = {"origin": visit.address, "storageTypes": "local_storage"}
        client.send("Storage.clearDataForOrigin", stored)
        client.detach()
