"""One server and one Chromium for the tests of a worker."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browsing import CHROMIUM_OPTIONS, WIDE, Desk, Size, Visit, running_server
from tests.e2e.engine import draw, engine, tab

__all__ = ["draw", "engine", "tab"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in str(item.path):
            item.add_marker(pytest.mark.e2e)
            # A busy machine may delay a frame; a test that fails twice more is a fault.
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with running_server() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Desk:
    return Desk(browser)


@pytest.fixture
def new_visit(browser: Browser, desk: Desk) -> Iterator[Callable[..., Visit]]:
    """Open visits of other sizes, other servers, other colour schemes.

    Two readers of one test are « apart »: each has cookies and storage of their own.
    """
    with ExitStack() as leaving:

        def start(
            address: str,
            *,
            viewport: Size = WIDE,
            color_scheme: str = "light",
            apart: bool = False,
            **options: object,
        ) -> Visit:
            if apart or options:
                context = browser.new_context(
                    locale="fr-FR", viewport=viewport, color_scheme=color_scheme, **options
                )
                leaving.callback(context.close)
                return Visit(context.new_page(), address)
            visit = desk.start(address, viewport, color_scheme)
            leaving.callback(desk.leave, visit)
            return visit

        yield start


@pytest.fixture
def visit(new_visit: Callable[..., Visit], server: str) -> Visit:
    return new_visit(server)
